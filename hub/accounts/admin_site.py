"""The admin as one site: its door, where a second factor may be asked for, and the pages that belong to no model."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.options import TO_FIELD_VAR
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import URLPattern, URLResolver, path, reverse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache

from hub.accounts import audit, second_factor
from hub.keys import keys_of


def _with_sound_values(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Keep from the admin's views the values that Django does not check itself, and that a database then fails on."""

    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        texts = [text for _, values in request.GET.lists() for text in values]
        if any("\0" in text for text in texts) or "" in request.GET.getlist(TO_FIELD_VAR):
            raise BadRequest("The address has a value that is none.")
        if ACTION_CHECKBOX_NAME in request.POST:
            posted = request.POST.copy()
            posted.setlist(ACTION_CHECKBOX_NAME, list(map(str, keys_of(posted.getlist(ACTION_CHECKBOX_NAME)))))
            request.POST = posted  # type: ignore[assignment]
        return view(request, *args, **kwargs)

    return checked


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

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        """A view for those who may be here, who may send it what they like."""
        return super().admin_view(_with_sound_values(view), cacheable)

    def get_urls(self) -> list[URLPattern | URLResolver]:
        return [
            path("second-factor/", second_factor.verify, name="second_factor"),
            path("second-factor/enrol/", second_factor.enrol, name="enrol"),
            path("second-factor/enrol/qr.svg", second_factor.qr_code, name="qr_code"),
            path("second-factor/codes/", self.admin_view(second_factor.recovery_codes), name="recovery_codes"),
            path("audit/", self.admin_view(audit.audit), name="audit"),
            *super().get_urls(),
        ]
