"""Keeping the search documents and the vocabulary to the questions."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import chain, islice
from string import ascii_lowercase
from typing import Any, NamedTuple

from django.db import connection, transaction
from django.db.models import QuerySet
from django.db.models.signals import post_delete, post_save, pre_delete, pre_save
from django.dispatch import receiver

from questions.finding.facets import Cell
from questions.finding.filters import COLUMNS
from questions.finding.search.analysis import surface_words, text_of, words
from questions.models import (
    Category,
    ContentVersion,
    FollowUp,
    Level,
    Question,
    SearchDocument,
    Taxon,
    Technology,
    Word,
)
from questions.sections import HTML_FIELDS

FIELDS = ["facets", "title", "answer", "body", "words"]
COUNT_IN = """
    INSERT INTO questions_word (word, documents) VALUES {}
    ON CONFLICT (word) DO UPDATE SET documents = questions_word.documents + excluded.documents
"""
FORGET = "DELETE FROM questions_word WHERE word = %s AND documents <= %s"
COUNT_OUT = "UPDATE questions_word SET documents = documents - %s WHERE word = %s"
AT_ONCE = 400  # words in a statement
BATCH = 500  # questions
# What a facet's name begins with in the index; no word of a text can look like these, see `facet`.
PREFIXES = {column: f"x{letter}" for column, letter in zip(COLUMNS, ascii_lowercase, strict=False)}


def facet(column: str, value: int) -> str:
    """A column's value as a word of the index."""
    return f"{PREFIXES[column]}{int(value)}"


@lru_cache(maxsize=4_096)
def cell(facets: str) -> Cell:
    """The values behind a document's facets."""
    return tuple(int(word[2:]) for word in facets.split())


@transaction.atomic
def index(questions: QuerySet[Question]) -> None:
    """Make search find these questions as they are now; drafts are not found."""
    wait_for_others()
    add_to_counts(write(for_index(questions)))


def wait_for_others() -> None:
    """Let transactions that change the index follow each other; those that change questions hold this row already."""
    list(ContentVersion.objects.select_for_update())


def write(questions: Iterable[Question]) -> Counter[str]:
    """Keep the documents to these questions; returns how many more of them have each word, or less than none.

    The counts are for `add_to_counts`, in the same transaction; many batches may share one call.
    """
    return store([(it, analysed(it, [asked(o.text, o.answer_html) for o in it.follow_ups.all()])) for it in questions])


def asked(text: str, answer_html: str) -> str:
    """What search reads of a follow-up."""
    return f"{text} {text_of(answer_html)}"


class Analysis(NamedTuple):
    """What search keeps of a question: the words of three fields, in falling weight, and all as they are written."""

    title: str
    answer: str
    body: str
    used: set[str]


def analysed(question: Question, follow_ups: Iterable[str]) -> Analysis | None:
    """What search is to keep of a rendered question, saved or not, with these follow-ups; nothing of a draft."""
    if not question.is_public:
        return None
    first, *others = (text_of(getattr(question, field)) for field in HTML_FIELDS)
    taxa = [question.technology.name, question.category.name, question.level.name]
    texts = [f"{question.code} {question.title}", first, " ".join([*others, *follow_ups, *taxa])]
    title, answer, body = (" ".join(words(text)) for text in texts)
    return Analysis(title, answer, body, surface_words(" ".join(texts)))


def store(analyses: Sequence[tuple[Question, Analysis | None]]) -> Counter[str]:
    """Keep the documents to saved questions as they were analysed; returns counts as `write` does."""
    counts = _remove(question.pk for question, _ in analyses)
    documents = [document(question, *analysis) for question, analysis in analyses if analysis]
    SearchDocument.objects.bulk_create(documents)
    for document_ in documents:
        counts.update(document_.words.split())
    return counts


def _remove(pks: Iterable[int]) -> Counter[str]:
    """Remove the documents of these questions; returns their words, each by how many had it, below zero."""
    removed = SearchDocument.objects.filter(pk__in=list(pks))
    counts: Counter[str] = Counter()
    for used in removed.values_list("words", flat=True):
        counts.subtract(used.split())
    removed.delete()
    return counts


