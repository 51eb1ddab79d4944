"""Every address of the hub."""

from django.contrib import admin
from django.urls import include, path

from hub.health import healthz, readyz
from hub.icons import icon, manifest
from hub.offline import offline, service_worker
from hub.outage import handler500 as handler500  # Django looks for it here.

urlpatterns = [
    path("", include("questions.urls")),
    path("sw.js", service_worker, name="service_worker"),
    path("offline/", offline, name="offline"),
    path("manifest.webmanifest", manifest, name="manifest"),
    path("favicon.ico", icon, {"name": "favicon.ico"}, name="favicon"),
    path("apple-touch-icon.png", icon, {"name": "icon-180.png"}, name="touch_icon"),
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("admin/", admin.site.urls),
]
