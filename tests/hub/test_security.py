"""What the hub tells browsers about its own safety, and what it refuses."""

import re
import runpy
from http.cookies import Morsel
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import path

from hub.environment import BASE_DIR
from hub.headers import DENIED_FEATURES
from hub.urls import urlpatterns as hub_urlpatterns
from tests.conftest import Bank
from tests.hub.programs import manage

pytestmark = pytest.mark.one_database

PUBLIC_PAGES = ["/", "/questions/", "/questions/PY-BEG-001/"]
STRANGERS_PAGES = [*PUBLIC_PAGES, "/questions/PY-BEG-999/", "/nowhere/", "/admin/login/"]
EDITORS_PAGES = ["/admin/", "/admin/questions/question/", "/admin/questions/question/add/"]
SITE = "https://hub.example.org"
COPIED = ("ALLOWED_HOSTS", "SITE_URL", "SECURE_", "SESSION_", "CSRF_", "CONTENT_SECURITY_POLICY")


def fail(request: HttpRequest) -> HttpResponse:
    secret_local = "a-local-secret"
    raise RuntimeError(f"an-inner-secret {secret_local}")


urlpatterns = [path("fail/", fail), *hub_urlpatterns]


@pytest.fixture(params=[*STRANGERS_PAGES, *EDITORS_PAGES])
def page(request: pytest.FixtureRequest, bank: Bank) -> HttpResponse:
    """Each page, as its reader gets it."""
    bank.add("PY-BEG-001")
    reader: Client = request.getfixturevalue("client" if request.param in STRANGERS_PAGES else "editor")
    response = reader.get(request.param)
    assert isinstance(response, HttpResponse)
    return response


@pytest.fixture(params=PUBLIC_PAGES)
def public_page(request: pytest.FixtureRequest, bank: Bank) -> str:
    """The address of each public page."""
    bank.add("PY-BEG-001")
    return request.param


@pytest.fixture
def https(settings: LazySettings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The settings of a hub whose SITE_URL is https://hub.example.org."""
    monkeypatch.setenv("SITE_URL", SITE)
    monkeypatch.setenv("HUB_DATA_DIR", str(tmp_path))
    for name, value in runpy.run_path(str(BASE_DIR / "hub" / "settings.py")).items():
        if name.startswith(COPIED):
            setattr(settings, name, value)


def policy(response: HttpResponseBase) -> dict[str, list[str]]:
    """Each directive of the Content-Security-Policy with its sources."""
    directives = [directive.split() for directive in response["Content-Security-Policy"].split(";")]
    return {name: sources for name, *sources in directives}


def cookies_of_an_editor() -> list[Morsel[str]]:
    """Every cookie that is set while somebody logs in and saves something."""
    User.objects.create_superuser("ann", password="correct horse battery")
    client = Client(headers={"host": "hub.example.org"})
    client.get("/admin/login/", secure=True)
    client.post("/admin/login/", {"username": "ann", "password": "correct horse battery"}, secure=True)
    level = {"name": "Expert", "slug": "expert", "code_part": "EXP", "position": 4}
    client.post("/admin/questions/level/add/", level, secure=True)
    return list(client.cookies.values())


def test_policy_has_no_unsafe_source(page: HttpResponse) -> None:
    sources = [source for sources in policy(page).values() for source in sources]

    assert not [source for source in sources if "unsafe" in source]


def test_policy_lets_only_the_hubs_own_scripts_run(page: HttpResponse) -> None:
    assert policy(page)["default-src"] == ["'none'"]
    assert policy(page)["script-src"] == ["'self'"]


def test_policy_names_no_other_host_and_no_wildcard(page: HttpResponse) -> None:
    sources = {source for sources in policy(page).values() for source in sources}

    assert sources <= {"'self'", "'none'", "data:"}


def test_policy_keeps_the_hub_out_of_frames_and_its_base_fixed(page: HttpResponse) -> None:
    assert policy(page)["frame-ancestors"] == ["'none'"]
    assert policy(page)["base-uri"] == ["'none'"]
    assert policy(page)["form-action"] == ["'self'"]


def test_pages_have_no_inline_script_or_style(page: HttpResponse) -> None:
    body = re.sub(r"<script[^>]*type=.application/(ld\+)?json", "<script src=", page.content.decode())

    assert not re.search(r"<style|<[^>]*\s(style|on[a-z]+)=|<script(?![^>]*\ssrc=)", body)


@pytest.mark.parametrize(
    ("header", "value"),
    [
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "strict-origin-when-cross-origin"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
        ("X-Frame-Options", "DENY"),
    ],
)
def test_pages_have_the_header(header: str, value: str, page: HttpResponse) -> None:
    assert page[header] == value


def test_pages_deny_themselves_the_features_of_a_device(page: HttpResponse) -> None:
    denied = set(page["Permissions-Policy"].split(", "))

    assert denied == {f"{feature}=()" for feature in DENIED_FEATURES}
    assert {"camera=()", "microphone=()", "geolocation=()"} <= denied


@pytest.mark.django_db
@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "evil.example:8000", "hub.example.org@x"])
@pytest.mark.parametrize("address", ["/", "/questions", "/nowhere/", "/admin/", "/sw.js"])
def test_unknown_host_is_refused_and_not_repeated(host: str, address: str, client: Client) -> None:
    response = client.get(address, headers={"host": host})

    assert response.status_code == 400
    assert "Location" not in response
    assert b"evil" not in response.content


def test_forwarded_host_changes_nothing(public_page: str, client: Client) -> None:
    plain = client.get(public_page)
    forwarded = client.get(public_page, headers={"x-forwarded-host": "evil.example", "forwarded": "host=evil.example"})

    assert forwarded.content == plain.content


