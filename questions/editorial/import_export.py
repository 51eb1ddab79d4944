"""Importing and exporting in the admin: a file is shown as what it would change, then confirmed, then written.

Between the two steps the file lies in the data folder, under the name of who brought it, for at most a day.
"""

import secrets
import shutil
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.views.decorators.http import require_http_methods, require_POST

from hub.accounts import audit
from questions import diffs
from questions.editorial.pages import editorial_page
from questions.exchange import files
from questions.exchange.comparison import Kind, Outcome
from questions.exchange.importer import import_questions
from questions.exchange.loading import whole
from questions.exchange.registry import FORMATS
from questions.exchange.rows import FileError
from questions.limits import MEGABYTE, MOST_BAD, UPLOAD
from questions.models import Question

LARGEST_PREVIEW = 100  # questions
LARGEST_EXPORT = 10_000  # questions
DAY = 24 * 60 * 60  # seconds


class ImportForm(forms.Form):
    file = forms.FileField(
        help_text=f"{', '.join(files.READERS)}; at most {UPLOAD // MEGABYTE} MB.",
        widget=forms.FileInput(attrs={"accept": ",".join(files.READERS)}),
    )

    def clean_file(self) -> UploadedFile:
        """Refuse by size and name what is not even to be opened."""
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > UPLOAD:
            raise forms.ValidationError(
                f"The file has {(file.size or 0) / MEGABYTE:,.1f} MB; at most {UPLOAD // MEGABYTE} MB can be imported "
                "here. An operator can import larger ones with manage.py import_questions."
            )
        if Path(file.name or "").suffix.lower() not in files.READERS:
            raise forms.ValidationError(f"The name ends in none of {', '.join(files.READERS)}.")
        return file


class ExportForm(forms.Form):
    format = forms.ChoiceField(
        choices=[(it.ending.removeprefix("."), it.label) for it in FORMATS if it.export],
        widget=forms.RadioSelect,
        initial="zip",
    )


def get_urls(model_admin: ModelAdmin) -> list[URLPattern]:
    """The addresses below that of the list of questions."""
    view, own = model_admin.admin_site.admin_view, {"model_admin": model_admin}
    return [
        path("import/", view(import_file), own, name="questions_question_import"),
        path("import/<slug:token>/", view(confirm_import), own, name="questions_question_confirm_import"),
        path("export/", view(export), own, name="questions_question_export"),
    ]


def may_import(request: HttpRequest, model_admin: ModelAdmin) -> bool:
    """Whether somebody may create questions and change them."""
    return model_admin.has_add_permission(request) and model_admin.has_change_permission(request)


@require_http_methods(["GET", "HEAD", "POST"])
def import_file(request: HttpRequest, model_admin: ModelAdmin) -> HttpResponse:
    """Take a file, and show what it would change."""
    if not may_import(request, model_admin):
        raise PermissionDenied
    form = ImportForm(request.POST, request.FILES) if request.method == "POST" else ImportForm()
    if request.method != "POST" or not form.is_valid():
        return _page(request, model_admin, {"form": form})
    stored = _store(request, form.cleaned_data["file"])
    context = _imported(request, stored, dry_run=True)
    if context["is_good"] and context["number"]:
        context["token"] = stored.parent.name.partition("-")[2]
    else:
        shutil.rmtree(stored.parent)
    return _page(request, model_admin, {"form": ImportForm()} | context)


