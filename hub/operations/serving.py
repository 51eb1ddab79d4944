"""Whether a hub serves from a data folder, whose database nobody may replace meanwhile."""

import fcntl
import os
from errno import EACCES, EAGAIN
from pathlib import Path

from hub.operations.errors import OperationError


def join(folder: Path) -> int:
    """Mark a data folder as served from until this process ends; return the open, locked file.

    Raises OperationError while a restore keeps hubs out, or where the folder cannot be written to.
    """
    return _locked(folder, fcntl.LOCK_SH)


def keep_out(folder: Path) -> int:
    """Let no hub serve from a data folder until this process ends; return the open, locked file.

    Raises OperationError while a hub serves from it, or where the folder cannot be written to.
    """
    return _locked(folder, fcntl.LOCK_EX)


def _locked(folder: Path, kind: int) -> int:
    """The kernel releases such a lock when its process ends, keeps it through `exec`, and hands it to no fork."""
    try:
        file = os.open(folder / "serving", os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise OperationError(f"{folder} cannot be written to: {error.strerror}.") from None
    try:
        fcntl.lockf(file, kind | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in (EACCES, EAGAIN):  # Anything else: the file system has no locks, so nobody can be kept out.
            os.close(file)
            raise OperationError(f"A hub runs with the data in {folder}, or a restore does: end it first.") from None
    os.set_inheritable(file, True)
    return file