@pytest.mark.parametrize("method", ["TRACE", "TRACK", "CONNECT", "PUT", "PATCH", "DELETE", "PROPFIND", "NONSENSE"])
@pytest.mark.parametrize("address", ["/", "/nowhere/", "/admin/", "/healthz"])
def test_method_that_no_page_knows_is_refused(method: str, address: str, client: Client) -> None:
    response = client.generic(method, address, headers={"x-secret": "not repeated"})

    assert (response.status_code, response.content) == (405, b"")
    assert response["Allow"] == "GET, HEAD, POST, OPTIONS"


def test_post_to_a_public_page_is_refused(public_page: str, client: Client) -> None:
    response = client.post(public_page)

    assert response.status_code == 405
    assert response["Allow"] == "GET, HEAD"


def test_head_of_a_public_page_is_answered_without_a_body(public_page: str, client: Client) -> None:
    response = client.head(public_page)

    assert (response.status_code, response.content) == (200, b"")


def test_public_pages_leave_no_cookie_and_ask_for_none(public_page: str, client: Client) -> None:
    response = client.get(public_page)

    assert not response.cookies
    assert "cookie" not in response.get("Vary", "").lower()
    assert not response.wsgi_request.session.accessed


def test_public_pages_are_the_same_for_an_editor(public_page: str, client: Client, editor: Client) -> None:
    as_editor = editor.get(public_page)

    assert as_editor.content == client.get(public_page).content
    assert "cookie" not in as_editor.get("Vary", "").lower()


@pytest.mark.django_db
def test_missing_page_leaves_no_cookie(client: Client) -> None:
    response = client.get("/nowhere/")

    assert response.status_code == 404
    assert not response.cookies
    assert "cookie" not in response.get("Vary", "").lower()


@pytest.mark.django_db
def test_form_without_its_token_gets_the_hubs_own_page() -> None:
    response = Client(enforce_csrf_checks=True).post("/admin/login/", {"username": "ann"})

    assert response.status_code == 403
    assert b"<h1>This form has expired.</h1>" in response.content


@pytest.mark.urls(__name__)
def test_error_page_tells_nothing_of_the_inside(client: Client) -> None:
    client.raise_request_exception = False

    response = client.get("/fail/")

    assert response.status_code == 500
    assert b"<h1>The hub made a mistake.</h1>" in response.content
    assert not re.search(rb"secret|RuntimeError|Traceback|\.py|Django", response.content)


@pytest.mark.urls(__name__)
def test_error_page_is_as_guarded_as_any_other(client: Client) -> None:
    client.raise_request_exception = False

    response = client.get("/fail/")

    assert policy(response)["script-src"] == ["'self'"]
    assert response["X-Content-Type-Options"] == "nosniff"


@pytest.mark.django_db
def test_pages_of_editors_are_closed_to_strangers(client: Client) -> None:
    for address in EDITORS_PAGES:
        response = client.get(address)

        assert (response.status_code, response["Location"]) == (302, f"/admin/login/?next={address}")


@pytest.mark.django_db
def test_login_leads_to_no_other_site(client: Client) -> None:
    User.objects.create_superuser("ann", password="correct horse battery")
    form = {"username": "ann", "password": "correct horse battery", "next": "https://evil.example/"}

    response = client.post("/admin/login/", form)

    assert response.status_code == 302
    assert "evil" not in response["Location"]


@pytest.mark.usefixtures("https")
def test_http_redirects_to_https_with_path_and_query(client: Client) -> None:
    response = client.get("/questions/?q=list", headers={"host": "hub.example.org"})

    assert (response.status_code, response["Location"]) == (301, f"{SITE}/questions/?q=list")


@pytest.mark.usefixtures("https")
def test_redirect_to_https_leads_to_the_canonical_host(client: Client) -> None:
    response = client.get("/", headers={"host": "evil.example"})

    assert response["Location"] == f"{SITE}/"


@pytest.mark.django_db
@pytest.mark.usefixtures("https")
@pytest.mark.parametrize("address", ["/healthz", "/readyz"])
def test_supervisor_may_ask_over_plain_http(address: str, client: Client) -> None:
    response = client.get(address, headers={"host": "hub.example.org"})

    assert response.status_code == 200


@pytest.mark.django_db
@pytest.mark.usefixtures("https")
def test_https_is_remembered_by_browsers(client: Client) -> None:
    response = client.get("/", secure=True, headers={"host": "hub.example.org"})

    assert response["Strict-Transport-Security"] == "max-age=3600"
    assert policy(response)["upgrade-insecure-requests"] == []


@pytest.mark.django_db
def test_plain_http_is_left_alone_on_a_laptop(client: Client) -> None:
    response = client.get("/")

    assert response.status_code == 200
    assert "Strict-Transport-Security" not in response
    assert "upgrade-insecure-requests" not in policy(response)


@pytest.mark.django_db
@pytest.mark.usefixtures("https")
def test_cookies_over_https_are_for_this_host_alone() -> None:
    cookies = cookies_of_an_editor()

    assert {"__Host-session", "__Host-csrf"} <= {cookie.key for cookie in cookies}
    for cookie in cookies:
        assert cookie.key.startswith("__Host-")
        assert (cookie["secure"], cookie["path"], cookie["domain"]) == (True, "/", "")


@pytest.mark.django_db
@pytest.mark.usefixtures("https")
def test_cookies_over_https_are_out_of_reach_of_scripts_and_other_sites() -> None:
    for cookie in cookies_of_an_editor():
        assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")


def test_deployment_check_has_no_warning(tmp_path: Path) -> None:
    done = manage(tmp_path, "check", "--deploy", "--fail-level", "WARNING", SITE_URL=SITE)

    assert done.returncode == 0, done.stderr
