"""Accounts in the admin: a lost second factor can be reset, and no secret of a device is shown or set by hand."""

from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin.models import LogEntry
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.http import HttpRequest
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from hub.accounts import second_factor

admin.site.unregister([User, StaticDevice, TOTPDevice])


@admin.register(User)
class AccountAdmin(UserAdmin):
    actions = ("reset_second_factor",)

    @admin.action(description="Reset the second factor of selected users", permissions=["reset_second_factor"])
    def reset_second_factor(self, request: HttpRequest, users: QuerySet[User]) -> None:
        """Let people who lost their device set up a new one at their next log-in."""
        names = []
        for user in users:
            if second_factor.reset(user):
                second_factor.record(request.user.pk, user, "Reset the second factor.")
                names.append(user.get_username())
        if names:
            messages.success(request, f"They set up a new second factor when they next log in: {', '.join(names)}.")
        else:
            messages.info(request, "None of them had a second factor.")

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Who has changed anything is made inactive instead: with the account the audit page would forget it all."""
        has_acted = obj is not None and LogEntry.objects.filter(user=obj).exists()
        return super().has_delete_permission(request, obj) and not has_acted

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """Accounts are deleted one by one, since some have to stay."""
        return {name: action for name, action in super().get_actions(request).items() if name != "delete_selected"}

    def has_reset_second_factor_permission(self, request: HttpRequest) -> bool:
        return settings.REQUIRE_OTP and request.user.is_superuser
