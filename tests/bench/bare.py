"""What the hub's speed is measured against: Django with one view, no middleware, and the bytes of a file.

BARE_BODY names the file: `BARE_BODY=page.html gunicorn -c hub/gunicorn.conf.py tests.bench.bare:application`.
"""

import os
from pathlib import Path

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import re_path

BODY = Path(os.environ["BARE_BODY"]).read_bytes()


def bare(request: HttpRequest) -> HttpResponse:
    return HttpResponse(BODY, headers={"Content-Length": str(len(BODY))})  # Without it, gunicorn would send chunks.


urlpatterns = [re_path("", bare)]

settings.configure(ALLOWED_HOSTS=["*"], ROOT_URLCONF=__name__, MIDDLEWARE=[])
application = get_wsgi_application()
