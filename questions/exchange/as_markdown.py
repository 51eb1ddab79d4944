"""Questions as Markdown, for people, note-taking programs, language models, and banks that are kept in git.

A question's own document is what the import reads: front matter, then a `##` heading for each section. A list of many
is for reading alone.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from hub.links import absolute
from questions.exchange.as_yaml import dump, fields
from questions.exchange.loading import published_answer
from questions.exchange.markdown_sections import TITLES, is_plain
from questions.exchange.rows import canonical
from questions.models import FollowUp, Question
from questions.sections import MARKDOWN_FIELDS, SECTIONS

# What Markdown would not show as it stands, wherever it is in a line. An underscore within a word is harmless.
SPECIAL = re.compile(r"[\\`*\[\]<>~]|(?<![^\W_])_|_(?![^\W_])|&(?=#?\w+;)|(?<!\S)#")


def document(question: Question) -> str:
    """One question as readers may know it."""
    front = fields(question) | {"url": _url(question), "updated_at": question.updated_at.isoformat()}
    del front["status"]
    return _document(question, front, map(_linked, question.follow_ups.all()))


def file(question: Question) -> str:
    """One question with all that the editors know, as a file beside others."""
    return _document(question, fields(question), map(_beside, question.follow_ups.all()))


def file_name(code: str) -> str:
    """Where such a file belongs, such as PY/PY-ADV-004.md."""
    return f"{code.partition('-')[0]}/{code}.md"


def _document(question: Question, front: dict[str, Any], follow_ups: Iterable[str]) -> str:
    texts = {name: canonical(getattr(question, name)) for name in MARKDOWN_FIELDS}
    # A text that has a section's heading, or opens a block of code for good, would run into the others.
    front |= {name: text for name, text in texts.items() if not is_plain(text)}
    texts["follow_ups"] = _numbered(follow_ups)
    shown = [f"## {title}\n\n{texts[name]}" for name, title in TITLES.items() if texts[name] and name not in front]
    return _joined([f"---\n{dump(front)}---", *shown])


def stream(questions: Iterable[Question], preface: Iterable[str] = ()) -> Iterator[str]:
    """A document of many questions, beginning with the paragraphs of the preface."""
    yield _joined(["# Interview questions", *(escaped(text) for text in preface)])
    for question in questions:
        yield "\n" + _joined(_blocks(question))


def escaped(text: str) -> str:
    """Plain text as Markdown that shows just that, on one line."""
    return SPECIAL.sub(r"\\\g<0>", re.sub(r"\s*[\r\n]\s*", " ", text.strip()))


def _joined(blocks: Iterable[str]) -> str:
    return "\n\n".join(blocks) + "\n"


def _blocks(question: Question) -> Iterator[str]:
    taxa = (str(taxon) for taxon in (question.technology, question.category, question.level))
    yield f"## {escaped(question.title)}"
    yield f"{question.code} · {escaped(' · '.join(taxa))} · Difficulty {question.difficulty}/10"
    yield f"<{_url(question)}>"
    for section in SECTIONS:
        if text := getattr(question, section.field).rstrip():
            yield f"### {section.title}"
            yield text
    if follow_ups := question.follow_ups.all():
        yield "### Follow-up Questions"
        yield _numbered(_linked(follow_up) for follow_up in follow_ups)
    if references := question.references.rstrip():
        yield "### References"
        yield references
    yield f"{escaped(question.verification)} Last updated {question.updated_at:%Y-%m-%d}.".lstrip()


def _url(question: Question) -> str:
    return absolute(question.get_absolute_url())


def _numbered(lines: Iterable[str]) -> str:
    return "\n".join(f"{n}. {line}" for n, line in enumerate(lines, start=1))


def _linked(follow_up: FollowUp) -> str:
    """The follow-up with the address of its answer, if readers may see that."""
    answer = published_answer(follow_up)
    return escaped(follow_up.text) + (f" → [{answer.code}]({_url(answer)})" if answer else "")


def _beside(follow_up: FollowUp) -> str:
    """The follow-up with the file of its answer."""
    answer = follow_up.answered_by
    return escaped(follow_up.text) + (f" → [{answer.code}](../{file_name(answer.code)})" if answer else "")
