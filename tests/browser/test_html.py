"""Every type of page is valid HTML, as the Nu Html Checker sees it."""

import json
import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from urllib.error import HTTPError

import pytest

from tests.browser.running_hub import BASE_DIR, RunningHub, open_url
from tests.browser.test_accessibility import PAGES

pytestmark = pytest.mark.audit

CHECKER = "vnu-jar@26.9.27"


@pytest.fixture(scope="session")
def checker() -> Path:
    """The checker's jar, fetched once with npm and kept in the data folder."""
    missing = [name for name in ("java", "npm") if shutil.which(name) is None]
    assert not missing, f"Checking HTML needs {' and '.join(missing)}: install default-jre-headless and npm."
    kept = Path(os.environ.get("HUB_DATA_DIR") or BASE_DIR / "var").absolute() / "npm" / f"{CHECKER}.jar"
    if not kept.exists():
        kept.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=kept.parent) as folder:
            subprocess.run(["npm", "pack", "--silent", CHECKER], cwd=folder, check=True, timeout=300)
            shutil.unpack_archive(next(Path(folder).glob("*.tgz")), folder, filter="data")
            (Path(folder) / "package/build/dist/vnu.jar").rename(kept)
    return kept


def body(url: str) -> bytes:
    """What the address answers, whatever the status."""
    try:
        return bytes(open_url(url).read())
    except HTTPError as missing:
        return missing.read()


def faults(checker: Path, folder: Path) -> list[str]:
    """What the checker says against the files of a folder, in one go: starting it takes longest."""
    command: list[str | Path] = [
        "java",
        "-jar",
        checker,
        "--format",
        "json",
        "--exit-zero-always",
        *sorted(folder.iterdir()),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120)
    messages = json.loads(done.stderr)["messages"]
    return [f"{Path(it['url']).stem}: {it['message']}" for it in messages if it["type"] != "info"]


def test_every_page_is_valid(hub: RunningHub, checker: Path, tmp_path: Path) -> None:
    for name, path in PAGES.items():
        (tmp_path / f"{name}.html").write_bytes(body(hub.url + path))

    found = faults(checker, tmp_path)

    assert found == []


def test_a_follow_up_opened_in_place_is_valid(hub: RunningHub, checker: Path, tmp_path: Path) -> None:
    part = body(f"{hub.url}/questions/PY-BEG-008/push/").decode()
    page = (
        f'<!doctype html><html lang="en"><head><title>Part</title></head><body><h1>1</h1><h2>2</h2>{part}</body></html>'
    )
    (tmp_path / "part.html").write_text(page)

    found = faults(checker, tmp_path)

    assert found == []


def test_the_checker_finds_faults(checker: Path, tmp_path: Path) -> None:
    (tmp_path / "bad.html").write_text('<!doctype html><html lang="en"><head><title>Bad</title></head><p></div>')

    found = faults(checker, tmp_path)

    assert found == ["bad: Stray end tag “div”."]
