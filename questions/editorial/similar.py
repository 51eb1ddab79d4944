"""Questions whose titles are much like one that is being typed, so that nobody writes what is there already."""

from itertools import combinations

from django import forms
from django.contrib.admin import ModelAdmin
from django.http import HttpRequest, JsonResponse
from django.urls import reverse
from django.views.decorators.http import require_safe
from rapidfuzz import fuzz, process, utils

from questions.finding.search.backend import find
from questions.finding.search.query import Clause, Query
from questions.models import Question, Word
from questions.states import NOT_PUBLIC

MAX_SHOWN = 5  # shown
LEAST = 60  # percent
WORDS = 6  # of the title, the rarest
CANDIDATES = 50  # for each of the searches
MOST_UNPUBLISHED = 500  # compared one by one, since search does not know them


def similar(title: str, other_than: int | None = None) -> list[tuple[Question, int]]:
    """The questions most alike, each with how much so in percent; quick, as search chooses what is compared."""
    questions = Question.objects.only("code", "title", "status")
    candidates = questions.in_bulk(_published(title)) | {question.pk: question for question in _unpublished()}
    titles = {pk: question.title for pk, question in candidates.items() if pk != other_than}
    best = process.extract(
        title,
        titles,
        scorer=fuzz.token_sort_ratio,
        processor=utils.default_process,
        limit=MAX_SHOWN,
        score_cutoff=LEAST,
    )
    return [(candidates[pk], round(score)) for _, score, pk in best]


def _published(title: str) -> set[int]:
    """Ids of questions with any two of the title's rarest words in theirs, or with one of the two rarest."""
    rare = _rarest(Query.parse(title).positive)
    searches = [*combinations(rare, 2), *((clause,) for clause in rare[:2])]
    return {pk for clauses in searches for pk in find(Query(clauses), (), CANDIDATES, title_only=True)}


def _rarest(clauses: tuple[Clause, ...]) -> list[Clause]:
    """The clauses that can be found, those of rare words first; a clause of several words counts as rare."""
    typed = [clause.typed for clause in clauses if clause.typed]
    documents = dict(Word.objects.filter(word__in=typed).values_list("word", "documents"))
    known = [clause for clause in clauses if not clause.typed or clause.typed in documents]
    return sorted(known, key=lambda clause: documents.get(clause.typed or "", 0))[:WORDS]


def _unpublished() -> list[Question]:
    found = Question.objects.filter(status__in=NOT_PUBLIC).order_by("status", "code")
    return list(found.only("code", "title", "status")[:MOST_UNPUBLISHED])


class SimilarForm(forms.Form):
    title = forms.CharField(max_length=200)
    other_than = forms.IntegerField(required=False)


@require_safe
def similar_questions(request: HttpRequest, model_admin: ModelAdmin) -> JsonResponse:
    """`{"similar": [{"code", "title", "percent", "url"}]}`, the most similar first; none for a title that is none."""
    form = SimilarForm(request.GET)
    found = similar(**form.cleaned_data) if form.is_valid() else []
    return JsonResponse(
        {
            "similar": [
                {"code": question.code, "title": question.plain_title, "percent": percent, "url": _address(question)}
                for question, percent in found
            ]
        }
    )


def _address(question: Question) -> str:
    """Where an editor can read it."""
    if question.is_public:
        return question.get_absolute_url()
    return reverse("admin:questions_question_change", args=[question.pk])
