"""Collecting the static files when they have changed, and only then: another hub may be reading what is collected."""

from hashlib import blake2b
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command


def collect() -> None:
    """Run collectstatic, unless what it last collected here was made of the same files."""
    known = Path(settings.STATIC_ROOT).with_suffix(".digest")
    digest = _digest()
    if Path(settings.STATIC_ROOT).is_dir() and known.exists() and known.read_text() == digest:
        return
    call_command("collectstatic", verbosity=0, interactive=False)
    known.write_text(digest)


def _digest() -> str:
    """Of the name, size and time of every file that can be collected."""
    found = sorted(
        f"{name} {(stat := Path(storage.path(name)).stat()).st_size} {stat.st_mtime_ns}"
        for finder in get_finders()
        for name, storage in finder.list([])
    )
    return blake2b("\n".join([settings.STORAGES["staticfiles"]["BACKEND"], *found]).encode()).hexdigest()
