"""`check_hub` says in a sentence each what is as it should be and what is not, and fails where something is wrong."""

import json
from collections.abc import Callable, Iterator
from datetime import date
from http.server import BaseHTTPRequestHandler, HTTPServer
from ipaddress import ip_network
from pathlib import Path
from threading import Thread

import pytest
from django.conf import LazySettings
from django.test import Client, override_settings
from django.utils import timezone

from hub.environment import Environment
from hub.operations import checkup, reachability
from hub.operations.findings import Finding
from hub.operations.reachability import judged
from hub.proxies import QUESTION, own_question
from questions.models import Image, Question, SearchDocument
from tests.browser.running_hub import RestingHub, copy_of
from tests.conftest import Bank
from tests.hub.operations.conftest import Hub
from tests.hub.redis_server import redis_server

pytestmark = pytest.mark.slow


def found(hub: Hub, **variables: str) -> dict[str, list[tuple[str, str]]]:
    """What is found of each thing that is looked at, as level and sentence."""
    done = Hub(hub.data_dir, hub.database | variables).try_to("check_hub", "--json")
    findings: dict[str, list[tuple[str, str]]] = {}
    for finding in json.loads(done.stdout):
        findings.setdefault(finding["about"], []).append((finding["level"], finding["sentence"]))
    assert done.returncode == any(level == "failure" for them in findings.values() for level, _ in them)
    return findings


def test_running_hub_with_a_backup_is_as_it_should_be(resting_hub: RestingHub, tmp_path: Path) -> None:
    with copy_of(resting_hub, tmp_path / "checkup") as hub:
        assert hub.manage("backup").returncode == 0
        done = hub.manage("check_hub")

    assert done.returncode == 0, done.stdout
    assert "WRONG" not in done.stdout
    assert f"address: {hub.url} answers." in done.stdout


def test_hub_that_does_not_run_and_was_never_saved_is_told(hub: Hub) -> None:
    findings = found(hub, PORT="47999")

    assert findings["address"][0][0] == "failure"
    assert findings["backups"][0][0] == "warning"


@pytest.mark.one_database
def test_database_that_is_away_is_told_once_and_on_one_line(tmp_path: Path) -> None:
    findings = found(Hub(tmp_path, {"DATABASE_URL": "postgres://hub:secret@127.0.0.1:1/hub"}), PORT="47999")

    sentence = findings["database"][0][1]
    assert sentence.startswith("It cannot be looked at: connection failed: ")
    assert "\n" not in sentence
    assert findings["images"] == [("failure", "It cannot be looked at either.")]


@pytest.mark.one_database
def test_what_the_operator_may_decide_is_not_warned_of(hub: Hub) -> None:
    findings = found(hub, SITE_URL="https://localhost:1", HSTS_SCOPE="host")

    assert findings["settings"] == [("ok", "Django finds nothing to warn of.")]


def test_lost_trigger_and_pending_migrations_are_told(hub: Hub) -> None:
    hub.do("shell", "--no-imports", "-c", "from django.db import connection as c; c.cursor().execute(" + DROP + ")")
    assert "The database lacks" in found(hub)["objects"][0][1]

    hub.do("migrate", "questions", "0016", "-v0")
    assert found(hub)["migrations"][0][0] == "failure"


DROP = (
    "'DROP TRIGGER content_question_update' if c.vendor == 'sqlite' "
    "else 'DROP TRIGGER content_question ON questions_question'"
)


@pytest.mark.one_database
def test_what_others_can_read_is_told_with_the_command_that_mends_it(hub: Hub) -> None:
    hub.data_dir.chmod(0o755)

    assert ("failure", f"Others can read {hub.data_dir}: run `chmod go= {hub.data_dir}`.") in found(hub)["permissions"]


@pytest.mark.one_database
def test_redis_that_may_fill_up_is_told_and_one_that_is_away_is_wrong(hub: Hub) -> None:
    with redis_server() as server:
        there = found(hub, CACHE_URL=f"unix://{server.socket}")["cache"]
        assert [level for level, _ in there] == ["ok", "warning"]
        server.stop()
        away = found(hub, CACHE_URL=f"unix://{server.socket}")["cache"]
        server.start()
    assert [level for level, _ in away] == ["failure"]


@pytest.mark.one_database
def test_redis_that_keeps_its_settings_to_itself_is_used_and_told(hub: Hub) -> None:
    with redis_server() as server:
        server.forbid("config")
        there = found(hub, CACHE_URL=server.url)["cache"]

    assert there[0] == ("ok", "Redis keeps what it is given.")
    assert (there[1][0], "does not say" in there[1][1]) == ("warning", True)


