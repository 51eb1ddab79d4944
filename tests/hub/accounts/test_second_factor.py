"""The second factor that REQUIRE_OTP asks for."""

from collections.abc import Callable
from datetime import timedelta
from io import StringIO
from typing import Any
from xml.etree import ElementTree

import pytest
from axes.models import AccessFailureLog
from django.conf import LazySettings
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.db.models import F
from django.test import Client
from django_otp.oath import TOTP
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from hub.accounts import lockout, second_factor

VERIFY, ENROL, CODES = "/admin/second-factor/", "/admin/second-factor/enrol/", "/admin/second-factor/codes/"
PASSWORD = "correct horse battery"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _required(settings: LazySettings) -> None:
    settings.REQUIRE_OTP = True


@pytest.fixture
def ann() -> User:
    return User.objects.create_superuser("ann", password=PASSWORD)


@pytest.fixture
def half_way(ann: User) -> Client:
    """A client that has given the password alone."""
    client = Client()
    client.post("/admin/login/", {"username": "ann", "password": PASSWORD})
    return client


@pytest.fixture
def device(ann: User) -> TOTPDevice:
    return TOTPDevice.objects.create(user=ann, name="App")


@pytest.fixture
def codes(ann: User, device: TOTPDevice) -> list[str]:
    return second_factor.new_codes(ann)


@pytest.fixture
def editor(half_way: Client, device: TOTPDevice) -> Client:
    """A client that has given both factors."""
    half_way.post(VERIFY, {"token": token(device)})
    forget_use(device)
    return half_way


def token(device: TOTPDevice) -> str:
    """What the app shows now."""
    totp = TOTP(device.bin_key, device.step, device.t0, device.digits, device.drift)
    return f"{totp.token():06}"


def wrong(device: TOTPDevice) -> str:
    return f"{(int(token(device)) + 500_000) % 1_000_000:06}"


def forget_use(device: TOTPDevice) -> None:
    """As if the next thirty seconds had begun: a code is good once."""
    TOTPDevice.objects.filter(pk=device.pk).update(last_t=-1)


def let_time_pass(model: type[Any] = TOTPDevice) -> None:
    """As if the wait after wrong codes were over."""
    model.objects.update(throttling_failure_timestamp=F("throttling_failure_timestamp") - timedelta(hours=1))


def test_password_alone_opens_nothing(half_way: Client, device: TOTPDevice) -> None:
    for address in ("/admin/", "/admin/questions/question/", "/admin/audit/", "/admin/password_change/", CODES):
        response = half_way.get(address, follow=True)

        assert response.redirect_chain[-1][0].startswith(VERIFY)


def test_without_the_setting_the_password_is_enough(ann: User, settings: LazySettings) -> None:
    settings.REQUIRE_OTP = False
    client = Client()

    client.post("/admin/login/", {"username": "ann", "password": PASSWORD})

    assert client.get("/admin/").status_code == 200
    for address in (VERIFY, ENROL, f"{ENROL}qr.svg", CODES):
        assert client.get(address)["Location"] == "/admin/"


def test_stranger_is_sent_to_the_log_in(client: Client) -> None:
    for address in (VERIFY, ENROL, f"{ENROL}qr.svg", CODES):
        response = client.get(address, follow=True)

        assert response.redirect_chain[-1][0].startswith("/admin/login/")


def test_reader_with_an_account_is_no_editor(client: Client) -> None:
    client.force_login(User.objects.create_user("reader"))

    assert client.get(ENROL, follow=True).redirect_chain[-1][0].startswith("/admin/login/")
    assert not TOTPDevice.objects.exists()


def test_person_without_a_device_is_led_to_set_one_up(half_way: Client) -> None:
    response = half_way.get("/admin/questions/question/", follow=True)

    assert response.redirect_chain[-1][0].startswith(ENROL)
    assert b"<h1>Set up a second factor</h1>" in response.content


def shown_secret(client: Client) -> TOTPDevice:
    """The device that an app makes of the secret that the page shows now."""
    client.get(ENROL)
    return TOTPDevice(key=client.session[second_factor.ENROLLING])


def test_secret_is_new_with_each_look_and_kept_nowhere_but_in_the_session(half_way: Client) -> None:
    pages = [half_way.get(ENROL).content.decode() for _ in range(2)]

    secret = second_factor.secret_of(TOTPDevice(key=half_way.session[second_factor.ENROLLING]))
    assert [secret in page for page in pages] == [False, True]
    assert not TOTPDevice.objects.exists()


