"""The second factor: with REQUIRE_OTP, the admin asks for six digits from an app, or for a recovery code.

django-otp keeps the devices and slows guesses down; django-axes counts wrong codes like wrong passwords.
"""

from base64 import b32encode
from collections.abc import Callable
from functools import wraps
from io import BytesIO
from typing import Any
from urllib.parse import urlencode

import django_otp
import segno
from axes.handlers.proxy import AxesProxyHandler
from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import User
from django.contrib.auth.signals import user_login_failed
from django.contrib.auth.views import RedirectURLMixin
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice, default_key

CODES = 10
ENROLLING = "second_factor_key"  # in the session

View = Callable[[HttpRequest], HttpResponse]


class TokenForm(forms.Form):
    """Six digits, or a recovery code, typed with or without spaces and dashes."""

    token = forms.CharField(
        max_length=32,
        label="Code",
        widget=forms.TextInput(
            {"autocomplete": "one-time-code", "autocapitalize": "none", "spellcheck": "false", "autofocus": True}
        ),
    )

    def clean_token(self) -> str:
        return self.cleaned_data["token"].replace(" ", "").replace("-", "").lower()


def is_owed(request: HttpRequest) -> bool:
    """Whether somebody who may enter the admin has given the password alone where that is not enough."""
    return (
        settings.REQUIRE_OTP and request.user.is_active and request.user.is_staff and not request.user.is_verified()  # type: ignore[attr-defined]
    )


def for_those_who_owe(view: View) -> View:
    """Send everybody else to the admin's first page, and from there to the log-in."""

    @wraps(view)
    def wrapper(request: HttpRequest) -> HttpResponse:
        return view(request) if is_owed(request) else redirect("admin:index")

    return never_cache(wrapper)


@for_those_who_owe
@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: HttpRequest) -> HttpResponse:
    """Ask for a code; a right one opens the admin."""
    user = request.user
    if not TOTPDevice.objects.filter(user=user, confirmed=True).exists():
        return redirect(with_next(request, "admin:enrol"))
    form = TokenForm(request.POST or None)
    if form.is_valid():
        token = form.cleaned_data["token"]
        kind = TOTPDevice if token.isdecimal() else StaticDevice
        if device := accepted(request, form, kind.objects.filter(user=user, confirmed=True).first()):
            let_in(request, device)
            if isinstance(device, StaticDevice):
                left = device.token_set.count()
                record(request.user.pk, user, f"Logged in with a recovery code; {left} left.")
                messages.warning(request, f"You have {left} recovery codes left.")
            return redirect(onward(request))
    return page(request, "second_factor", "Second factor", form=form)


@for_those_who_owe
@require_http_methods(["GET", "HEAD", "POST"])
def enrol(request: HttpRequest) -> HttpResponse:
    """Show a new secret to somebody without a device; a right code makes it one, and brings recovery codes.

    The secret belongs to the session that asked for it, and is new with each look: who knows the password alone must
    not learn the secret that its owner will confirm.
    """
    user = request.user
    if TOTPDevice.objects.filter(user=user, confirmed=True).exists():
        return redirect(with_next(request, "admin:second_factor"))
    if request.method == "GET" or ENROLLING not in request.session:
        request.session[ENROLLING] = default_key()
        request.session.save()  # A secret that is shown and not kept would be of no use.
    form = TokenForm(request.POST or None)
    if form.is_valid() and (device := enrolled(request, form)):
        let_in(request, device)
        record(user.pk, user, "Set up a second factor.")
        return show_codes(request, new_codes(user))
    return page(request, "enrol", "Set up a second factor", form=form, secret=secret_of(device_to_be(request)))


@for_those_who_owe
@require_safe
def qr_code(request: HttpRequest) -> HttpResponse:
    """The secret that the page has just shown as an image for the app's camera."""
    if ENROLLING not in request.session:
        raise Http404
    image = BytesIO()
    segno.make(device_to_be(request).config_url).save(image, kind="svg", scale=4, light="#fff")
    return HttpResponse(image.getvalue(), content_type="image/svg+xml")


@require_http_methods(["GET", "HEAD", "POST"])
def recovery_codes(request: HttpRequest) -> HttpResponse:
    """Say how many recovery codes are left, and make new ones in place of the old."""
    user = request.user
    if not user.is_verified():  # type: ignore[union-attr]
        return redirect("admin:index")
    if request.method == "POST":
        record(user.pk, user, "Made new recovery codes.")
        return show_codes(request, new_codes(user))
    left = StaticToken.objects.filter(device__user=user).count()
    return page(request, "recovery_codes", "Recovery codes", left=left)


