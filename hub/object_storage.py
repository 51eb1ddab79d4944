"""Images in S3, or in what speaks as it does. Only hubs with an IMAGES_URL load this, and need django-storages."""

from collections.abc import Iterator
from contextlib import contextmanager

from botocore.exceptions import BotoCoreError, ClientError
from django.core.files.base import ContentFile, File
from storages.backends.s3 import S3Storage


@contextmanager
def os_errors() -> Iterator[None]:
    """Raise an OSError, as a disk does, for what the client makes its own errors of."""
    try:
        yield
    except (BotoCoreError, ClientError) as error:
        raise OSError(f"The object storage fails: {error}") from error


class ObjectStorage(S3Storage):
    """A bucket, or what of it begins with a prefix."""

    def _open(self, name: str, mode: str = "rb") -> File:
        with os_errors(), super()._open(name, mode) as file:
            return ContentFile(file.read(), name)

    def _save(self, name: str, content: File) -> str:
        with os_errors():
            return super()._save(name, content)

    def delete(self, name: str) -> None:
        with os_errors():
            super().delete(name)

    def listdir(self, path: str) -> tuple[list[str], list[str]]:
        with os_errors():
            return super().listdir(path)
