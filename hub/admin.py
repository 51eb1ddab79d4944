"""Accounts in the admin: a lost second factor can be reset, and no secret of a device is shown or set by hand."""

from django.conf import settings
from django.contrib import admin, messages
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

    def has_reset_second_factor_permission(self, request: HttpRequest) -> bool:
        return settings.REQUIRE_OTP and request.user.is_superuser
