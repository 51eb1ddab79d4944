"""Which format a file is in, told by its name: reading it, and writing all questions into it."""

import secrets
from collections.abc import Iterable
from pathlib import Path

from questions.exchange import folders
from questions.exchange.registry import FORMATS
from questions.exchange.rows import FileError, Source
from questions.models import Question

READERS = {ending: format_.read for format_ in FORMATS if format_.read for ending in format_.endings}
WRITERS = {ending: format_.export for format_ in FORMATS if format_.export for ending in format_.endings}


def read(path: Path) -> Source:
    """The content of a file or a folder; raises FileError for one that cannot be read."""
    try:
        if path.is_dir():
            return folders.read(path)
        return READERS[path.suffix.lower()](path)
    except KeyError:
        raise FileError(f"{path.name} is none of {', '.join(READERS)}, and no folder.") from None
    except FileNotFoundError:
        raise FileError(f"There is no file {path}.") from None
    except OSError as error:
        raise FileError(f"{path} cannot be read: {error.strerror}.") from None


def write(path: Path, questions: Iterable[Question]) -> None:
    """Write the questions, and what they are sorted by, where the ending of the name says how; none means a folder.

    A file that is there is replaced when the new one is complete; in a folder, the files of other questions stay.
    """
    if not path.suffix:
        folders.write(path, questions)
        return
    draft = path.with_name(f"{path.name}.{secrets.token_hex(8)}")  # Opened as any file, so that its mode is any file's.
    try:
        with draft.open("xb") as file:
            WRITERS[path.suffix.lower()](file, questions)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
