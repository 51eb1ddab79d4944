"""Keeping the search documents and the vocabulary to the questions."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import chain, islice
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import QuerySet
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from questions.models import HTML_FIELDS, FollowUp, Question
from questions.search.analysis import surface_words, text_of, words
from questions.search.models import SearchDocument, Word

FIELDS = ["facets", "title", "answer", "body"]
COUNT_WORDS = """
    INSERT INTO questions_word (word, documents) VALUES {}
    ON CONFLICT (word) DO UPDATE SET documents = questions_word.documents + excluded.documents
"""
AT_ONCE = 400  # words in a statement
BATCH = 500  # questions
# What a facet's name begins with in the index; no word of a text can look like these, see `facet`.
PREFIXES = {"technology": "xt", "category": "xc", "level": "xl", "difficulty": "xd"}


def facet(dimension: str, value: int) -> str:
    """A dimension's value as a word of the index."""
    return f"{PREFIXES[dimension]}{value}"


@lru_cache(maxsize=4_096)
def cell(facets: str) -> tuple[int, ...]:
    """The values behind a document's facets, in the order of `facets.DIMENSIONS`."""
    return tuple(int(word[2:]) for word in facets.split())


def index(questions: Iterable[Question]) -> None:
    """Make search find these questions as they are now; drafts are not found."""
    add_to_counts(write(questions))


def write(questions: Iterable[Question]) -> Counter[str]:
    """Keep the documents to these questions, and return their words for `add_to_counts`, which many batches share."""
    return store([(it, analysed(it, [follow_up.text for follow_up in it.follow_ups.all()])) for it in questions])


class Analysis(NamedTuple):
    """What search keeps of a question: the words of three fields, in falling weight, and all as they are written."""

    title: str
    answer: str
    body: str
    surface: set[str]


def analysed(question: Question, follow_ups: Iterable[str]) -> Analysis | None:
    """What search is to keep of a rendered question, saved or not, with these follow-ups; nothing of a draft."""
    if question.status != Question.Status.PUBLISHED:
        return None
    answer, *others = (text_of(getattr(question, field)) for field in HTML_FIELDS)
    taxa = [question.technology.name, question.category.name, question.level.name]
    texts = (f"{question.code} {question.title}", answer, " ".join([*others, *follow_ups, *taxa]))
    title, answer, body = (" ".join(words(text)) for text in texts)
    return Analysis(title, answer, body, surface_words(" ".join(texts)))


def store(analyses: Sequence[tuple[Question, Analysis | None]]) -> Counter[str]:
    """Keep the documents to saved questions as they were analysed, and return their words for `add_to_counts`.

    Words of questions that are new to search count as one more; of known ones it is only told that they are there.
    """
    found = [(question, analysis) for question, analysis in analyses if analysis]
    SearchDocument.objects.filter(pk__in=[question.pk for question, analysis in analyses if not analysis]).delete()
    known = set(SearchDocument.objects.filter(pk__in=[it.pk for it, _ in found]).values_list("pk", flat=True))
    SearchDocument.objects.bulk_create(
        [document(question, it.title, it.answer, it.body) for question, it in found],
        update_conflicts=True,
        unique_fields=["question"],
        update_fields=FIELDS,
    )
    counts: Counter[str] = Counter()
    for question, analysis in found:
        new = question.pk not in known
        for word in analysis.surface:
            counts[word] += new
    return counts


def document(question: Question, title: str, answer: str, body: str) -> SearchDocument:
    """The search document of a question, from its analysed words."""
    values = (question.technology_id, question.category_id, question.level_id, question.difficulty)
    facets = " ".join(map(facet, PREFIXES, values))
    return SearchDocument(question=question, facets=facets, title=title, answer=answer, body=body)


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
    questions = for_index(Question.objects.published()).iterator(chunk_size=BATCH)
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
