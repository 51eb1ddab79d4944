"""Questions as a folder of Markdown, one file a question, that a team can keep in git.

Beside the questions, `taxonomies.yaml` may hold what they are sorted by.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import partial
from mimetypes import guess_type
from pathlib import Path, PurePath
from typing import Any, TypeVar

from questions.exchange import images
from questions.exchange.documents import source_of
from questions.exchange.formats import markdown, yaml
from questions.exchange.loading import taxonomies
from questions.exchange.rows import FileError, Row, Rows, Source, printable, text_of
from questions.limits import MARKDOWN_FILE
from questions.models import Question

TAXONOMIES = "taxonomies.yaml"
README = "README"
SHOWN = 20  # files that a sentence names
NOTHING = "{} has no Markdown file with anything in it. A table or a list of entries is imported by itself."

AnyPath = TypeVar("AnyPath", bound=PurePath)


def read(folder: Path) -> Source:
    """The questions of a folder and those below it, file by file."""
    paths = {path.relative_to(folder): path for path in folder.rglob("*")}
    file = folder / TAXONOMIES
    files = {name: paths[name] for name in [*wanted(paths), *([file.relative_to(folder)] if file.exists() else [])]}
    for name, path in files.items():
        if path.is_symlink() or folder.resolve() not in path.resolve().parents:
            raise FileError(f"{name} is a link, which is not followed.")
    known = taxonomies_of(_text(files.pop(Path(TAXONOMIES)))) if file.exists() else {}
    blank = [name for name, path in files.items() if is_blank(partial(_text, path))]
    taken = {name: path for name, path in files.items() if name not in blank}
    if not taken and not known:
        raise FileError(NOTHING.format(folder.name))
    notices = passed_over((name for name, path in paths.items() if path.is_file()), taken, blank)
    others = images.FolderFiles(folder)
    return Source(Rows(lambda: _rows(taken)), known, folder.name, notices, files=others, has_sections=True)


def _rows(files: Mapping[Path, Path]) -> Iterator[Row]:
    for name, path in files.items():
        yield from markdown.rows(name.as_posix(), partial(_text, path))


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


def wanted(paths: Iterable[AnyPath]) -> list[AnyPath]:
    """The files of questions, in order: hidden files, a README and all else are passed over, unless a README is all."""
    texts = sorted(it for it in paths if it.suffix in markdown.FORMAT.endings and not _is_hidden(it))
    return [it for it in texts if it.stem.upper() != README] or texts


def is_blank(text: Callable[[], str]) -> bool:
    """Whether a file has nothing in it; for one that cannot be read, its row says why."""
    try:
        return not text().strip()
    except FileError:
        return False


def passed_over(paths: Iterable[PurePath], taken: Collection[PurePath], blank: Collection[PurePath]) -> list[str]:
    """A sentence on the files that are not imported, if there are any; images come along with texts."""
    others = sorted(
        path
        for path in paths
        if path not in taken and path.as_posix() != TAXONOMIES and not _is_hidden(path) and not _is_image(path)
    )
    names = [f"{it.as_posix()} (nothing is in it)" if it in blank else it.as_posix() for it in others]
    more = [f"{len(names) - SHOWN:,} more"] if len(names) > SHOWN else []
    return [printable(f"Not imported: {', '.join([*names[:SHOWN], *more])}.")] if names else []


def _is_image(path: PurePath) -> bool:
    return (guess_type(path.name)[0] or "").startswith("image/")


def _is_hidden(path: PurePath) -> bool:
    return any(part.startswith((".", "__MACOSX")) for part in path.parts)


def taxonomies_of(text: str) -> Mapping[str, Sequence[Mapping[str, Any]]]:
    """What `taxonomies.yaml` says."""
    return source_of(yaml.load(text, TAXONOMIES), TAXONOMIES).taxonomies


def _text(path: Path) -> str:
    return text_of(path, MARKDOWN_FILE)