def test_secret_that_an_intruder_with_the_password_saw_is_not_the_one_that_the_owner_confirms(half_way: Client) -> None:
    intruder = Client()
    intruder.post("/admin/login/", {"username": "ann", "password": PASSWORD})
    noted = shown_secret(intruder)
    own = shown_secret(half_way)

    half_way.post(ENROL, {"token": token(own)})

    assert TOTPDevice.objects.get().key == own.key != noted.key
    assert intruder.post(ENROL, {"token": token(noted)})["Location"].startswith(VERIFY)
    assert TOTPDevice.objects.get().key == own.key


def test_wrong_code_leaves_the_secret_as_it_was(half_way: Client) -> None:
    own = shown_secret(half_way)

    page = half_way.post(ENROL, {"token": wrong(own)}).content.decode()

    assert second_factor.secret_of(own) in page


def test_secret_from_before_an_upgrade_is_not_confirmed(half_way: Client, ann: User) -> None:
    old = TOTPDevice.objects.create(user=ann, name="App", confirmed=False)
    half_way.get(ENROL)

    half_way.post(ENROL, {"token": token(old)})

    assert not TOTPDevice.objects.filter(confirmed=True).exists()


def test_secret_is_an_image_too_that_no_cache_keeps(half_way: Client) -> None:
    half_way.get(ENROL)

    image = half_way.get(f"{ENROL}qr.svg")

    assert image["Content-Type"] == "image/svg+xml"
    assert "no-store" in image["Cache-Control"]
    assert ElementTree.fromstring(image.content).tag == "{http://www.w3.org/2000/svg}svg"


def test_right_code_confirms_the_device_and_brings_ten_recovery_codes(half_way: Client) -> None:
    device = shown_secret(half_way)
    before = half_way.session.session_key

    page = half_way.post(ENROL, {"token": token(device)}).content.decode()

    assert TOTPDevice.objects.get().confirmed
    assert half_way.session.session_key != before
    assert half_way.get("/admin/").status_code == 200
    kept = StaticToken.objects.values_list("token", flat=True)
    assert len(kept) == 10
    assert all(f"{code[:4]}-{code[4:]}" in page for code in kept)


def test_recovery_codes_are_shown_once(half_way: Client) -> None:
    half_way.post(ENROL, {"token": token(shown_secret(half_way))})

    again = half_way.get(CODES).content.decode()

    assert "You have 10 recovery codes left" in again
    assert not [code for code in StaticToken.objects.values_list("token", flat=True) if code[4:] in again]


def test_wrong_code_confirms_nothing(half_way: Client) -> None:
    page = half_way.post(ENROL, {"token": wrong(shown_secret(half_way))})

    assert b"This code is wrong, or it has been used." in page.content
    assert not TOTPDevice.objects.exists()
    assert not StaticToken.objects.exists()


def test_password_alone_cannot_replace_a_device(half_way: Client, device: TOTPDevice) -> None:
    assert half_way.get(ENROL)["Location"].startswith(VERIFY)
    assert half_way.post(ENROL, {"token": token(device)})["Location"].startswith(VERIFY)
    assert TOTPDevice.objects.get() == device


def test_right_code_opens_the_admin_under_a_new_session(half_way: Client, device: TOTPDevice) -> None:
    before = half_way.session.session_key

    response = half_way.post(f"{VERIFY}?next=/admin/audit/", {"token": token(device)})

    assert response["Location"] == "/admin/audit/"
    assert half_way.session.session_key != before
    assert half_way.get("/admin/audit/").status_code == 200


def test_code_leads_to_no_other_site(half_way: Client, device: TOTPDevice) -> None:
    response = half_way.post(f"{VERIFY}?next=https://evil.example/", {"token": token(device)})

    assert response["Location"] == "/admin/"


def test_code_is_good_once(half_way: Client, device: TOTPDevice) -> None:
    code = token(device)
    half_way.post(VERIFY, {"token": code})
    half_way.post("/admin/logout/")
    half_way.post("/admin/login/", {"username": "ann", "password": PASSWORD})

    page = half_way.post(VERIFY, {"token": code})

    assert b"This code is wrong, or it has been used." in page.content


def test_recovery_code_opens_the_admin_once(half_way: Client, codes: list[str]) -> None:
    half_way.post(VERIFY, {"token": f" {codes[0].upper()} "})

    page = half_way.get("/admin/")
    assert page.status_code == 200
    assert b"You have 9 recovery codes left." in page.content
    assert StaticToken.objects.count() == 9
    half_way.post("/admin/logout/")
    half_way.post("/admin/login/", {"username": "ann", "password": PASSWORD})
    assert half_way.post(VERIFY, {"token": codes[0]}).status_code == 200


def test_device_of_another_person_opens_nothing(half_way: Client, device: TOTPDevice) -> None:
    other = TOTPDevice.objects.create(user=User.objects.create_superuser("ben"), name="App")

    assert half_way.post(VERIFY, {"token": token(other)}).status_code == 200
    assert half_way.get("/admin/").status_code == 302


