"""Questions as a folder of Markdown, one file a question, that a team can keep in git.

Beside the questions, `taxonomies.yaml` may hold what they are sorted by.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Any

from questions.exchange import images
from questions.exchange.formats import markdown, yaml
from questions.exchange.loading import taxonomies
from questions.exchange.rows import FileError, Source, refuse_above, source_of, text_of
from questions.limits import MARKDOWN_FILE
from questions.models import Question

TAXONOMIES = "taxonomies.yaml"


def read(folder: Path) -> Source:
    """The questions of a folder and those below it, file by file."""
    files = sorted(path for path in folder.rglob("*") if is_wanted(path.relative_to(folder)))
    for path in files:
        if path.is_symlink() or folder.resolve() not in path.resolve().parents:
            raise FileError(f"{path.relative_to(folder)} is a link, which is not followed.")
    file = folder / TAXONOMIES
    return Source(
        (markdown.row(str(path.relative_to(folder)), partial(_text, path)) for path in files if path.suffix == ".md"),
        taxonomies_of(_text(file)) if file in files else {},
        FolderFiles(folder),
    )


class FolderFiles:
    """The files of a folder."""

    name = "the folder"

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def read(self, path: str, limit: int) -> bytes | None:
        file = self.folder / path
        if file.is_symlink() or (file.exists() and self.folder.resolve() not in file.resolve().parents):
            raise FileError(f"{path} is a link, which is not followed.")
        if not file.is_file():
            return None
        refuse_above(limit, file.stat().st_size, path)
        return file.read_bytes()


def write(folder: Path, questions: Iterable[Question]) -> None:
    """Write the questions, each into its file; the files of other questions stay."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / TAXONOMIES).write_text(yaml.dump(taxonomies()), encoding="utf-8", newline="")
    beside = images.Beside()
    for question in questions:
        path = folder / markdown.file_name(question.code)
        path.parent.mkdir(exist_ok=True)
        path.write_text(beside.linked(markdown.file(question)), encoding="utf-8", newline="")
    for name, data in beside.files():
        (folder / images.FOLDER).mkdir(exist_ok=True)
        (folder / images.FOLDER / name).write_bytes(data)


def is_wanted(path: Path | PurePosixPath) -> bool:
    """Whether it is a question or the taxonomies; hidden files, a README and all else are passed over."""
    is_hidden = any(part.startswith((".", "__MACOSX")) for part in path.parts)
    is_question = path.suffix == ".md" and path.stem.upper() != "README"
    return not is_hidden and (is_question or path.as_posix() == TAXONOMIES)


def taxonomies_of(text: str) -> Mapping[str, Sequence[Mapping[str, Any]]]:
    """What `taxonomies.yaml` says."""
    return source_of(yaml.load(text, TAXONOMIES), TAXONOMIES).taxonomies


def _text(path: Path) -> str:
    return text_of(path, MARKDOWN_FILE)
