"""Runs the hub's own programs in a process of their own, where the environment is the test's alone."""

import subprocess
import sys
from pathlib import Path

from hub.environment import BASE_DIR

ASK = """
from django.test import Client
response = Client(raise_request_exception=False).get({path!r}, headers={{"host": "127.0.0.1"}})
print(response.status_code, response.content.decode())
"""


# As in pyproject.toml: WhiteNoise says so before collectstatic has run.
WARNINGS = "error,ignore:No directory at"


def manage(data_dir: Path, *arguments: str, **variables: str) -> "subprocess.CompletedProcess[str]":
    """Run manage.py with its data in that folder and no environment variables but these."""
    return subprocess.run(
        [sys.executable, BASE_DIR / "manage.py", *arguments],
        env={"HUB_DATA_DIR": str(data_dir), "PYTHONWARNINGS": WARNINGS} | variables,
        text=True,
        capture_output=True,
        timeout=240,  # On a machine that is busy with everything else.
    )


def ask(data_dir: Path, path: str, **variables: str) -> "subprocess.CompletedProcess[str]":
    """Request a path from a hub with this environment; status and body are printed, logs go to stderr."""
    return manage(data_dir, "shell", "--verbosity=0", "-c", ASK.format(path=path), **variables)
