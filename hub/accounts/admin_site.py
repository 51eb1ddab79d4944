"""The admin as one site: its door, where a second factor may be asked for, and the pages that belong to no model."""

from typing import Any

from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, URLResolver, path, reverse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache

from hub.accounts import audit, second_factor


class HubAdminSite(AdminSite):
    """Django's admin; where REQUIRE_OTP is set, none of it opens before the second factor is given."""

    def has_permission(self, request: HttpRequest) -> bool:
        """Whether somebody may be here at all; to leave, the password is enough."""
        owing = second_factor.is_owed(request) and request.path != reverse("admin:logout")
        return super().has_permission(request) and not owing

    @method_decorator(never_cache)
    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Ask for name and password, and whoever has given them for what is still owed."""
        if request.method == "GET" and second_factor.is_owed(request):
            return redirect(second_factor.with_next(request, "admin:second_factor"))
        return super().login(request, extra_context)

    def get_urls(self) -> list[URLPattern | URLResolver]:
        return [
            path("second-factor/", second_factor.verify, name="second_factor"),
            path("second-factor/enrol/", second_factor.enrol, name="enrol"),
            path("second-factor/enrol/qr.svg", second_factor.qr_code, name="qr_code"),
            path("second-factor/codes/", self.admin_view(second_factor.recovery_codes), name="recovery_codes"),
            path("audit/", self.admin_view(audit.audit), name="audit"),
            *super().get_urls(),
        ]
