"""What to practise: lists by filter, lists of one's own, the star, and to begin anew."""

from typing import Any
from uuid import uuid4

from django import forms
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from questions.browse.one_question import with_question
from questions.models import Action, Learner, PracticeList, Question
from questions.models.practice import LONGEST_LIST_NAME
from questions.practice import log
from questions.practice.forms import PostForm
from questions.practice.learners import learner_of, learner_or_new, practice_page, remember
from questions.practice.log import Entry
from questions.practice.scope import STARRED, filter_of, name_of, questions_of
from questions.querysets import QuestionQuerySet

MOST_LISTS = 50
MOST_LISTED = 2_000  # questions on a list of one's own
SEE_OTHER = 303
TOO_MANY_LISTS = f"You have {MOST_LISTS} lists, which is as many as there can be. Delete one first."
GONE = "That list is not there any more. Nothing was changed."
TAKEN = "You have a list called “{}” already. Nothing was changed."
UNTICKED = "A list that you ticked is not there any more. Look at the rest, and keep it again."


class NameTaken(Exception):  # noqa: N818 (it is what it says)
    """Two lists of one learner cannot have one name; its text tells the learner so."""


class NewListForm(PostForm):
    """A list of what fits the filters in `query`."""

    name = forms.CharField(max_length=LONGEST_LIST_NAME, required=False)
    query = forms.CharField(max_length=1000, required=False)


class MembershipForm(PostForm):
    """The lists that a question is on, and perhaps a new one."""

    new = forms.CharField(max_length=LONGEST_LIST_NAME, required=False)

    def __init__(self, data: Any, known: dict[str, PracticeList]) -> None:
        super().__init__(data)
        choices = [(name, name) for name in {STARRED: None, **known}]
        self.fields["on"] = forms.MultipleChoiceField(
            choices=choices, required=False, error_messages={"invalid_choice": UNTICKED}
        )

    @property
    def names(self) -> list[str]:
        """The names of all lists that the question is to be on."""
        new = self.cleaned_data["new"]
        return [*self.cleaned_data["on"], *([new] if new else [])]


class ChangeForm(PostForm):
    """What is done with a list."""

    action = forms.ChoiceField(choices=[(it, it) for it in ("choose", "leave", "rename", "delete", "reset")])
    name = forms.CharField(max_length=LONGEST_LIST_NAME, required=False)


@practice_page
@require_http_methods(["GET", "HEAD", "POST"])
def lists(request: HttpRequest) -> HttpResponse:
    """The learner's lists; or a new one of the filters that stand in the address."""
    if request.method != "POST":
        return _lists_page(request)
    form = NewListForm(request.POST)
    if not form.is_valid():
        return _lists_page(request, form.sentence, 400, form.cleaned_data.get("query", ""))
    learner, key = learner_or_new(request, form.cleaned_data["post"])
    if problem := _follow(learner, form):
        return _lists_page(request, problem, 400, form.cleaned_data["query"])
    response = HttpResponseRedirect(reverse("practice"), status=SEE_OTHER)
    remember(response, key)
    return response


def _follow(learner: Learner, form: NewListForm) -> str:
    """Let a list follow the filters that were sent; says what is wrong, if it cannot."""
    filters = filter_of(form.cleaned_data["query"])
    name = (form.cleaned_data["name"] or name_of(filters))[:LONGEST_LIST_NAME]
    if learner.lists.filter(name=name, query=None).exists():
        return TAKEN.format(name)
    if not _may_have_more(learner):
        return TOO_MANY_LISTS
    learner.lists.update_or_create(name=name, defaults={"query": filters.url().partition("?")[2], "is_chosen": True})
    return ""


@practice_page
@require_http_methods(["GET", "HEAD", "POST"])
@with_question(QuestionQuerySet.for_reading)
def of_question(request: HttpRequest, question: Question) -> HttpResponse:
    """The lists that a question is on, the star among them."""
    learner = learner_of(request)
    own = {it.name: it for it in learner.lists.filter(query=None)} if learner else {}
    form = MembershipForm(request.POST if request.method == "POST" else None, own)
    if not form.is_valid():
        stored = {it.name for it in own.values() if it.questions.filter(pk=question.pk).exists()}
        on = set(request.POST.getlist("on")) if form.is_bound else stored
        context = {"question": question, "form": form, "names": {STARRED: None, **own}, "on": on, "post": uuid4()}
        return render(request, "practice/of_question.html", context, status=400 if form.is_bound else 200)
    learner, key = learner_or_new(request, form.cleaned_data["post"])
    _put_on(learner, question, form.names)
    response = HttpResponseRedirect(reverse("practice_question", args=[question.code]), status=SEE_OTHER)
    remember(response, key)
    return response


