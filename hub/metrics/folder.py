"""Where workers count: each in files of its own, which Prometheus's client maps into memory."""

import logging
import os
import shutil
import struct
import sys
from collections.abc import Container, Iterator
from contextlib import contextmanager, suppress
from fcntl import LOCK_EX, LOCK_NB, LOCK_SH, flock
from pathlib import Path

logger = logging.getLogger("hub.metrics")

VARIABLE = "PROMETHEUS_MULTIPROC_DIR"  # The client looks for it when it is imported.
KINDS = ("counter", "histogram")
DEAD = 0  # In place of a process's id: what workers have counted that are no more.
SIZE = 2**21  # bytes of a file; all views with all of their statuses take a quarter of it


def prepare(folder: Path) -> bool:
    """Empty the folder and have the client use it, if that can be; at a reload, when it does so, leave it as it is."""
    if os.environ.get(VARIABLE) == str(folder):
        return True
    os.environ[VARIABLE] = str(folder)
    try:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(mode=0o700)
        reserve(DEAD)
    except OSError as error:
        del os.environ[VARIABLE]
        sys.stderr.write(f"There is no room to count requests, and there are no metrics: {error}\n")
        return False
    return True


def reserve(process: int) -> None:
    """Take the room that a process's files may need: on a full disk, writing to a mapped file would kill it."""
    for kind in KINDS:
        with _file(kind, process).open("wb") as file:
            os.posix_fallocate(file.fileno(), 0, SIZE)


def fold(living: Container[int]) -> None:
    """Add what dead workers have counted up, and remove their files, unless somebody reads them: then the next time."""
    try:
        with locked(LOCK_EX | LOCK_NB) as is_mine:
            for kind in KINDS if is_mine else ():
                _fold(kind, living)
    except OSError as error:  # The master lives on.
        logger.error("What a worker has counted is not kept: %s", error)


def _fold(kind: str, living: Container[int]) -> None:
    from prometheus_client.mmap_dict import MmapedDict

    total = MmapedDict(str(_file(kind, DEAD)))
    for path in _folder().glob(f"{kind}_*.db"):
        process = int(path.stem.rpartition("_")[2])
        if process == DEAD or process in living:
            continue
        with suppress(RuntimeError, ValueError, struct.error):  # Of a file that is damaged, the rest is lost.
            for key, value, _, _ in MmapedDict.read_all_values_from_file(str(path)):
                total.write_value(key, total.read_value(key)[0] + value, 0.0)
        path.unlink()
    total.close()


@contextmanager
def locked(how: int = LOCK_SH) -> Iterator[bool]:
    """Hold the folder's lock; whether that could be had is told where `how` does not wait for it."""
    with (_folder() / "lock").open("a") as file:
        try:
            flock(file, how)
        except BlockingIOError:
            yield False
        else:
            yield True


def _folder() -> Path:
    return Path(os.environ[VARIABLE])


def _file(kind: str, process: int) -> Path:
    return _folder() / f"{kind}_{process}.db"
