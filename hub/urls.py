"""Every address of the hub."""

from django.contrib import admin
from django.urls import include, path

from hub.health import healthz, readyz

urlpatterns = [
    path("", include("questions.urls")),
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("admin/", admin.site.urls),
]
