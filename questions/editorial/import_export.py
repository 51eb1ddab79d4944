"""Exporting in the admin, and the addresses of both ways."""

import tempfile
from pathlib import Path

from django import forms
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path
from django.views.decorators.http import require_http_methods

from hub.accounts import audit
from questions.editorial import import_pages
from questions.editorial.pages import editorial_page
from questions.exchange import files
from questions.exchange.loading import whole
from questions.exchange.registry import FORMATS
from questions.exchange.rows import FileError
from questions.models import Question

LARGEST_EXPORT = 10_000  # questions

may_import = import_pages.may_import


class ExportForm(forms.Form):
    format = forms.ChoiceField(
        choices=[(it.ending.removeprefix("."), it.label) for it in FORMATS if it.export],
        widget=forms.RadioSelect,
        initial="zip",
    )


def get_urls(model_admin: ModelAdmin) -> list[URLPattern]:
    """The addresses below that of the list of questions."""
    view, own = model_admin.admin_site.admin_view, {"model_admin": model_admin}
    return [*import_pages.get_urls(model_admin), path("export/", view(export), own, name="questions_question_export")]


@require_http_methods(["GET", "HEAD", "POST"])
def export(request: HttpRequest, model_admin: ModelAdmin) -> HttpResponseBase:
    """All questions as a file."""
    if not model_admin.has_view_permission(request):
        raise PermissionDenied
    form = ExportForm(request.POST if request.method == "POST" else None)
    ids = list(Question.objects.order_by("code").values_list("pk", flat=True)[: LARGEST_EXPORT + 1])
    is_too_much = len(ids) > LARGEST_EXPORT
    if request.method == "POST" and form.is_valid() and not is_too_much:
        try:
            return _exported(request, ids, form.cleaned_data["format"])
        except FileError as error:
            form.add_error("format", str(error))
    context = {"form": form, "number": len(ids), "largest": LARGEST_EXPORT, "is_too_much": is_too_much}
    return editorial_page(request, model_admin, "export", "Export questions", context)


def _exported(request: HttpRequest, ids: list[int], ending: str) -> FileResponse:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, f"questions.{ending}")
        files.write(file, whole(ids))
        opened = file.open("rb")  # It outlives its folder until the response closes it.
    audit.record(request.user, audit.EXPORT, file.name, f"{len(ids):,} questions")
    return FileResponse(opened, as_attachment=True, filename=file.name)
