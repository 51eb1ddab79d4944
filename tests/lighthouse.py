"""`make lighthouse`: its verdict on the main pages, as a phone gets them from the production server.

Every score has to be 100, and nothing may shift. The reports stay in the data folder. A busy machine costs Performance:
then try again.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hub.environment import BASE_DIR
from tests.browser.conftest import QUIET, chromium
from tests.browser.running_hub import RunningHub

LIGHTHOUSE = "lighthouse@12.8.2"  # The last for Node 18 and 20.
PAGES = {
    "front": "/",
    "list": "/questions/",
    "question": "/questions/PY-BEG-008/",
    "map": "/map/",
    "practice": "/practice/",
    "kits": "/kits/",
}
FOLDER = Path(os.environ.get("HUB_DATA_DIR") or BASE_DIR / "var").absolute() / "lighthouse"


def installed() -> Path:
    """Lighthouse's program, fetched with npm when it is not there."""
    program = FOLDER / "node_modules/.bin/lighthouse"
    if not program.exists():
        command = ["npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix", str(FOLDER), LIGHTHOUSE]
        subprocess.run(command, check=True)
    return program


def figures(program: Path, name: str, url: str) -> dict[str, float]:
    """The page's scores, of 100, and how much it shifts; the whole report stays as JSON and HTML."""
    chrome = " ".join(["--headless=new", *QUIET])
    command = [str(program), url, "--quiet", "--output=json", "--output=html", f"--output-path={FOLDER / name}"]
    environment = os.environ | {"CHROME_PATH": chromium() or ""}
    subprocess.run([*command, f"--chrome-flags={chrome}"], env=environment, check=True)
    report: dict[str, Any] = json.loads((FOLDER / f"{name}.report.json").read_text())
    scores = {it["title"]: round(it["score"] * 100) for it in report["categories"].values()}
    return scores | {"CLS": report["audits"]["cumulative-layout-shift"]["numericValue"]}


def main() -> None:
    """Print a table, and fail unless it is perfect."""
    if missing := [name for name, path in {"chromium": chromium(), "npm": shutil.which("npm")}.items() if path is None]:
        sys.exit(f"Lighthouse needs {' and '.join(missing)}.")
    FOLDER.mkdir(parents=True, exist_ok=True)
    program = installed()
    with TemporaryDirectory() as folder:
        hub = RunningHub(Path(folder) / "data", {})
        hub.start()
        try:
            found = {name: figures(program, name, hub.url + path) for name, path in PAGES.items()}
        finally:
            hub.kill()
    for name, numbers in found.items():
        print(f"{name:10}", *(f"{title} {number:g}" for title, number in numbers.items()), sep="  ")
    if any(numbers.pop("CLS") or min(numbers.values()) < 100 for numbers in found.values()):
        sys.exit(f"Not everything is perfect: see the reports in {FOLDER}.")


if __name__ == "__main__":
    main()
