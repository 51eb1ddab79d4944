"""Every type of page is valid HTML, as the Nu Html Checker sees it."""

import json
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest

from hub.environment import BASE_DIR
from tests.browser.page_types import PAGES, html_of
from tests.browser.running_hub import RunningHub, open_url

pytestmark = pytest.mark.audit

CHECKER = "vnu-jar@26.9.27"
START = '<!doctype html><html lang="en"><head><title>Part</title></head><body>'


@pytest.fixture(scope="session")
def checker() -> Path:
    """The checker's jar, fetched once with npm and kept in the data folder."""
    if missing := [name for name in ("java", "npm") if shutil.which(name) is None]:
        pytest.skip(f"Checking HTML needs {' and '.join(missing)}.")
    kept = Path(os.environ.get("HUB_DATA_DIR") or BASE_DIR / "var").absolute() / "npm" / f"{CHECKER}.jar"
    if not kept.exists():
        kept.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=kept.parent) as folder:
            fetched = subprocess.run(["npm", "pack", "--silent", CHECKER], cwd=folder, timeout=300)
            if fetched.returncode != 0:
                pytest.skip(f"npm cannot fetch {CHECKER}.")
            shutil.unpack_archive(next(Path(folder).glob("*.tgz")), folder, filter="data")
            (Path(folder) / "package/build/dist/vnu.jar").rename(kept)
    return kept


def faults(checker: Path, folder: Path) -> list[str]:
    """What the checker says against the files of a folder."""
    command: list[str | Path] = ["java", "-jar", checker, "--format", "json", "--exit-zero-always"]
    done = subprocess.run([*command, *sorted(folder.iterdir())], capture_output=True, text=True, check=True)
    messages = json.loads(done.stderr)["messages"]
    return [f"{Path(it['url']).stem}: {it['message']}" for it in messages if it["type"] != "info"]


def test_every_page_is_valid(hub: RunningHub, checker: Path, tmp_path: Path) -> None:
    pages = {name: html_of(hub, name) for name in PAGES}
    part = open_url(f"{hub.url}/questions/PY-BEG-008/push/").read().decode()
    pages["follow-up panel"] = START + f"<h1>1</h1><h2>2</h2>{part}"
    pages["bad"] = START + "<p></div>"  # Shows that the checker finds what is wrong.
    for name, html in pages.items():
        (tmp_path / f"{name}.html").write_text(html)

    found = faults(checker, tmp_path)  # All in one go: starting it takes longest.

    assert found == ["bad: Stray end tag “div”."]
