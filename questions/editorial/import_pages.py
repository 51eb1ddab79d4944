"""Importing in the admin: choose a file, see how it is understood, see what it would change, confirm.

Each step is a page with an address of its own, for whoever brought the file, for a day.
"""

import secrets
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hub.accounts import audit
from questions import diffs
from questions.editorial.import_forms import ImportForm, PlanForm
from questions.editorial.import_understanding import Understanding, opened
from questions.editorial.pages import editorial_page
from questions.editorial.streaming import Steps, streamed
from questions.exchange import samples
from questions.exchange.columns import survey
from questions.exchange.comparison import Kind, Outcome
from questions.exchange.importer import Result, importing
from questions.exchange.plan import Plan
from questions.exchange.rows import FileError
from questions.exchange.taxa import Taxa
from questions.models import ImportFile

LARGEST_PREVIEW = 100  # questions
MOST_NOTES = 1_000
ADDRESS = "admin:questions_question_{}"


def get_urls(model_admin: ModelAdmin) -> list[URLPattern]:
    """The addresses of the steps, below that of the list of questions."""

    def of_importers(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
        @wraps(view)
        def checked(request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
            if not may_import(request, model_admin):
                raise PermissionDenied
            return view(request, model_admin, **kwargs)

        return model_admin.admin_site.admin_view(checked)

    return [
        path("import/", of_importers(choose), name="questions_question_import"),
        path("import/samples/<str:name>", of_importers(sample), name="questions_question_import_sample"),
        path("import/<slug:token>/", of_importers(understand), name="questions_question_import_plan"),
        path("import/<slug:token>/preview/", of_importers(preview), name="questions_question_import_preview"),
        path("import/<slug:token>/confirm/", of_importers(confirm), name="questions_question_import_confirm"),
    ]


def may_import(request: HttpRequest, model_admin: ModelAdmin) -> bool:
    """Whether somebody may create questions and change them."""
    return model_admin.has_add_permission(request) and model_admin.has_change_permission(request)


@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: HttpRequest, model_admin: ModelAdmin) -> HttpResponse:
    """Take a file and keep it for its owner."""
    form = ImportForm(request.POST, request.FILES) if request.method == "POST" else ImportForm()
    if request.method == "POST" and form.is_valid():
        ImportFile.objects.forget_old()
        file = form.cleaned_data["file"]
        name = Path(file.name or "")
        kept = ImportFile(token=secrets.token_hex(16), owner_id=request.user.pk or 0, content=file.read())
        kept.name = f"{name.stem[:50]}{name.suffix}"
        try:
            with opened(kept):
                kept.save()
        except FileError as error:
            form.add_error("file", str(error))
        else:
            return _to("import_plan", kept.token)
    return _page(request, model_admin, "import", {"form": form, "samples": samples.NAMES})


@require_safe
def sample(request: HttpRequest, model_admin: ModelAdmin, name: str) -> HttpResponse:
    """An example of a file that can be imported."""
    if name not in samples.NAMES:
        raise Http404
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(samples.content(name), "application/octet-stream", headers=headers)


def _with_file(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Give a view the file of an address, if it is this person's and waits for its import."""

    @wraps(view)
    def found(request: HttpRequest, model_admin: ModelAdmin, token: str) -> HttpResponseBase:
        file = ImportFile.objects.filter(token=token, owner=request.user.pk).first()
        if file and not file.report:
            return view(request, model_admin, file)
        if file:
            messages.info(request, f"The file {file.name} is imported already: {file.report}.")
            return redirect(ADDRESS.format("changelist"))
        messages.error(request, "The file is not here any more. Choose it again.")
        return redirect(ADDRESS.format("import"))

    return found


@require_http_methods(["GET", "HEAD", "POST"])
@_with_file
def understand(request: HttpRequest, model_admin: ModelAdmin, file: ImportFile) -> HttpResponseBase:
    """Show which column is which and what is missing, and take what is chosen instead."""
    plan = Plan.from_json(file.plan) if file.plan else None
    reading = request.POST.get("reading", plan.reading if plan else "")
    try:
        with opened(file, reading) as source:
            is_kept = plan and plan.reading == source.reading
            understood = Understanding.of(source, request.user, plan if is_kept else None)
    except FileError as error:
        return _page(request, model_admin, "import", {"form": ImportForm(), "sentence": str(error)})
    data = request.POST if request.method == "POST" and "reread" not in request.POST else None
    form = PlanForm(
        data,
        initial=PlanForm.initial_of(understood.plan, understood.columns),
        columns=understood.columns,
        taxa=Taxa(),
        user=request.user,
    )
    if data is not None and form.is_valid():
        ImportFile.objects.filter(pk=file.pk).update(plan=form.plan(source.reading).to_json())
        return _to("import_preview", file.token)
    context = {"form": form, "file": file, "source": source, "understood": understood}
    return _page(request, model_admin, "import_plan", context)


@require_safe
@_with_file
def preview(request: HttpRequest, model_admin: ModelAdmin, file: ImportFile) -> HttpResponseBase:
    """Show what would become of each row, and write nothing."""
    if not file.plan:
        return _to("import_plan", file.token)
    return _streamed(request, model_admin, file, dry_run=True)


@require_POST
@_with_file
def confirm(request: HttpRequest, model_admin: ModelAdmin, file: ImportFile) -> HttpResponseBase:
    """Write what has been shown; if it is no longer good, show why."""
    if not file.plan:
        return _to("import_plan", file.token)
    if not file.claim():
        messages.error(request, f"The file {file.name} is just being imported, in another window.")
        return redirect(ADDRESS.format("import"))
    return _streamed(request, model_admin, file, dry_run=False)


def _streamed(request: HttpRequest, model_admin: ModelAdmin, file: ImportFile, dry_run: bool) -> HttpResponseBase:
    def page(context: dict[str, Any]) -> HttpResponse:
        own = {"file": file, "is_preview": dry_run, "form": ImportForm()}
        return _page(request, model_admin, "import_preview", own | context)

    steps = _steps(request.user, file, dry_run)
    try:
        with opened(file, Plan.from_json(file.plan).reading) as source:
            total, _ = survey(source)
    except FileError:
        total = 0  # The steps say why.
    return streamed(request, page, steps, total)


def _steps(user: Any, file: ImportFile, dry_run: bool) -> Steps:
    """Import the file, and return what is to be shown of it."""
    outcomes: list[Outcome] = []

    def note(outcome: Outcome) -> None:
        if outcome.kind != Kind.UNCHANGED and len(outcomes) < LARGEST_PREVIEW:
            outcomes.append(outcome)

    plan = Plan.from_json(file.plan)
    try:
        with opened(file, plan.reading) as source:
            result = yield from importing(source, user, dry_run, note, plan)
        if not dry_run and not result.bad:
            file.finish(result.summary)
            audit.record(user, audit.IMPORT, file.name, result.summary)
    except FileError as error:
        return {"sentence": str(error)}
    finally:
        if not dry_run:
            file.release()
    return _shown(result, outcomes, [*source.notices, *plan.passed_over(source)])


def _shown(result: Result, outcomes: list[Outcome], notices: list[str]) -> dict[str, Any]:
    """What came of the rows, for the template."""
    number = result.counts[Kind.NEW] + result.counts[Kind.CHANGED]
    told = sum(result.counts.values()) - result.counts[Kind.UNCHANGED]
    until = diffs.deadline()
    return {
        "is_good": not result.bad,
        "bad": result.bad,
        "notes": result.notes[:MOST_NOTES],
        "hidden_notes": len(result.notes[MOST_NOTES:]),
        "has_more_bad": result.is_cut_short,
        "outcomes": [(it, diffs.changes(it.before, it.after, until) if it.before else []) for it in outcomes],
        "hidden": told - len(outcomes),
        "taxa": result.new_taxa,
        "number": number + len(result.new_taxa),
        "counts": result.summary,
        "notices": notices,
    }


def _to(step: str, token: str) -> HttpResponse:
    return redirect(ADDRESS.format(step), token=token)


def _page(request: HttpRequest, model_admin: ModelAdmin, name: str, context: dict[str, Any]) -> HttpResponse:
    return editorial_page(request, model_admin, name, "Import questions", context)