@require_POST
def confirm_import(request: HttpRequest, model_admin: ModelAdmin, token: str) -> HttpResponse:
    """Write what has been shown; if it is no longer good, show why."""
    if not may_import(request, model_admin):
        raise PermissionDenied
    taken = _folder() / secrets.token_hex(16)
    try:
        (_folder() / f"{request.user.pk}-{token}").rename(taken)  # Of two confirmations at once, one gets the file.
    except OSError:  # It is not there, or has a name that no file could have.
        messages.error(request, "The file is not here any more. Choose it again.")
        return redirect("admin:questions_question_import")
    context = _imported(request, next(taken.iterdir()), dry_run=False)
    shutil.rmtree(taken)
    if not context["is_good"]:
        return _page(request, model_admin, {"form": ImportForm()} | context)
    messages.success(request, f"Imported: {context['counts']}.")
    if context["notes"]:
        number = len(context["notes"]) + context["hidden_notes"]
        messages.warning(request, f"Of the images in it, {number:,} did not come along, as you have seen.")
    return redirect("admin:questions_question_changelist")


def _imported(request: HttpRequest, stored: Path, dry_run: bool) -> dict[str, Any]:
    """What becomes of the file's rows, for the template."""
    outcomes: list[Outcome] = []

    def note(outcome: Outcome) -> None:
        if outcome.kind != Kind.UNCHANGED and len(outcomes) < LARGEST_PREVIEW:
            outcomes.append(outcome)

    try:
        result = import_questions(files.read(stored), request.user, dry_run, note)
    except FileError as error:
        return {"is_good": False, "sentence": str(error)}
    if not dry_run and not result.bad:
        audit.record(request.user, audit.IMPORT, stored.name, result.summary)
    number = result.counts[Kind.NEW] + result.counts[Kind.CHANGED]
    return {
        "is_good": not result.bad,
        "bad": result.bad,
        "notes": result.notes[:MOST_BAD],
        "hidden_notes": len(result.notes[MOST_BAD:]),
        "has_more_bad": result.is_cut_short,
        "outcomes": [(it, diffs.changes(it.before, it.after) if it.before else []) for it in outcomes],
        "hidden": number - len(outcomes),
        "taxa": [f"{taxon._meta.verbose_name} {taxon}" for taxon in result.new_taxa],
        "number": number + len(result.new_taxa),
        "counts": result.summary,
    }


def _store(request: HttpRequest, file: UploadedFile) -> Path:
    """Keep the file until it is confirmed, and drop those that nobody confirmed."""
    for old in _folder().iterdir():
        with suppress(FileNotFoundError):  # Another request has just taken it, or dropped it too.
            if old.stat().st_mtime < time.time() - DAY:
                shutil.rmtree(old)
    name = Path(file.name or "")
    stored = _folder() / f"{request.user.pk}-{secrets.token_hex(16)}" / f"{name.stem[:50]}{name.suffix}"
    stored.parent.mkdir()
    with stored.open("xb") as copy:
        copy.writelines(file.chunks())
    return stored


def _folder() -> Path:
    folder: Path = settings.ENVIRONMENT.data_dir / "imports"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


@require_http_methods(["GET", "HEAD", "POST"])
def export(request: HttpRequest, model_admin: ModelAdmin) -> HttpResponseBase:
    """All questions as a file."""
    if not model_admin.has_view_permission(request):
        raise PermissionDenied
    form = ExportForm(request.POST if request.method == "POST" else None)
    ids = list(Question.objects.order_by("code").values_list("pk", flat=True)[: LARGEST_EXPORT + 1])
    if request.method != "POST" or not form.is_valid() or len(ids) > LARGEST_EXPORT:
        context = {
            "form": form,
            "number": len(ids),
            "largest": LARGEST_EXPORT,
            "is_too_much": len(ids) > LARGEST_EXPORT,
        }
        return _page(request, model_admin, context, "export")
    ending = form.cleaned_data["format"]
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, f"questions.{ending}")
        files.write(file, whole(ids))
        opened = file.open("rb")  # It outlives its folder until the response closes it.
    audit.record(request.user, audit.EXPORT, file.name, f"{len(ids):,} questions")
    return FileResponse(opened, as_attachment=True, filename=file.name)


def _page(request: HttpRequest, model_admin: ModelAdmin, context: dict[str, Any], name: str = "import") -> HttpResponse:
    return editorial_page(request, model_admin, name, f"{name.title()} questions", context)
