"""Every address of the hub."""

from django.contrib import admin
from django.urls import include, path

from hub.health import healthz, readyz
from hub.offline import offline, service_worker
from hub.outage import handler500 as handler500  # Django looks for it here.

urlpatterns = [
    path("", include("questions.urls")),
    path("sw.js", service_worker, name="service_worker"),
    path("offline/", offline, name="offline"),
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("admin/", admin.site.urls),
]
