"""The desk's own pages, in the admin's look."""

from typing import Any

from django.contrib.admin import ModelAdmin
from django.http import HttpRequest
from django.template.response import TemplateResponse


def editorial_page(
    request: HttpRequest, model_admin: ModelAdmin, name: str, title: str, context: dict[str, Any]
) -> TemplateResponse:
    """A template of questions in the admin, with what every page of the admin knows."""
    request.current_app = model_admin.admin_site.name
    common = model_admin.admin_site.each_context(request) | {"opts": model_admin.opts, "title": title}
    return TemplateResponse(request, f"admin/questions/question/{name}.html", common | context)