def accepted(request: HttpRequest, form: TokenForm, device: Any) -> Any:
    """The device if it accepts the form's code; else None, with the reason in the form and the failure counted."""
    credentials = {"username": request.user.get_username()}
    if not AxesProxyHandler.is_allowed(request, credentials):
        request.axes_locked_out = True  # type: ignore[attr-defined]
    elif device and (wait := seconds_to_wait(device)):
        form.add_error("token", f"Wrong codes slow this down: try again in {wait} s.")
        return None
    elif device and (
        verified := django_otp.verify_token(request.user, device.persistent_id, form.cleaned_data["token"])
    ):
        return verified
    user_login_failed.send(__name__, credentials=credentials, request=request)
    form.add_error("token", "This code is wrong, or it has been used.")
    return None


def seconds_to_wait(device: Any) -> int:
    """How long the device refuses every code after wrong ones."""
    allowed, why = device.verify_is_allowed()
    return 0 if allowed else int((why["locked_until"] - timezone.now()).total_seconds()) + 1


def let_in(request: HttpRequest, device: Any) -> None:
    """Remember in the session, under a new key, that the device has verified its owner."""
    request.session.cycle_key()
    django_otp.login(request, device)


def device_to_be(request: HttpRequest) -> TOTPDevice:
    """The device with the session's secret, not saved."""
    return TOTPDevice(user=request.user, name="App", key=request.session[ENROLLING])


@transaction.atomic
def enrolled(request: HttpRequest, form: TokenForm) -> TOTPDevice | None:
    """The device with the session's secret as the user's only one, if the form's code is right."""
    User.objects.select_for_update().get(username=request.user.get_username())  # Another session may be doing the same.
    devices = TOTPDevice.objects.filter(user=request.user)
    if devices.filter(confirmed=True).exists():
        form.add_error(None, "A second factor has been set up in the meantime.")
        return None
    devices.delete()
    device = device_to_be(request)
    device.save()
    if verified := accepted(request, form, device):
        del request.session[ENROLLING]
        return verified
    device.delete()
    return None


@transaction.atomic
def new_codes(user: Any) -> list[str]:
    """Recovery codes in place of all that the user had, each good for one log-in."""
    StaticDevice.objects.filter(user=user).delete()
    device = StaticDevice.objects.create(user=user, name="Recovery codes")
    codes = [StaticToken.random_token() for _ in range(CODES)]
    StaticToken.objects.bulk_create(StaticToken(device=device, token=code) for code in codes)
    return [f"{code[:4]}-{code[4:]}" for code in codes]


def reset(user: User) -> bool:
    """Forget the user's device and recovery codes; return whether there were any. The next log-in sets up new ones."""
    deleted = [model.objects.filter(user=user).delete()[0] for model in (TOTPDevice, StaticDevice)]
    return any(deleted)


def record(actor_id: Any, user: Any, what: str) -> None:
    """Leave a line about the user's account for the audit page."""
    LogEntry.objects.log_actions(actor_id, [user], CHANGE, what, single_object=True)


def secret_of(device: TOTPDevice) -> str:
    """The secret as apps take it when it is typed: in base 32, in groups of four."""
    text = b32encode(device.bin_key).decode()
    return " ".join(text[start : start + 4] for start in range(0, len(text), 4))


def with_next(request: HttpRequest, name: str) -> str:
    """The page of that name, which leads on to where somebody wanted to go."""
    return f"{reverse(name)}?{urlencode({'next': onward(request)})}"


def onward(request: HttpRequest) -> str:
    """The address in the parameter `next` if it is one of the hub's, else the admin's first page."""
    wish = RedirectURLMixin()
    wish.request = request  # type: ignore[attr-defined]
    return wish.get_redirect_url() or reverse("admin:index")


def show_codes(request: HttpRequest, codes: list[str]) -> HttpResponse:
    return page(request, "recovery_codes", "Recovery codes", codes=codes)


def page(request: HttpRequest, template: str, title: str, **context: Any) -> HttpResponse:
    return render(request, f"admin/{template}.html", admin.site.each_context(request) | {"title": title} | context)