@pytest.mark.one_database
def test_secret_key_of_one_machine_is_told_where_several_share_a_cache(hub: Hub) -> None:
    shared = found(hub, CACHE_URL="redis://127.0.0.1:1/0")["secret key"]
    assert shared[0][0] == "warning"

    strong = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
    assert found(hub, CACHE_URL="redis://127.0.0.1:1/0", SECRET_KEY=strong)["secret key"][0][0] == "ok"


@pytest.mark.django_db
def test_version_that_soon_gets_no_fixes_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    soon = dict.fromkeys(checkup.ENDS, timezone.localdate())
    monkeypatch.setattr(checkup, "ENDS", soon | {"Django 5.2": date(2100, 1, 1)})

    levels = {finding.sentence.split()[0]: finding.level for finding in checkup._end_of_life()}

    assert (levels["Python"], levels["Django"]) == ("warning", "ok")


def heard(client: Client, **headers: str) -> Finding:
    """What is found of a request that arrives so."""
    answer = client.get("/healthz", headers=own_question() | {"host": "hub.example.org"} | headers)
    return judged(answer.json())


@pytest.fixture
def https_hub(settings: LazySettings, tmp_path: Path) -> None:
    variables = {"HUB_DATA_DIR": str(tmp_path), "SITE_URL": "https://hub.example.org"}
    settings.ENVIRONMENT = Environment.from_variables(variables)
    settings.ALLOWED_HOSTS = settings.ENVIRONMENT.hosts
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")


@pytest.mark.usefixtures("https_hub")
def test_what_a_proxy_does_not_say_is_told(client: Client) -> None:
    complete = {"x-forwarded-proto": "https", "x-forwarded-for": "192.0.2.9"}

    assert "Host hub.example.org arrives as 'inside:8000'" in heard(client, host="inside:8000").sentence
    assert "has to send X-Forwarded-Proto" in heard(client).sentence
    assert heard(client, **complete).level == "warning"  # Nobody has named the proxy in TRUSTED_PROXIES.
    with override_settings(TRUSTED_PROXIES=(ip_network("127.0.0.1"),)):
        assert heard(client, **complete).level == "ok"
        assert heard(client, **complete).sentence.endswith("known as 192.0.2.9.")


class Stranger(BaseHTTPRequestHandler):
    """Another program, which has a health check in JSON, too."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(b'{"status": "ok"}')


def test_other_program_at_the_address_is_told(settings: LazySettings, tmp_path: Path) -> None:
    with HTTPServer(("127.0.0.1", 0), Stranger) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        variables = {"HUB_DATA_DIR": str(tmp_path), "PORT": str(server.server_port)}
        settings.ENVIRONMENT = Environment.from_variables(variables)

        findings = levels(reachability.proxy)
        server.shutdown()

    assert findings[0].startswith("failure: What answers at ")


@pytest.mark.usefixtures("https_hub")
@override_settings(TRUSTED_PROXIES=(ip_network("127.0.0.1"),))
def test_hub_that_asks_itself_through_a_proxy_on_its_own_machine_is_no_stranger(client: Client) -> None:
    finding = heard(client, **{"x-forwarded-proto": "https", "x-forwarded-for": "127.0.0.1"})

    assert finding.level == "ok"


@pytest.mark.parametrize("question", ["", "heard", "heard:1uVxyz:forged"])
def test_nobody_but_the_hub_is_told_what_a_proxy_says(question: str, client: Client) -> None:
    assert client.get("/healthz", headers={QUESTION: question}).content == b"alive\n"


def levels(look: Callable[[], Iterator[Finding]]) -> list[str]:
    return [f"{finding.level}: {finding.sentence}" for finding in look()]


def test_search_that_does_not_know_the_questions_as_they_are_is_told(bank: Bank) -> None:
    for number in range(1, 5):
        bank.add(f"PY-BEG-00{number}")
    assert levels(checkup._search) == ["ok: It knows the questions as they are written."]

    SearchDocument.objects.filter(pk=Question.objects.get(code="PY-BEG-001").pk).delete()
    Question.objects.filter(code="PY-BEG-002").update(answer_html="<p>Written past search.</p>")
    Question.objects.filter(code__gt="PY-BEG-002").update(status="draft")

    found = levels(checkup._search)
    assert found[0].startswith("failure: Search does not find 1 questions that readers see. Run ")
    assert found[1].startswith("failure: Search finds 2 questions that readers do not see.")
    assert found[2].startswith("failure: Search has 1 of 200 questions otherwise than they are written.")


def test_image_without_its_file_is_told(db: None) -> None:
    assert levels(checkup._images) == ["ok: Each has its file."]

    Image.objects.create(file="0" * 32 + ".png", width=1, height=1, digest="0" * 32)

    assert "is missing" in levels(checkup._images)[0]