@pytest.mark.parametrize(
    "code", ["", " ", "12345", "abcdef", "٣٤٥٦٧٨", "²²²²²²", "9" * 32, "9" * 5000, "a\0b", "' OR 1=1"]
)
def test_strange_codes_are_answered(code: str, half_way: Client, codes: list[str]) -> None:
    page = half_way.post(VERIFY, {"token": code})

    assert page.status_code == 200
    assert b"errorlist" in page.content


def test_wrong_code_slows_the_next_one_down(half_way: Client, device: TOTPDevice) -> None:
    half_way.post(VERIFY, {"token": wrong(device)})

    page = half_way.post(VERIFY, {"token": token(device)})

    assert b"Wrong codes slow this down: try again in 1 s." in page.content
    assert half_way.get("/admin/").status_code == 302


def test_wrong_codes_lock_out_like_wrong_passwords(half_way: Client, device: TOTPDevice) -> None:
    for _ in range(lockout.LIMITS[0]):
        response = half_way.post(VERIFY, {"token": wrong(device)})
        let_time_pass()

    assert response.status_code == 429
    assert half_way.post(VERIFY, {"token": token(device)}).status_code == 429
    assert AccessFailureLog.objects.filter(path_info=VERIFY).count() == lockout.LIMITS[0]


def test_session_before_the_second_factor_may_be_left(half_way: Client, device: TOTPDevice) -> None:
    response = half_way.post("/admin/logout/")

    assert response.status_code == 200
    assert half_way.get(VERIFY, follow=True).redirect_chain[-1][0].startswith("/admin/login/")


def test_new_recovery_codes_end_the_old(editor: Client, codes: list[str]) -> None:
    page = editor.post(CODES).content.decode()

    assert page.count("<li><code>") == 10
    assert not [code for code in codes if code in page]


def test_superuser_resets_the_device_of_another(editor: Client) -> None:
    ben = User.objects.create_user("ben", is_staff=True)
    TOTPDevice.objects.create(user=ben, name="App")
    second_factor.new_codes(ben)
    form = {"action": "reset_second_factor", "_selected_action": [ben.pk]}

    page = editor.post("/admin/auth/user/", form, follow=True)

    assert b"They set up a new second factor when they next log in: ben." in page.content
    assert not TOTPDevice.objects.filter(user=ben).exists()
    assert not StaticDevice.objects.filter(user=ben).exists()


def test_session_of_a_device_that_was_reset_is_asked_anew(editor: Client, ann: User) -> None:
    second_factor.reset(ann)

    assert editor.get("/admin/", follow=True).redirect_chain[-1][0].startswith(ENROL)


def test_others_cannot_reset_a_device(client: Client, settings: LazySettings, ann: User, device: TOTPDevice) -> None:
    settings.REQUIRE_OTP = False
    client.force_login(User.objects.create_user("ben", is_staff=True))

    response = client.post("/admin/auth/user/", {"action": "reset_second_factor", "_selected_action": [ann.pk]})

    assert response.status_code == 403
    assert TOTPDevice.objects.filter(user=ann).exists()


def test_command_resets_a_device(ann: User, codes: list[str]) -> None:
    out = StringIO()

    call_command("reset_second_factor", "ann", stdout=out)

    assert out.getvalue() == "ann sets up a new second factor at the next log-in.\n"
    assert not TOTPDevice.objects.exists()
    assert not StaticToken.objects.exists()


def test_command_tells_that_there_is_nothing_to_reset(ann: User) -> None:
    out = StringIO()

    call_command("reset_second_factor", "ann", stdout=out)

    assert out.getvalue() == "ann has no second factor; nothing was changed.\n"


def test_command_refuses_a_name_that_nobody_has() -> None:
    with pytest.raises(CommandError, match=r"^There is no account nobody\.$"):
        call_command("reset_second_factor", "nobody")


def test_what_happens_to_a_second_factor_is_recorded(half_way: Client, codes: list[str]) -> None:
    half_way.post(VERIFY, {"token": codes[0]})

    entry = LogEntry.objects.get()

    assert (entry.user.username, entry.change_message) == ("ann", "Logged in with a recovery code; 9 left.")


def test_no_page_of_the_admin_shows_a_secret(editor: Client, device: TOTPDevice) -> None:
    for model in ("otp_totp/totpdevice", "otp_static/staticdevice"):
        assert editor.get(f"/admin/{model}/").status_code == 404


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_other_methods_are_refused(method: str, half_way: Client, device: TOTPDevice) -> None:
    ask: Callable[..., Any] = getattr(half_way, method)

    assert ask(VERIFY).status_code == 405
