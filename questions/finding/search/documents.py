"""Keeping the search documents and the vocabulary to the questions."""

from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache
from itertools import chain, islice
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from questions.finding.facets import Cell
from questions.finding.filters import COLUMNS
from questions.finding.search.analysis import surface_words, text_of, words
from questions.models import FollowUp, Question, SearchDocument, Word
from questions.sections import HTML_FIELDS

FIELDS = ["facets", "title", "answer", "body"]
COUNT_WORDS = """
    INSERT INTO questions_word (word, documents) VALUES {}
    ON CONFLICT (word) DO UPDATE SET documents = questions_word.documents + excluded.documents
"""
AT_ONCE = 400  # words in a statement
BATCH = 500  # questions
# What a facet's name begins with in the index; no word of a text can look like these, see `facet`.
PREFIXES = {column: f"x{column[0]}" for column in COLUMNS}


def facet(column: str, value: int) -> str:
    """A column's value as a word of the index."""
    return f"{PREFIXES[column]}{int(value)}"


@lru_cache(maxsize=4_096)
def cell(facets: str) -> Cell:
    """The values behind a document's facets."""
    return tuple(int(word[2:]) for word in facets.split())


def index(questions: Iterable[Question]) -> None:
    """Make search find these questions as they are now; drafts are not found."""
    add_to_counts(write(questions))


def write(questions: Iterable[Question]) -> Counter[str]:
    """Keep the documents to these questions, and return their words for `add_to_counts`, which many batches share."""
    listed = list(questions)
    published = [question for question in listed if question.is_public]
    SearchDocument.objects.filter(pk__in=[it.pk for it in listed if not it.is_public]).delete()
    known = set(SearchDocument.objects.filter(pk__in=[it.pk for it in published]).values_list("pk", flat=True))
    texts = {question.pk: _texts(question) for question in published}
    SearchDocument.objects.bulk_create(
        [_document(question, *texts[question.pk]) for question in published],
        update_conflicts=True,
        unique_fields=["question"],
        update_fields=FIELDS,
    )
    return _words(texts, known)


def _texts(question: Question) -> tuple[str, str, str]:
    """The plain text of the three fields, in falling weight."""
    answer, *others = (text_of(getattr(question, field)) for field in HTML_FIELDS)
    taxa = [question.technology.name, question.category.name, question.level.name]
    follow_ups = [follow_up.text for follow_up in question.follow_ups.all()]
    return f"{question.code} {question.title}", answer, " ".join([*others, *follow_ups, *taxa])


def _document(question: Question, title: str, answer: str, body: str) -> SearchDocument:
    return document(question, *(" ".join(words(text)) for text in (title, answer, body)))


def document(question: Question, title: str, answer: str, body: str) -> SearchDocument:
    """The search document of a question, from its analysed words."""
    facets = " ".join(facet(column, question.serializable_value(column)) for column in COLUMNS)
    return SearchDocument(question=question, facets=facets, title=title, answer=answer, body=body)


def _words(texts: dict[int, tuple[str, str, str]], known: set[int]) -> Counter[str]:
    """The words of new questions, each by how many have it; of known ones only that they are there."""
    counts: Counter[str] = Counter()
    for pk, fields in texts.items():
        for word in surface_words(" ".join(fields)):
            counts[word] += pk not in known
    return counts


def add_to_counts(counts: Mapping[str, int]) -> None:
    """Count words that so many more questions use."""
    rows = sorted(counts.items())  # In one order everywhere, so that two saves cannot wait for each other.
    with connection.cursor() as cursor:
        for part in (rows[start : start + AT_ONCE] for start in range(0, len(rows), AT_ONCE)):
            cursor.execute(COUNT_WORDS.format(", ".join(["(%s, %s)"] * len(part))), list(chain.from_iterable(part)))


def for_index(questions: QuerySet[Question]) -> QuerySet[Question]:
    """With all that indexing reads."""
    return questions.select_related("technology", "category", "level").prefetch_related("follow_ups")


def rebuild() -> int:
    """Index every question anew, and count words from zero; returns the number of questions."""
    SearchDocument.objects.all().delete()
    Word.objects.all().delete()
    number = 0
    counts: Counter[str] = Counter()
    questions = for_index(Question.objects.public()).iterator(chunk_size=BATCH)
    while batch := list(islice(questions, BATCH)):
        counts.update(write(batch))
        number += len(batch)
    add_to_counts(counts)
    return number


@receiver(post_save, sender=Question)
def index_question(sender: type[Question], instance: Question, **kwargs: Any) -> None:
    index(for_index(Question.objects.filter(pk=instance.pk)))


@receiver([post_save, post_delete], sender=FollowUp)
def index_question_of_follow_up(sender: type[FollowUp], instance: FollowUp, **kwargs: Any) -> None:
    index(for_index(Question.objects.filter(pk=instance.question_id)))
