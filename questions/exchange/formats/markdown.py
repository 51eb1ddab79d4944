"""Questions as Markdown, for people, note-taking programs, language models, and questions that are kept in git.

A question's own document is what the import reads: front matter, then a `##` heading for each section. What it does not
say is empty: it holds the whole question. A list of many is for reading alone.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Any

from hub.links import absolute
from questions.exchange import heading_texts, headings, images
from questions.exchange.format import Format
from questions.exchange.formats import yaml
from questions.exchange.loading import published_answer, sources_of
from questions.exchange.markdown_sections import FOLLOW_UPS, TITLES, divided, is_plain
from questions.exchange.rows import (
    FileError,
    Row,
    Source,
    canonical,
    dedented,
    indented,
    quoted,
    refuse_above,
    text_of,
)
from questions.finding.question_filter import QuestionFilter
from questions.limits import MARKDOWN_FILE, WHOLE_FILE
from questions.models import FollowUp, Question
from questions.sections import APPENDED, MARKDOWN_FIELDS, SECTIONS, Section
from questions.text.plain import escaped

FRONT = re.compile(r"---[ \t]*\n(.*?)^---[ \t]*$\n?", re.DOTALL | re.MULTILINE)
ITEM = re.compile(r"((?:[0-9]+[.)]|[-*+])\s+)(.*)")
ARROW = " → ["
ANSWER = re.compile(r"([^\]]*)\](?:\([^)]*\))?")  # what stands behind the arrow
ESCAPED = re.compile(r"\\(.)")

Item = tuple[str, str]  # a follow-up's line, and its answer


def document(question: Question) -> str:
    """One question as readers may know it."""
    front = yaml.fields(question) | {"url": _url(question), "updated_at": question.updated_at.isoformat()}
    del front["status"]
    return images.absolute(_document(question, front, map(_linked, question.follow_ups.all())))


def file(question: Question) -> str:
    """One question with all that the editors know, as a file beside others."""
    return _document(question, yaml.fields(question), map(_beside, question.follow_ups.all()))


def file_name(code: str) -> str:
    """Where such a file belongs, such as PY/PY-ADV-004.md."""
    return f"{code.partition('-')[0]}/{code}.md"


def _document(question: Question, front: dict[str, Any], follow_ups: Iterable[Item]) -> str:
    texts = {name: canonical(getattr(question, name)) for name in MARKDOWN_FIELDS}
    # A text that has a section's heading, or opens a block of code for good, would run into the others.
    front |= {name: text for name, text in texts.items() if not is_plain(text)}
    texts["follow_ups"] = _numbered(follow_ups)
    shown = [f"## {title}\n\n{texts[name]}" for name, title in TITLES.items() if texts[name] and name not in front]
    return _joined([f"---\n{yaml.dump(front)}---", *shown])


def stream(filters: QuestionFilter) -> Iterator[str]:
    """A document of a whole list, beginning with what it is a list of."""
    words = " · ".join([f"Questions: {filters.count}", *(active.label for active in filters.active)])
    return _parts(sources_of(filters), [words, *filters.notices])


def _parts(questions: Iterable[Question], preface: Iterable[str]) -> Iterator[str]:
    yield _joined(["# Interview questions", *(escaped(text) for text in preface)])
    for question in questions:
        yield "\n" + images.absolute(_joined(_blocks(question)))


def _joined(blocks: Iterable[str]) -> str:
    return "\n\n".join(blocks) + "\n"


def _blocks(question: Question) -> Iterator[str]:
    taxa = (str(taxon) for taxon in (question.technology, question.category, question.level))
    yield f"## {escaped(question.plain_title)}"
    yield f"{question.code} · {escaped(' · '.join(taxa))} · Difficulty {question.difficulty}/10"
    yield f"<{_url(question)}>"
    yield from _sections(question, SECTIONS)
    if follow_ups := question.follow_ups.all():
        yield "### Follow-up Questions"
        yield _numbered(_linked(follow_up) for follow_up in follow_ups)
    yield from _sections(question, APPENDED)
    yield f"{escaped(question.verification)} Last updated {question.updated_at:%Y-%m-%d}.".lstrip()


def _sections(question: Question, sections: Iterable[Section]) -> Iterator[str]:
    """A heading and a text for each that has one."""
    for section in sections:
        if text := getattr(question, section.field).rstrip():
            yield f"### {section.title}"
            yield text


def _url(question: Question) -> str:
    return absolute(question.get_absolute_url())


def _numbered(items: Iterable[Item]) -> str:
    """A list of follow-ups, where an answer is a part of its item."""
    return "\n".join(_item(f"{n}. ", line, answer) for n, (line, answer) in enumerate(items, start=1)).rstrip()


def _item(number: str, line: str, answer: str) -> str:
    return f"{number}{line}" + (f"\n\n{indented(answer, _width(number))}\n" if answer else "")


def _width(number: str) -> int:
    """By how much the texts of an item are indented: as CommonMark and Python-Markdown both understand it."""
    return max(4, len(number))


def _linked(follow_up: FollowUp) -> Item:
    """The follow-up with the address of its answer, if readers may see that."""
    answer = published_answer(follow_up)
    line = escaped(follow_up.text) + (f" → [{answer.code}]({_url(answer)})" if answer else "")
    return line, canonical(follow_up.answer)


def _beside(follow_up: FollowUp) -> Item:
    """The follow-up with the file of its answer."""
    answer = follow_up.answered_by
    line = escaped(follow_up.text) + (f" → [{answer.code}](../{file_name(answer.code)})" if answer else "")
    return line, canonical(follow_up.answer)


def read(path: Path) -> Source:
    """The question of one file, or the questions of one in which each heading is one, with the images beside it."""
    text, beside = text_of(path, WHOLE_FILE), images.FolderFiles(path.parent)
    if not text.strip():
        raise FileError(f"{path.name} has nothing in it.")
    if not FRONT.match(text.replace("\r\n", "\n")) and (source := headings.source_of(text, path.name, beside)):
        return source
    refuse_above(MARKDOWN_FILE, path.stat().st_size, path.name)
    if several := _several(text, path.name):
        return Source(several, name=path.name, files=beside, has_sections=True)
    return Source([row(path.name, partial(text_of, path, MARKDOWN_FILE))], name=path.name, files=beside)


def rows(where: str, text: Callable[[], str]) -> Iterable[Row]:
    """The question of a file among others, or its questions if it has several as headings."""
    try:
        content = text()
        if several := _several(content, where):
            return several
    except FileError as error:
        return [Row(where, {}, str(error))]
    return [row(where, lambda: content)]


def _several(content: str, where: str) -> Sequence[Row]:
    """The questions of a file that has several; front matter then tells of all of them, its title as their section."""
    text = content.replace("\r\n", "\n")
    front = FRONT.match(text)
    if not front:
        return headings.several_of(text, where)
    try:
        fields = yaml.load(front[1], "The front matter")
    except FileError:  # Who reads it as one question says why.
        return []
    said = fields.get("title") if isinstance(fields, dict) else None
    if not isinstance(said, str) or "code" in fields or heading_texts.looks_asked(said):
        return []
    below = "\n" * front[0].count("\n") + text[front.end() :]
    rows = headings.several_of(below, where)
    return [it._replace(fields={**it.fields, "section": it.fields["section"] or said}) for it in rows]


def row(where: str, text: Callable[[], str]) -> Row:
    """The question of a file, or what keeps it from being read."""
    try:
        return Row(where, _fields_of(text(), PurePosixPath(where)))
    except FileError as error:
        return Row(where, {}, str(error))


def _fields_of(text: str, path: PurePosixPath) -> dict[str, Any]:
    front = FRONT.match(text.replace("\r\n", "\n"))
    fields = yaml.load(front[1], "The front matter") if front else {}
    if not isinstance(fields, dict):
        raise FileError("Its front matter has no named values.")
    (_, above), *sections = divided(front.string[front.end() :] if front else text)
    if above and "code" in fields:
        raise FileError(f"{quoted(above)} stands above the first section; those are {', '.join(TITLES.values())}.")
    for field, body in sections:
        if field in fields:
            raise FileError(f"It has “{TITLES[field or '']}” twice.")
        fields[field] = _read_follow_ups(body) if field == FOLLOW_UPS else body
    if "code" in fields:  # It is the hub's own, and the whole question.
        return dict.fromkeys((*MARKDOWN_FIELDS, "verified_for"), "") | {FOLLOW_UPS: []} | fields
    return _titled(fields, above, path)


def _titled(fields: dict[str, Any], above: str, path: PurePosixPath) -> dict[str, Any]:
    """The columns of a foreign file: its title from its heading or its name, its section from its folder."""
    heading, _, rest = above.partition("\n")
    named = not {"title", "question"} & fields.keys()
    if heading.startswith("# "):
        above = rest if named or heading_texts.title(heading) == fields.get("title") else above
    title = heading_texts.title(heading.removeprefix("# ")) if heading.startswith("# ") else path.stem
    own = {"title": title} if named else {}
    section = {"section": path.parent.name} if path.parent.name else {}
    return (
        section | own | fields | ({"answer": answer} if (answer := canonical(above)) and "answer" not in fields else {})
    )


def _read_follow_ups(body: str) -> list[dict[str, str]]:
    """What the items of a list say; what is blank or indented belongs to the item above."""
    items: list[list[str]] = []
    for line in body.split("\n"):
        if items and (not line.strip() or line.startswith(("  ", "\t"))):
            items[-1].append(line)
        elif line.strip():
            items.append([line.strip()])
    return [_read_follow_up(line, answer) for line, *answer in items]


def _read_follow_up(line: str, answer: Sequence[str]) -> dict[str, str]:
    item = ITEM.fullmatch(line)
    if not item:
        raise FileError(f"{quoted(line)} among the follow-ups is not an item of a list.")
    said, _, behind = item[2].rpartition(ARROW)
    link = ANSWER.fullmatch(behind) if said else None
    return {
        "text": ESCAPED.sub(r"\1", said if link else item[2]),
        "answer": dedented(answer, _width(item[1])),
        "answered_by": link[1] if link else "",
    }


FORMAT = Format(
    name="Markdown",
    endings=(".md", ".markdown"),
    media_type="text/markdown",
    about="a question, or each heading one",
    read=read,
    document=document,
    stream=stream,
)
