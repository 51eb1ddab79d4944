"""`check_hub` says in a sentence each what is as it should be and what is not, and fails where something is wrong."""

import json
from datetime import date
from pathlib import Path

import pytest
from django.utils import timezone

from hub.operations import checkup
from tests.browser.running_hub import RestingHub, copy_of
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


def test_lost_trigger_and_pending_migrations_are_told(hub: Hub) -> None:
    hub.do("shell", "--no-imports", "-c", "from django.db import connection as c; c.cursor().execute(" + DROP + ")")
    assert "The database lacks" in found(hub)["objects"][0][1]

    hub.do("migrate", "questions", "0016", "-v0")
    assert found(hub)["migrations"][0][0] == "failure"


DROP = (
    "'DROP TRIGGER content_question_update' if c.vendor == 'sqlite' "
    "else 'DROP TRIGGER content_question ON questions_question'"
)


def test_what_others_can_read_is_told_with_the_command_that_mends_it(hub: Hub) -> None:
    hub.data_dir.chmod(0o755)

    assert ("failure", f"Others can read {hub.data_dir}: run `chmod go= {hub.data_dir}`.") in found(hub)["permissions"]


def test_redis_that_may_fill_up_is_told_and_one_that_is_away_is_wrong(hub: Hub) -> None:
    with redis_server() as server:
        there = found(hub, CACHE_URL=f"unix://{server.socket}")["cache"]
        assert [level for level, _ in there] == ["ok", "warning"]
        server.stop()
        away = found(hub, CACHE_URL=f"unix://{server.socket}")["cache"]
        server.start()
    assert [level for level, _ in away] == ["failure"]


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
