"""The application that gunicorn serves: Django behind the cache of public pages, and both behind the guard."""

import os

from django.conf import settings
from django.core.cache import cache
from django.core.wsgi import get_wsgi_application
from django.utils.module_loading import import_string

from hub.guard import Guard
from hub.head import without_body_on_head
from hub.metrics import folder
from hub.pages.cache import PageCache

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hub.settings")

django = without_body_on_head(get_wsgi_application())
application = django

if not settings.DEBUG:  # Who works on a template wants to see it.
    shared = None
    if settings.ENVIRONMENT.cache_url:
        from hub.pages.shared import SharedPages, release

        shared = SharedPages(cache, release())
    application = PageCache(django, import_string(settings.CONTENT_VERSION), shared)

application = Guard(application, django)

if settings.ENVIRONMENT.metrics_address and folder.VARIABLE in os.environ:
    from hub.metrics.counting import Counting

    application = Counting(application)