def document(question: Question, title: str, answer: str, body: str, used: Iterable[str]) -> SearchDocument:
    """The search document of a question, from its analysed words, and the words that it uses as they are written."""
    facets = " ".join(facet(column, question.serializable_value(column)) for column in COLUMNS)
    return SearchDocument(
        question=question, facets=facets, title=title, answer=answer, body=body, words=" ".join(sorted(used))
    )


def add_to_counts(counts: Mapping[str, int]) -> None:
    """Count words that so many more questions use, or so many fewer; words that no question uses are forgotten."""
    rows = sorted(counts.items())  # In one order everywhere, so that two saves cannot wait for each other.
    more = [row for row in rows if row[1] > 0]
    fewer = [(word, -number) for word, number in rows if number < 0]
    with connection.cursor() as cursor:
        for part in (more[start : start + AT_ONCE] for start in range(0, len(more), AT_ONCE)):
            cursor.execute(COUNT_IN.format(", ".join(["(%s, %s)"] * len(part))), list(chain.from_iterable(part)))
        if fewer:
            cursor.executemany(FORGET, fewer)
            cursor.executemany(COUNT_OUT, [(number, word) for word, number in fewer])


def for_index(questions: QuerySet[Question]) -> QuerySet[Question]:
    """With all that indexing reads."""
    return questions.select_related("technology", "category", "level").prefetch_related("follow_ups")


@transaction.atomic
def rebuild() -> int:
    """Index every question again, and count words from zero; returns the number of questions."""
    wait_for_others()
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


def are_complete() -> bool:
    """Whether there is a document of every published question."""
    return SearchDocument.objects.count() == Question.objects.public().count()


def index_missing() -> int:
    """Index the published questions that have no document; returns their number."""
    return _index_in_batches(Question.objects.public().exclude(pk__in=SearchDocument.objects.values("pk")))


def _index_in_batches(questions: QuerySet[Question]) -> int:
    """Index questions, however many; each batch in a transaction of its own, unless there is one around all."""
    number = last = 0
    in_order = questions.order_by("pk").values_list("pk", flat=True)
    while batch := list(in_order.filter(pk__gt=last)[:BATCH]):
        index(Question.objects.filter(pk__in=batch))
        number, last = number + len(batch), batch[-1]
    return number


@receiver(post_save, sender=Question)
def index_question(sender: type[Question], instance: Question, **kwargs: Any) -> None:
    index(Question.objects.filter(pk=instance.pk))


@receiver(pre_delete, sender=Question)
def forget_question(sender: type[Question], instance: Question, **kwargs: Any) -> None:
    wait_for_others()
    add_to_counts(_remove([instance.pk]))


@receiver(pre_save, sender=FollowUp)
def remember_question(sender: type[FollowUp], instance: FollowUp, **kwargs: Any) -> None:
    """Know which question a follow-up may be about to leave."""
    before = FollowUp.objects.filter(pk=instance.pk).values_list("question_id", flat=True)
    instance.indexed_with = list(before)  # type: ignore[attr-defined]


@receiver([post_save, post_delete], sender=FollowUp)
def index_question_of_follow_up(sender: type[FollowUp], instance: FollowUp, origin: Any = None, **kwargs: Any) -> None:
    """Index the question, and the one before; not while the question itself is being deleted."""
    if getattr(origin, "model", type(origin)) is not Question:
        index(Question.objects.filter(pk__in=[instance.question_id, *getattr(instance, "indexed_with", ())]))


@receiver(pre_save, sender=Technology)
@receiver(pre_save, sender=Category)
@receiver(pre_save, sender=Level)
def remember_name(sender: type[Taxon], instance: Any, **kwargs: Any) -> None:
    """Know whether a taxon is about to be renamed."""
    instance.is_renamed = sender._default_manager.filter(pk=instance.pk).exclude(name=instance.name).exists()


@receiver(post_save, sender=Technology)
@receiver(post_save, sender=Category)
@receiver(post_save, sender=Level)
def index_questions_of_renamed_taxon(sender: type[Taxon], instance: Any, **kwargs: Any) -> None:
    if instance.is_renamed:
        _index_in_batches(Question.objects.public().filter(**{str(sender._meta.model_name): instance}))
