"""Questions as Markdown, for people, note-taking programs and language models."""

import re
from collections.abc import Iterable, Iterator

from questions.exchange.loading import published_answer
from questions.links import absolute
from questions.models import FollowUp, Question
from questions.sections import SECTIONS

# What Markdown would not show as it stands, wherever it is in a line. An underscore within a word is harmless.
SPECIAL = re.compile(r"[\\`*\[\]<>~]|(?<![^\W_])_|_(?![^\W_])|&(?=#?\w+;)|(?<!\S)#")


def document(question: Question) -> str:
    """One question as a document of its own."""
    return _joined(_blocks(question, "#"))


def stream(questions: Iterable[Question], preface: Iterable[str] = ()) -> Iterator[str]:
    """A document of many questions, beginning with the paragraphs of the preface."""
    yield _joined(["# Interview questions", *(escaped(text) for text in preface)])
    for question in questions:
        yield "\n" + _joined(_blocks(question, "##"))


def escaped(text: str) -> str:
    """Plain text on one line, as Markdown that shows just that."""
    return SPECIAL.sub(r"\\\g<0>", " ".join(text.split()))


def _joined(blocks: Iterable[str]) -> str:
    return "\n\n".join(blocks) + "\n"


def _blocks(question: Question, mark: str) -> Iterator[str]:
    taxa = (str(taxon) for taxon in (question.technology, question.category, question.level))
    yield f"{mark} {escaped(question.title)}"
    yield f"{question.code} · {escaped(' · '.join(taxa))} · Difficulty {question.difficulty}/10"
    yield f"<{absolute(question.get_absolute_url())}>"
    for section in SECTIONS:
        if text := getattr(question, section.field).rstrip():
            yield f"{mark}# {section.title}"
            yield text
    if follow_ups := question.follow_ups.all():
        yield f"{mark}# Follow-up Questions"
        yield "\n".join(f"{n}. {_follow_up(follow_up)}" for n, follow_up in enumerate(follow_ups, start=1))
    if references := question.references.rstrip():
        yield f"{mark}# References"
        yield references
    yield f"{escaped(question.verification)} Last updated {question.updated_at:%Y-%m-%d}.".lstrip()


def _follow_up(follow_up: FollowUp) -> str:
    answer = published_answer(follow_up)
    link = f" → [{answer.code}]({absolute(answer.get_absolute_url())})" if answer else ""
    return escaped(follow_up.text) + link
