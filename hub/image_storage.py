"""Where images are kept: in a folder, where a file is whole or not there, or in object storage."""

import os
import secrets
from pathlib import Path

from django.core.files.base import ContentFile, File
from django.core.files.storage import FileSystemStorage, Storage, storages


def images() -> Storage:
    """The storage that the configuration names."""
    return storages["images"]


def save(name: str, data: bytes) -> None:
    """Keep an image; one of this name is replaced, since it can only be the same."""
    images().save(name, ContentFile(data))


def read(name: str) -> bytes:
    """The bytes of an image; raises FileNotFoundError, or another OSError while the storage cannot be reached."""
    with images().open(name) as file:
        return bytes(file.read())


def names() -> set[str]:
    """The names of all that is kept, asked for at once."""
    try:
        return set(images().listdir("")[1])
    except FileNotFoundError:  # There is no folder before the first image.
        return set()


class ImageFolder(FileSystemStorage):
    """A folder in which nobody meets half a file: not a reader, not whoever starts again after a crash."""

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        """The same name: what has it is replaced."""
        return name

    def _save(self, name: str, content: File) -> str:
        path = Path(self.path(name))
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f".{secrets.token_hex(8)}")
        try:
            with draft.open("xb") as file:
                file.writelines(content.chunks())
                file.flush()
                os.fsync(file.fileno())
            draft.replace(path)
        finally:
            draft.unlink(missing_ok=True)
        return name

    def listdir(self, path: str) -> tuple[list[str], list[str]]:
        """Leave out what is only being written."""
        folders, files = super().listdir(path)
        return folders, [file for file in files if not file.startswith(".")]
