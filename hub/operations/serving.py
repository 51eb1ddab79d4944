"""Whether a hub serves from a data folder, whose database nobody may replace meanwhile."""

import fcntl
import os
from errno import EACCES, EAGAIN
from pathlib import Path

from hub.operations.errors import OperationError


def join(folder: Path) -> int:
    """Serve from a data folder until this process ends; returns the open file that tells others."""
    return _locked(folder, fcntl.LOCK_SH)


def keep_out(folder: Path) -> int:
    """Let no hub serve from a data folder until this process ends; raise OperationError where one does."""
    return _locked(folder, fcntl.LOCK_EX)


def _locked(folder: Path, kind: int) -> int:
    """The kernel ends such a lock with its process, keeps it through `exec`, and gives it to no worker of a master."""
    file = os.open(folder / "serving", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.lockf(file, kind | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in (EACCES, EAGAIN):  # What else fails is a file system without locks.
            os.close(file)
            raise OperationError(f"A hub runs with the data in {folder}, or a restore does: end it first.") from None
    os.set_inheritable(file, True)
    return file
