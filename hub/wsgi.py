"""The application that gunicorn serves: Django behind the cache of public pages."""

import os

from django.conf import settings
from django.core.cache import cache
from django.core.wsgi import get_wsgi_application
from django.utils.module_loading import import_string

from hub.head import without_body_on_head
from hub.pages.cache import PageCache

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hub.settings")

application = without_body_on_head(get_wsgi_application())

if not settings.DEBUG:  # Who works on a template wants to see it.
    shared = None
    if settings.ENVIRONMENT.cache_url:
        from hub.pages.shared import SharedPages, release

        shared = SharedPages(cache, release())
    application = PageCache(application, import_string(settings.CONTENT_VERSION), shared)
