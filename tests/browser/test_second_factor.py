"""An editor's second factor, from the first log-in to the day the phone stays at home."""

import re
from base64 import b32decode
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from django_otp.oath import totp
from playwright.sync_api import Page, expect

from tests.browser.conftest import PASSWORD, WIDE, NewPage
from tests.browser.running_hub import RestingHub, RunningHub, copy_of

FORGET_USE = "from django_otp.plugins.otp_totp.models import TOTPDevice; TOTPDevice.objects.update(last_t=-1)"


@pytest.fixture(scope="module")
def hub(resting_hub: RestingHub, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningHub]:
    """A hub that asks for a second factor, with the account that its environment names."""
    folder = tmp_path_factory.mktemp("second_factor")
    (folder / "password").write_text(PASSWORD)
    (folder / "password").chmod(0o600)
    account = {"ADMIN_USER": "ann", "ADMIN_PASSWORD_FILE": str(folder / "password")}
    with copy_of(resting_hub, folder, REQUIRE_OTP="1", **account) as hub:
        yield hub


def give_password(page: Page) -> None:
    page.goto("/admin/questions/question/")
    page.get_by_label("Username").fill("ann")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()


def give_code(page: Page, code: str, button: str = "Log in") -> None:
    page.get_by_label("Code").fill(code)
    page.get_by_role("button", name=button).click()


def log_out(page: Page) -> None:
    page.get_by_role("button", name="Log out").click()
    expect(page.get_by_role("heading", name="Logged out")).to_be_visible()


def test_a_second_factor_is_set_up_used_and_replaced_by_a_recovery_code(new_page: NewPage, hub: RunningHub) -> None:
    page = new_page(viewport=WIDE, java_script_enabled=False)
    give_password(page)
    expect(page.get_by_role("heading", name="Set up a second factor")).to_be_visible()
    image = page.get_by_role("img", name=re.compile("QR code"))
    expect(image).to_have_js_property("complete", True)
    assert image.evaluate("image => image.naturalWidth") > 100
    secret = b32decode(page.locator(".secret").inner_text().replace(" ", ""))

    give_code(page, f"{totp(secret):06}", "Confirm")
    expect(page.locator(".codes code")).to_have_count(10)
    codes = page.locator(".codes code").all_inner_texts()
    log_out(page)

    hub.manage("shell", "--no-imports", "-c", FORGET_USE)
    give_password(page)
    expect(page.get_by_role("heading", name="Second factor")).to_be_visible()
    give_code(page, f"{totp(secret):06}")
    expect(page.get_by_role("heading", name="Select Question to change")).to_be_visible()
    log_out(page)

    give_password(page)
    give_code(page, codes[0])
    expect(page.get_by_text("You have 9 recovery codes left.")).to_be_visible()
    page.get_by_role("link", name="Audit").click()
    expect(page.get_by_text("Logged in with a recovery code; 9 left.")).to_be_visible()
    assert urlsplit(page.url).path == "/admin/audit/"