@transaction.atomic
def _put_on(learner: Learner, question: Question, names: list[str]) -> None:
    """Let a question be on these of the learner's own lists, and on no others."""
    for it in learner.lists.filter(query=None).exclude(name__in=names):
        it.questions.remove(question)
    for name in names:
        found = learner.lists.filter(name=name).first()
        if found is None and _may_have_more(learner):
            found = learner.lists.create(name=name, is_chosen=False)  # To star one leaves all the others chosen.
        if found and found.query is None and found.questions.count() < MOST_LISTED:
            found.questions.add(question)


def _may_have_more(learner: Learner) -> bool:
    return learner.lists.count() < MOST_LISTS


@practice_page
@require_POST
def change(request: HttpRequest, number: int) -> HttpResponse:
    """Choose, leave, rename, delete or reset one of the learner's own lists."""
    learner, form = learner_of(request), ChangeForm(request.POST)
    found = learner.lists.filter(pk=number).first() if learner and number < 2**63 else None
    if found is None:
        return _lists_page(request, GONE, status=404)
    if not form.is_valid():
        return _lists_page(request, form.sentence, status=400)
    try:
        CHANGES[form.cleaned_data["action"]](found, form)
    except NameTaken as taken:
        return _lists_page(request, str(taken), status=400)
    except log.Refused as refused:
        return _lists_page(request, str(refused), status=429)
    return HttpResponseRedirect(reverse("practice_lists"), status=SEE_OTHER)


@practice_page
@require_POST
def begin_anew(request: HttpRequest) -> HttpResponse:
    """Forget how well everything is known; the log stays, and so this can be undone."""
    learner, form = learner_of(request), PostForm(request.POST)
    if not form.is_valid():
        return _lists_page(request, form.sentence, status=400)
    try:
        _reset(learner, Question.objects.all(), form)
    except log.Refused as refused:
        return _lists_page(request, str(refused), status=429)
    return HttpResponseRedirect(reverse("practice_lists"), status=SEE_OTHER)


def _reset(learner: Learner | None, questions: QuestionQuerySet, form: PostForm) -> None:
    if learner:
        rated = Question.objects.filter(cards__learner=learner, cards__count__gt=0, pk__in=questions.values("pk"))
        entries = [Entry(question, Action.RESET) for question in rated.only("code")]
        if entries:
            log.add(learner, form.cleaned_data["post"], entries)


def _choose(found: PracticeList, form: ChangeForm, is_chosen: bool = True) -> None:
    found.is_chosen = is_chosen
    found.save(update_fields=["is_chosen"])


def _rename(found: PracticeList, form: ChangeForm) -> None:
    name = form.cleaned_data["name"] or found.name
    if found.learner.lists.filter(name=name).exclude(pk=found.pk).exists():
        raise NameTaken(TAKEN.format(name))
    found.name = name
    found.save(update_fields=["name"])


CHANGES = {
    "choose": _choose,
    "leave": lambda found, form: _choose(found, form, is_chosen=False),
    "rename": _rename,
    "delete": lambda found, form: found.delete(),
    "reset": lambda found, form: _reset(found.learner, questions_of(found), form),
}


def _lists_page(request: HttpRequest, problem: str = "", status: int = 200, query: str = "") -> HttpResponse:
    learner = learner_of(request)
    query = query or request.GET.urlencode()
    filters = filter_of(query)
    context = {
        "learner": learner,
        "lists": [(it, questions_of(it).count()) for it in learner.lists.all()] if learner else [],
        "asked": filters if query and filters.active else None,
        "asked_name": name_of(filters)[:LONGEST_LIST_NAME],
        "asked_query": filters.url().partition("?")[2],
        "problem": problem,
        "post": uuid4(),
    }
    return render(request, "practice/lists.html", context, status=status)
