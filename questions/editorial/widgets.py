"""A text area that scripts turn into a Markdown editor; without them it stays a text area."""

from typing import Any, cast

from django.contrib.admin.widgets import AdminTextareaWidget
from django.forms import Media, Script
from django.templatetags.static import static
from django.urls import reverse

EASYMDE = "vendor/easymde-2.21.0/easymde.min"
READERS_STYLES = ("css/tokens.css", "css/base.css", "css/prose.css")


def module(name: str) -> str:
    """One of the desk's scripts, for a form's media, whose types do not know elements yet."""
    return cast("str", Script(f"js/editorial/{name}.js", type="module"))


class MarkdownTextarea(AdminTextareaWidget):
    @property
    def media(self) -> Media:
        return Media(
            css={"all": [f"{EASYMDE}.css", "css/editorial/editor.css"]},
            js=[cast("str", Script(f"{EASYMDE}.js", defer=True)), module("editor")],
        )

    def build_attrs(self, base_attrs: dict[str, Any], extra_attrs: dict[str, Any] | None = None) -> dict[str, Any]:
        """Tell the script who renders the preview, and how it looks to readers."""
        preview = {
            "data-preview": reverse("admin:questions_question_render"),
            "data-styles": " ".join(map(static, READERS_STYLES)),
        }
        return super().build_attrs(base_attrs | preview, extra_attrs)
