"""The pages of the history: what has changed in a question, one revision, and what was deleted."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any, NamedTuple

from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Page, Paginator
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path
from django.views.decorators.http import require_POST, require_safe

from hub.keys import key_of
from questions import diffs, revisions
from questions.editorial import conflicts, workflow
from questions.editorial.pages import editorial_page
from questions.models import Question
from questions.sections import MARKDOWN_FIELDS
from questions.states import Step

REVISIONS_A_PAGE = 10
DELETIONS_A_PAGE = 50
WRITTEN = ("title", *MARKDOWN_FIELDS, "verified_for")  # in words


class Entry(NamedTuple):
    """A revision, and what it changed in the one before it."""

    revision: Any
    changes: list[diffs.Change]


def get_urls(model_admin: ModelAdmin) -> list[URLPattern]:
    """The addresses below that of the list of questions; the history itself has Django's own."""
    view, own = model_admin.admin_site.admin_view, {"model_admin": model_admin}
    return [
        path("deleted/", view(deleted), own, name="questions_question_deleted"),
        path("<int:pk>/history/<int:number>/", view(revision), own, name="questions_question_revision"),
        path("<int:pk>/history/<int:number>/restore/", view(restore), own, name="questions_question_restore"),
    ]


@require_safe
def history(request: HttpRequest, model_admin: ModelAdmin, object_id: str) -> HttpResponse:
    """What has changed in a question, newest first, also of one that was deleted."""
    pk = key_of(object_id)
    if pk is None:
        raise Http404
    question = _permitted(request, model_admin, pk)
    page = _page(request, revisions.of(pk), REVISIONS_A_PAGE)
    if not page:
        raise Http404
    context = {"question": question, "page": page, "entries": list(_entries(page)), "newest": revisions.of(pk).first()}
    return _render(request, model_admin, "history", f"History of {page[0].code}", context)


def _entries(page: Page) -> Iterator[Entry]:
    """The page's revisions, each compared with the one before it."""
    until = diffs.deadline()
    before = revisions.of(page[0].id).filter(history_id__lt=page[-1].history_id).first()
    for newer, older in pairwise([*page, before]):
        yield Entry(newer, diffs.changes(revisions.texts(older), revisions.texts(newer), until) if older else [])


@require_safe
def revision(request: HttpRequest, model_admin: ModelAdmin, pk: int, number: int) -> HttpResponse:
    """A question as it was, and what restoring that would change."""
    question = _permitted(request, model_admin, pk)
    found = get_object_or_404(revisions.of(pk), history_id=number)
    texts = revisions.texts(found)
    now = revisions.texts(question) | {name: texts[name] for name in revisions.KEPT} if question else texts
    context = {
        "question": question,
        "revision": found,
        "texts": [(diffs.label(name), text) for name, text in texts.items()],
        "changes": diffs.changes(now, texts, diffs.deadline()),
    }
    return _render(request, model_admin, "revision", f"{found.code} as it was", context)


@require_POST
def restore(request: HttpRequest, model_admin: ModelAdmin, pk: int, number: int) -> HttpResponse:
    """Make a question what it was, as a new revision; who may not delete it brings it back as a draft."""
    found = get_object_or_404(revisions.of(pk), history_id=number)
    try:
        with transaction.atomic():
            revisions.lock(pk)  # What may be done depends on the status, which must not change meanwhile.
            if not _may_restore(request, model_admin, revisions.current(pk)):
                raise PermissionDenied
            as_draft = not workflow.may_change(request.user, revisions.of(pk)[0].instance)
            question = revisions.restore(found, as_draft)
    except ValidationError as error:
        sentences = " ".join(error.messages)
        messages.error(request, f"{found.code} could not be restored, and nothing has changed. {sentences}")
        return redirect("admin:questions_question_revision", pk, number)
    model_admin.log_change(request, question, f"Restored from revision {number}.")
    messages.success(request, f"{question} has been restored.")
    return redirect("admin:questions_question_change", pk)


@require_safe
def deleted(request: HttpRequest, model_admin: ModelAdmin) -> HttpResponse:
    """What was deleted, the latest first, each with a button that brings it back."""
    _permitted(request, model_admin, None)
    page = _page(request, revisions.deletions(), DELETIONS_A_PAGE)
    return _render(request, model_admin, "deleted", "Deleted questions", {"page": page, "question": None})


def gone(request: HttpRequest, model_admin: ModelAdmin, object_id: str) -> HttpResponse | None:
    """What was typed in the form of a question that somebody has deleted meanwhile, to be saved once it is restored."""
    pk = key_of(object_id)
    last = revisions.of(pk).first() if pk is not None else None
    if last is None or not model_admin.has_change_permission(request):
        return None
    title = f"{last.code} was deleted while you were editing it"
    return _kept(request, model_admin, "gone", title, {"question": None, "revision": last})


def moved_on(request: HttpRequest, model_admin: ModelAdmin, question: Question) -> HttpResponse | None:
    """What was typed in the form of a question that is no draft any more, to be saved once it is one again."""
    if model_admin.has_change_permission(request, question) or not model_admin.has_change_permission(request):
        return None
    context = {"question": question, "step": question.workflow_steps.first()}
    title = f"{question.code} is {question.state.phrase}"
    return _kept(request, model_admin, "moved_on", title, context)


def unsaved(
    request: HttpRequest, model_admin: ModelAdmin, question: Question, step: Step, labels: list[str]
) -> HttpResponse:
    """What was typed in the form of a question and not saved before a step was to be taken with it."""
    context = {"question": question, "step": step, "labels": labels}
    return _kept(request, model_admin, "unsaved", f"{question.code} has text that is not saved", context)


def _kept(
    request: HttpRequest, model_admin: ModelAdmin, name: str, title: str, context: dict[str, Any]
) -> HttpResponse:
    """A page with all that was posted, and a button that posts it again."""
    typed = [(field, text) for field, texts in request.POST.lists() for text in texts if field != "csrfmiddlewaretoken"]
    texts = [(label, text) for field, text in typed if text and (label := _label(field))]
    page = _render(request, model_admin, name, title, {"typed": typed, "texts": texts} | context)
    page.status_code = 409
    return page


def _label(field: str) -> str:
    """The heading of a field of the form that is written in words, else nothing."""
    if field in WRITTEN:
        return diffs.label(field)
    match = conflicts.FOLLOW_UP_FIELD.fullmatch(field)
    return {"text": "Follow-up", "answer": "Answer to a follow-up"}.get(match[2], "") if match else ""


def _permitted(request: HttpRequest, model_admin: ModelAdmin, pk: int | None) -> Question | None:
    """The question, if it is still there, for those who may see it."""
    question = revisions.current(pk) if pk is not None else None
    if not model_admin.has_view_or_change_permission(request, question):
        raise PermissionDenied
    return question


def _may_restore(request: HttpRequest, model_admin: ModelAdmin, question: Question | None) -> bool:
    """Restoring is a change; bringing back is an addition."""
    return model_admin.has_change_permission(request, question) if question else model_admin.has_add_permission(request)


def _page(request: HttpRequest, found: QuerySet[Any], number: int) -> Page:
    return Paginator(found, number).get_page(request.GET.get("p"))


def _render(
    request: HttpRequest, model_admin: ModelAdmin, name: str, title: str, context: dict[str, Any]
) -> HttpResponse:
    may_restore = _may_restore(request, model_admin, context["question"])
    return editorial_page(request, model_admin, name, title, {"may_restore": may_restore} | context)
