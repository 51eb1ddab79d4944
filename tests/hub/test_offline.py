"""The service worker and the page for times without a network."""

import json
import re
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.test import Client

pytestmark = [pytest.mark.one_database, pytest.mark.django_db]


@pytest.fixture
def manifest(settings: LazySettings, tmp_path: Path) -> str:
    """The version of the static files, as collectstatic leaves it."""
    version = "0123456789ab"
    (tmp_path / "staticfiles.json").write_text(json.dumps({"version": "1.1", "hash": version, "paths": {}}))
    settings.STATIC_ROOT = tmp_path
    backend = "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"
    settings.STORAGES = settings.STORAGES | {"staticfiles": {"BACKEND": backend}}
    return version


def test_worker_is_a_script_for_the_whole_site(client: Client) -> None:
    response = client.get("/sw.js")

    assert response.status_code == 200
    assert response["Content-Type"] == "text/javascript; charset=utf-8"
    assert response["X-Content-Type-Options"] == "nosniff"


def test_worker_is_asked_for_anew_each_time(client: Client) -> None:
    assert "max-age=0" in client.get("/sw.js")["Cache-Control"]


def test_worker_is_versioned_by_the_static_files(client: Client, manifest: str) -> None:
    assert f'const CACHE = "hub-{manifest}";' in client.get("/sw.js").content.decode()


def test_worker_knows_all_that_pages_answer_to(client: Client) -> None:
    named = re.search(r'const PARAMETERS = new Set\("(.*?)"', client.get("/sw.js").content.decode())

    assert named
    assert {"q", "technology", "level", "category", "difficulty_min", "sort", "page", "trail"} <= set(named[1].split())
    assert "utm_source" not in named[1]


def test_worker_names_an_offline_page_that_exists(client: Client) -> None:
    named = re.search(r'const OFFLINE = "(.*?)";', client.get("/sw.js").content.decode())

    assert named
    response = client.get(named[1])
    assert response.status_code == 200
    assert b"<h1>You are offline.</h1>" in response.content
    assert b'<meta name="robots" content="noindex">' in response.content


@pytest.mark.parametrize("path", ["/sw.js", "/offline/"])
def test_what_works_offline_is_the_same_for_everyone(client: Client, editor: Client, path: str) -> None:
    stranger, logged_in = client.get(path), editor.get(path)

    assert stranger.content == logged_in.content
    assert not stranger.cookies


@pytest.mark.parametrize("path", ["/sw.js", "/offline/"])
def test_what_works_offline_is_only_read(client: Client, path: str) -> None:
    assert client.post(path).status_code == 405
