"""The desk's addresses, below those of questions in the admin; all of them are for editors alone.

The history can also be read by who may only look.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path

from questions.editorial import history_pages, import_export, preview, proposals, similar, workflow_pages


def get_urls(model_admin: ModelAdmin) -> list[URLPattern]:
    """What to put before the admin's own addresses, the last of which takes everything."""

    def of_editors(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not (model_admin.has_add_permission(request) or model_admin.has_change_permission(request)):
                raise PermissionDenied
            return view(request, model_admin, *args, **kwargs)

        return model_admin.admin_site.admin_view(checked)

    return [
        path("render/", of_editors(preview.rendered), name="questions_question_render"),
        path("preview/", of_editors(preview.page), name="questions_question_preview_new"),
        path("<int:pk>/preview/", of_editors(preview.page), name="questions_question_preview"),
        path("proposed-code/", of_editors(proposals.proposed_code), name="questions_question_proposed_code"),
        path("similar/", of_editors(similar.similar_questions), name="questions_question_similar"),
        *history_pages.get_urls(model_admin),
        *import_export.get_urls(model_admin),
        path("<int:pk>/step/<str:name>/", of_editors(workflow_pages.take_step), name="questions_question_step"),
    ]
