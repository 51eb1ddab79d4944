"""Which format a file is in, told by its name: reading it, and writing the whole bank into it."""

import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import IO
from zipfile import ZIP_DEFLATED, ZipFile

from questions.exchange import as_csv, as_json, as_markdown, as_yaml, from_csv, from_json, from_markdown, from_yaml
from questions.exchange.loading import taxonomies
from questions.exchange.rows import FileError, Source
from questions.models import Question

READERS: dict[str, Callable[[Path], Source]] = {
    ".csv": from_csv.read,
    ".json": from_json.read,
    ".yaml": from_yaml.read,
    ".yml": from_yaml.read,
    ".md": from_markdown.read_file,
    ".zip": from_markdown.read_zip,
}


def read(path: Path) -> Source:
    """The content of a file or a folder; raises FileError for one that cannot be read."""
    try:
        if path.is_dir():
            return from_markdown.read_folder(path)
        return READERS[path.suffix.lower()](path)
    except KeyError:
        raise FileError(f"{path.name} is none of {', '.join(READERS)}, and no folder.") from None
    except OSError as error:
        raise FileError(f"{path} cannot be read: {error.strerror}.") from None


def write(path: Path, questions: Iterable[Question]) -> None:
    """Write the questions, and what they are sorted by, where the ending of the name says how; none means a folder.

    A file that is there is replaced when the new one is complete; in a folder, the files of other questions stay.
    """
    if not path.suffix:
        _write_folder(path, questions)
        return
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=path.name, delete=False) as draft:
        try:
            WRITERS[path.suffix.lower()](draft, questions)
        except BaseException:
            Path(draft.name).unlink()
            raise
    Path(draft.name).replace(path)


def _write_folder(folder: Path, questions: Iterable[Question]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / from_markdown.TAXONOMIES).write_text(as_yaml.dump(taxonomies()), encoding="utf-8", newline="")
    for question in questions:
        path = folder / as_markdown.file_name(question.code)
        path.parent.mkdir(exist_ok=True)
        path.write_text(as_markdown.file(question), encoding="utf-8", newline="")


def _write_zip(file: IO[bytes], questions: Iterable[Question]) -> None:
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        archive.writestr(from_markdown.TAXONOMIES, as_yaml.dump(taxonomies()))
        for question in questions:
            archive.writestr(as_markdown.file_name(question.code), as_markdown.file(question))


def _write_csv(file: IO[bytes], questions: Iterable[Question]) -> None:
    file.writelines(part.encode() for part in as_csv.bank(questions))


def _write_json(file: IO[bytes], questions: Iterable[Question]) -> None:
    file.writelines(part.encode() for part in as_json.bank(questions, taxonomies()))


def _write_yaml(file: IO[bytes], questions: Iterable[Question]) -> None:
    file.writelines(part.encode() for part in as_yaml.bank(questions, taxonomies()))


WRITERS = {".csv": _write_csv, ".json": _write_json, ".yaml": _write_yaml, ".yml": _write_yaml, ".zip": _write_zip}
