"""A newer version saves what an older one has left before it changes it, and says how to go back."""

import re
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from hub.environment import BASE_DIR
from tests.hub.operations.conftest import Hub, MakeHub
from tests.hub.operations.test_backup import TITLES

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(
    ("states", "first", "where"),
    [
        (["0005"], "0006_revisions", "with this version, as the older one reads no backups"),
        (["0018", "0031"], "0019_longer_titles", "with this version, as the older one reads no backups"),
        (["0032"], "0033_render_version", "in the older version"),
    ],
)
def test_upgrade_of_an_older_hub_saves_it_first_and_says_how_to_go_back(
    hub: Hub, make_hub: MakeHub, states: list[str], first: str, where: str
) -> None:
    for state in states:
        hub.do("migrate", "questions", state, "-v0")

    said = hub.do("upgrade")

    saved = re.search(rf"To go back, {where}: `manage\.py restore (.+) --replace`", said)
    assert saved, said
    assert f"Applying questions.{first}... OK" in said
    assert "What is 日本語?" in hub.ask(TITLES)
    older = make_hub()
    older.do("restore", saved[1])
    assert "What is 日本語?" in older.ask(TITLES)


def test_upgrade_to_the_same_version_saves_nothing_and_keeps_the_database_private(hub: Hub) -> None:
    place = hub.data_dir / "hub.sqlite3"
    if not hub.database:
        place.chmod(0o644)  # as older versions made it
        assert f"Others could read {place}; now they cannot." in hub.do("upgrade")
        assert place.stat().st_mode & 0o777 == 0o600
    assert hub.do("upgrade").endswith("The hub is ready to be started.\n")
    assert not (hub.data_dir / "backups").exists()


def test_empty_database_beside_a_backup_is_told(make_hub: MakeHub) -> None:
    hub = make_hub()
    backups = hub.data_dir / "backups"
    backups.mkdir()
    (backups / "hub-20261128-031000.backup.zip").touch()

    said = hub.do("upgrade")

    assert "The database is empty, though there is a backup" in said
    assert "restore" in said


@pytest.mark.one_database
def test_systemd_is_told_that_a_long_set_up_goes_on(hub: Hub, tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as systemd:
        systemd.bind(str(tmp_path / "notify"))
        hub.database |= {"NOTIFY_SOCKET": str(tmp_path / "notify")}

        hub.do("upgrade")

        assert systemd.recv(200).startswith(b"EXTEND_TIMEOUT_USEC=60000000\n")


def test_database_that_takes_no_writes_is_served_as_it_is(hub: Hub) -> None:
    if not hub.database:
        pytest.skip("Only PostgreSQL has standbys.")
    hub.database |= {"PGOPTIONS": "-c default_transaction_read_only=on"}  # as on a standby

    assert "The database takes no writes" in hub.do("upgrade")


@pytest.mark.one_database
def test_python_without_the_packages_says_what_to_run(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-S", "-I", BASE_DIR / "manage.py", "check"], text=True, capture_output=True, timeout=60
    )

    assert (done.returncode, "Traceback" in done.stderr) == (1, False)
    assert "run `make upgrade`" in done.stderr


@pytest.mark.one_database
def test_package_that_a_newer_version_needs_is_named(hub: Hub, tmp_path: Path) -> None:
    (tmp_path / "nh3.py").write_text("raise ModuleNotFoundError('No module', name='nh3')")

    done = subprocess.run(
        [sys.executable, BASE_DIR / "manage.py", "check"],
        env={"HUB_DATA_DIR": str(hub.data_dir), "PYTHONPATH": str(tmp_path)},
        text=True,
        capture_output=True,
        timeout=60,
    )

    assert done.stderr == (
        "The package nh3 is not installed, as after a checkout of a newer hub: run `make upgrade`.\n"
    )
