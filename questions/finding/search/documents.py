"""Keeping the search documents and the vocabulary to the questions."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from itertools import islice
from string import ascii_lowercase
from typing import Any, NamedTuple, Self

from django.db import transaction
from django.db.models import QuerySet
from django.db.models.signals import post_delete, post_save, pre_delete, pre_save
from django.dispatch import receiver

from questions.finding.facets import Cell
from questions.finding.filters import COLUMNS
from questions.finding.search.analysis import surface_words, text_of, words
from questions.finding.search.counts import Counts
from questions.finding.search.languages import language_of, marker
from questions.models import (
    Category,
    ContentVersion,
    FollowUp,
    Level,
    Question,
    SearchDocument,
    Taxon,
    Technology,
    Term,
    TitleWord,
    Word,
)
from questions.sections import HTML_FIELDS
from questions.states import PUBLIC

FIELDS = ["facets", "title", "answer", "body", "words", "title_words"]
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
    write(for_index(questions)).write()


def wait_for_others() -> None:
    """Let transactions that change the index follow each other; those that change questions hold this row already."""
    list(ContentVersion.objects.select_for_update())


def write(questions: Iterable[Question]) -> Counts:
    """Keep the documents to these questions; returns how many more of them have each word, or less than none.

    The counts are to be written in the same transaction, and may be added to others before.
    """
    return store(analyses_of(questions))


def asked(text: str, answer_html: str) -> str:
    """What search reads of a follow-up."""
    return f"{text} {text_of(answer_html)}"


def texts_answered_by(pks: Iterable[int]) -> dict[int, str]:
    """For each of these questions, what other questions ask next and it answers: asked so, it is to be found too."""
    texts: dict[int, list[str]] = {pk: [] for pk in pks}
    asked = FollowUp.objects.filter(answered_by__in=texts, question__status__in=PUBLIC)
    for pk, text in asked.order_by("question__code", "position").values_list("answered_by", "text"):
        texts[pk].append(text)
    return {pk: " ".join(its) for pk, its in texts.items()}


def answering(questions: Iterable[int]) -> set[int]:
    """The questions that answer the follow-ups of these."""
    answered = FollowUp.objects.filter(question__in=list(questions), answered_by__isnull=False)
    return set(answered.order_by().values_list("answered_by", flat=True))


class Analysis(NamedTuple):
    """What search keeps of a question: the words of three fields, in falling weight, and all as they are written."""

    title: str
    answer: str
    body: str
    used: set[str]
    used_in_title: set[str]
    language: str

    def with_text(self, text: str) -> Self:
        """The same, with a text that stands elsewhere and belongs to its body."""
        return self._replace(
            body=" ".join([self.body, *words(text, self.language)]), used=self.used | surface_words(text)
        )


def analysed(question: Question, follow_ups: Iterable[str]) -> Analysis | None:
    """What search is to keep of a rendered question, saved or not, with these follow-ups; nothing of a draft."""
    if not question.is_public:
        return None
    answer, *others, also_asked, references = (text_of(getattr(question, field)) for field in HTML_FIELDS)
    taxa = [question.technology.name, question.category.name, question.level.name]
    texts = [
        f"{question.code} {question.title}",
        f"{answer} {also_asked}",  # How people ask says as much as what is answered.
        " ".join([*others, references, *follow_ups, *taxa]),
    ]
    language = language_of(" ".join([question.title, answer, *others, references]))
    title, answer, body = (" ".join(words(text, language)) for text in texts)
    body = f"{body} {marker(language)}".rstrip()
    return Analysis(title, answer, body, surface_words(" ".join(texts)), surface_words(question.title), language)


def analyses_of(questions: Iterable[Question]) -> list[tuple[Question, Analysis | None]]:
    """Each of these saved questions, and what search is to keep of it."""
    return [(it, analysed(it, [asked(o.text, o.answer_html) for o in it.follow_ups.all()])) for it in questions]


def store(analyses: Sequence[tuple[Question, Analysis | None]]) -> Counts:
    """Keep the documents to saved questions as they were analysed; returns counts as `write` does."""
    counts, documents = _remove(question.pk for question, _ in analyses), documents_of(analyses)
    SearchDocument.objects.bulk_create(documents)
    for document_ in documents:
        counts.add(document_)
    return counts


def documents_of(analyses: Sequence[tuple[Question, Analysis | None]]) -> list[SearchDocument]:
    """The documents of saved questions as they were analysed."""
    elsewhere = texts_answered_by(question.pk for question, _ in analyses)
    return [document(it, *analysis.with_text(elsewhere[it.pk])[:-1]) for it, analysis in analyses if analysis]


def _remove(pks: Iterable[int]) -> Counts:
    """Remove the documents of these questions; returns their words, each by how many had it, below zero."""
    removed = SearchDocument.objects.filter(pk__in=list(pks))
    counts = Counts.none()
    for document_ in removed:
        counts.subtract(document_)
    removed.delete()
    return counts


def document(
    question: Question, title: str, answer: str, body: str, used: Iterable[str], used_in_title: Iterable[str]
) -> SearchDocument:
    """The search document of a question, from its analysed words, and the words that it uses as they are written."""
    facets = " ".join(facet(column, question.serializable_value(column)) for column in COLUMNS)
    written = {"words": " ".join(sorted(used)), "title_words": " ".join(sorted(used_in_title))}
    return SearchDocument(question=question, facets=facets, title=title, answer=answer, body=body, **written)


def for_index(questions: QuerySet[Question]) -> QuerySet[Question]:
    """With all that indexing reads."""
    return questions.select_related("technology", "category", "level").prefetch_related("follow_ups")


@transaction.atomic
def rebuild() -> int:
    """Index every question again, and count words from zero; returns the number of questions."""
    wait_for_others()
    for model in (SearchDocument, Word, TitleWord, Term):
        model._default_manager.all().delete()
    number = 0
    counts = Counts.none()
    questions = for_index(Question.objects.public()).iterator(chunk_size=BATCH)
    while batch := list(islice(questions, BATCH)):
        counts.update(write(batch))
        number += len(batch)
    counts.write()
    return number


def are_complete() -> bool:
    """Whether there is a document of every published question."""
    return SearchDocument.objects.count() == Question.objects.public().count()


def index_missing() -> int:
    """Index the published questions that have no document; returns their number."""
    return index_in_batches(Question.objects.public().exclude(pk__in=SearchDocument.objects.values("pk")))


def index_in_batches(questions: QuerySet[Question]) -> int:
    """Index questions, however many; each batch in a transaction of its own, unless there is one around all."""
    number = last = 0
    in_order = questions.order_by("pk").values_list("pk", flat=True)
    while batch := list(in_order.filter(pk__gt=last)[:BATCH]):
        index(Question.objects.filter(pk__in=batch))
        number, last = number + len(batch), batch[-1]
    return number


# The questions that a load has saved so far, where one goes on.
_waiting: ContextVar[set[int] | None] = ContextVar("waiting", default=None)


@contextmanager
def at_the_end() -> Iterator[None]:
    """Index what is saved meanwhile when it is over, each question once; to be used within a transaction."""
    waiting: set[int] = set()
    token = _waiting.set(waiting)
    try:
        yield
    finally:
        _waiting.reset(token)
    pks = iter(sorted(waiting))
    while batch := list(islice(pks, BATCH)):
        index(Question.objects.filter(pk__in=batch))


def index_saved(pks: set[int]) -> None:
    """Index questions, or have them wait for the end of the load that saves them."""
    if (waiting := _waiting.get()) is None:
        index(Question.objects.filter(pk__in=pks))
    else:
        waiting |= pks


@receiver(post_save, sender=Question)
def index_question(sender: type[Question], instance: Question, **kwargs: Any) -> None:
    index_saved({instance.pk, *answering([instance.pk])})


@receiver(pre_delete, sender=Question)
def forget_question(sender: type[Question], instance: Question, **kwargs: Any) -> None:
    wait_for_others()
    _remove([instance.pk]).write()
    instance.answered_elsewhere = answering([instance.pk])  # type: ignore[attr-defined]


@receiver(post_delete, sender=Question)
def index_questions_that_answered_it(sender: type[Question], instance: Any, **kwargs: Any) -> None:
    index(Question.objects.filter(pk__in=instance.answered_elsewhere))


@receiver(pre_save, sender=FollowUp)
def remember_questions(sender: type[FollowUp], instance: FollowUp, **kwargs: Any) -> None:
    """Know which questions a follow-up may be about to leave."""
    before = FollowUp.objects.filter(pk=instance.pk).values_list("question_id", "answered_by_id")
    instance.indexed_with = [pk for pks in before for pk in pks]  # type: ignore[attr-defined]


@receiver([post_save, post_delete], sender=FollowUp)
def index_questions_of_follow_up(sender: type[FollowUp], instance: FollowUp, origin: Any = None, **kwargs: Any) -> None:
    """Index the questions that ask and answer it, and those before; not while the first of them is being deleted."""
    if getattr(origin, "model", type(origin)) is not Question:
        pks = {instance.question_id, instance.answered_by_id, *getattr(instance, "indexed_with", ())}
        index_saved(pks - {None})


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
        index_in_batches(Question.objects.public().filter(**{str(sender._meta.model_name): instance}))
