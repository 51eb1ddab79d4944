"""A start on what cannot be written to ends with a sentence; two first starts at once both end with a hub."""

import resource
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from hub.environment import BASE_DIR
from tests.browser.running_hub import SECONDS_TO_START, RunningHub, own_database
from tests.hub.programs import manage

pytestmark = pytest.mark.slow

LARGEST_FILE = 300_000  # bytes, less than any database of the hub
RARE = {"openpyxl", "markdownify", "doctest"}
COUNT = "from questions.models import Question; print(Question.objects.count())"


@pytest.mark.one_database
def test_hub_that_cannot_write_to_its_data_folder_says_so(tmp_path: Path) -> None:
    done = manage(Path("/sys"), "serve", SECRET_KEY="".join(map(chr, range(40, 110))), PORT="48123")

    assert done.returncode == 1
    assert "The hub cannot be set up" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.one_database
def test_hub_that_cannot_make_its_secret_key_says_so() -> None:
    done = manage(Path("/sys"), "check")

    assert done.returncode == 1
    assert "The secret key cannot be read" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.one_database
def test_hub_on_a_full_disk_says_so(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, BASE_DIR / "manage.py", "serve"],
        env={"HUB_DATA_DIR": str(tmp_path), "PORT": "48124"},
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (LARGEST_FILE, LARGEST_FILE)),
        text=True,
        capture_output=True,
        timeout=180,
    )

    assert done.returncode == 1
    assert "The hub cannot be set up: " in done.stderr
    assert "has its disk room" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.one_database
@pytest.mark.parametrize(
    ("content", "url", "sentence"),
    [
        (b"", "", "The database is empty or older than the hub, which a start mends"),
        (b"no database " * 1000, "", "The database's file is damaged, or is none: restore a backup."),
        (b"", "postgres://hub:secret@127.0.0.1:1/hub", "The database fails: connection failed: "),
    ],
)
@pytest.mark.parametrize("command", ["clearsessions", "forget_imports", "run_examples"])
def test_command_that_the_database_stops_says_so_on_one_line(
    command: str, content: bytes, url: str, sentence: str, tmp_path: Path
) -> None:
    (tmp_path / "hub.sqlite3").write_bytes(content)

    done = manage(tmp_path, command, DATABASE_URL=url, SECRET_KEY="".join(map(chr, range(40, 110))))

    assert done.returncode == 1
    assert done.stderr.splitlines()[-1].startswith(sentence)
    assert "Traceback" not in done.stderr


@pytest.mark.one_database
def test_start_loads_nothing_that_takes_long_and_few_visitors_need(tmp_path: Path) -> None:
    done = manage(tmp_path, "shell", "--no-imports", "-c", "import sys, hub.urls; print(*sys.modules)")

    loaded = set(done.stdout.split())
    assert "questions.exchange.formats.xlsx" in loaded
    assert not RARE & loaded


def test_two_first_starts_at_once_make_one_hub(tmp_path: Path) -> None:
    with own_database("hub_twice") as database:
        folders = (tmp_path / "one", tmp_path / "other") if database else (tmp_path / "one",) * 2
        hubs = [RunningHub(folder, database) for folder in folders]
        hubs[1].log_file = tmp_path / "second.log"
        try:
            with ThreadPoolExecutor(2) as pool:
                list(pool.map(lambda hub: hub.start(3 * SECONDS_TO_START), hubs))  # One after the other.

            assert hubs[0].manage("shell", "--no-imports", "-c", COUNT).stdout.strip() == "54"
            assert "Traceback" not in hubs[0].log + hubs[1].log
        finally:
            for hub in hubs:
                hub.kill()
