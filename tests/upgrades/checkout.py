"""Older versions of the hub, each with the packages that it pins."""

import hashlib
import subprocess
import sys
import tarfile
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from hub.environment import BASE_DIR

VERSIONS = Path(__file__).with_name("versions.txt")


@dataclass(frozen=True)
class Version:
    """A commit that was checked out and set up."""

    commit: str
    folder: Path
    venv: Path

    @property
    def program(self) -> list[str | Path]:
        """What runs its `manage.py`."""
        return [self.venv / "bin" / "python", self.folder / "manage.py"]

    @property
    def date(self) -> str:
        return _git("show", "-s", "--format=%cd", "--date=format:%Y-%m-%d %H:%M", self.commit).decode().strip()

    def knows(self, command: str) -> bool:
        """Whether it has this management command."""
        return (self.folder / f"hub/management/commands/{command}.py").exists()


def listed() -> list[str]:
    """The commits in `versions.txt`."""
    lines = VERSIONS.read_text().splitlines()
    return [line.split()[0] for line in lines if not line.startswith("#")]


def check_out(commit: str, cache: Path) -> Version:
    """Put a commit into `cache`, with an environment that all versions with the same packages share."""
    folder = cache / commit
    if not folder.exists():
        with tarfile.open(fileobj=BytesIO(_git("archive", commit))) as archive:
            archive.extractall(folder, filter="data")
    lock = (folder / "requirements/run.txt").read_bytes()
    venv = cache / f"venv-{hashlib.sha256(lock).hexdigest()[:12]}"
    stamp = venv / "run.stamp"
    if not stamp.exists():
        command = ["make", f"PYTHON={sys.executable}", f"VENV={venv}", str(stamp)]
        subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL)
    return Version(commit, folder, venv)


def _git(*arguments: str) -> bytes:
    return subprocess.run(["git", *arguments], cwd=BASE_DIR, check=True, capture_output=True).stdout
