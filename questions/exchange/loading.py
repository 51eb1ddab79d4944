"""Loads the questions of a list, however many, a few at a time."""

from collections.abc import Callable, Iterator, Sequence
from operator import attrgetter

from django.db.models import QuerySet

from questions.finding.question_filter import QuestionFilter
from questions.models import Category, FollowUp, Level, Question, Technology
from questions.querysets import QuestionQuerySet
from questions.sections import HTML_FIELDS

BATCH = 100

Answer = Callable[[FollowUp], Question | None]
# The question that answers a follow-up: for readers, and for editors.
published_answer: Answer = attrgetter("public_answer")
any_answer: Answer = attrgetter("answered_by")
Taxonomies = dict[str, list[dict[str, str | int]]]


def sources_of(filters: QuestionFilter) -> Iterator[Question]:
    """The questions of a list, in its order, with their Markdown and without their HTML."""
    return _in_batches(_ids(filters), with_sources(Question.objects.public()))


def html_of(filters: QuestionFilter) -> Iterator[Question]:
    """The questions of a list, in its order, with their HTML and without their Markdown."""
    return html_by_ids(_ids(filters))


def html_by_ids(ids: Sequence[int]) -> Iterator[Question]:
    """The questions with these ids that readers may see, in this order, with their HTML."""
    return _in_batches(ids, Question.objects.public().for_reading())


def with_sources(questions: QuestionQuerySet) -> QuestionQuerySet:
    """The questions with everything but their HTML."""
    return questions.defer(*HTML_FIELDS).with_taxa().with_follow_ups("answer")


def whole(ids: Sequence[int]) -> Iterator[Question]:
    """The questions with these ids, in this order and whatever their status, with their Markdown."""
    return _in_batches(ids, with_sources(Question.objects.all()))


def taxonomies() -> Taxonomies:
    """What questions are sorted by, as exports carry it."""
    return {
        "technologies": _entries(Technology.objects.all(), "code_prefix"),
        "categories": _entries(Category.objects.all()),
        "levels": _entries(Level.objects.all(), "code_part"),
    }


def _entries(taxa: QuerySet, *more: str) -> list[dict[str, str | int]]:
    return list(taxa.values("slug", "name", *more, "position"))


def _ids(filters: QuestionFilter) -> list[int]:
    return filters.ids(0, filters.count)


def _in_batches(ids: Sequence[int], questions: QuestionQuerySet) -> Iterator[Question]:
    # No cursor stays open between batches: on SQLite an open one would keep editors from saving for as long as a slow
    # reader downloads.
    for start in range(0, len(ids), BATCH):
        batch = ids[start : start + BATCH]
        found = questions.in_bulk(batch)
        for pk in batch:
            if question := found.pop(pk, None):
                yield question
                _let_go(question)


def _let_go(question: Question) -> None:
    # A question and its follow-ups hold each other; thousands would wait for the garbage collector.
    vars(question).get("_prefetched_objects_cache", {}).clear()
