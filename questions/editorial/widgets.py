"""A text area that scripts turn into a Markdown editor; without them it stays a text area."""

from typing import Any, cast

from django.contrib.admin.widgets import AdminTextareaWidget, AutocompleteSelect
from django.db.models import ForeignKey
from django.forms import Media, Script
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse

from hub.keys import keys_of
from questions.limits import IMAGE

EASYMDE = "vendor/easymde-2.21.0/easymde.min"
READERS_STYLES = ("css/tokens.css", "css/base.css", "css/prose.css")


def module(name: str) -> str:
    """One of the desk's scripts, for a form's media, whose types do not know elements yet."""
    return cast("str", Script(f"js/editorial/{name}.js", type="module"))


class KeySelect(AutocompleteSelect):
    """Django's box that completes what is typed, but what is no key selects nothing instead of failing."""

    def optgroups(self, name: str, value: Any, attr: dict[str, Any] | None = None) -> Any:
        return super().optgroups(name, list(map(str, keys_of(value))), attr)


class WithKeySelect:
    """An admin whose `autocomplete_fields` are such boxes."""

    def formfield_for_foreignkey(self, db_field: ForeignKey, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name in self.get_autocomplete_fields(request):  # type: ignore[attr-defined]
            kwargs["widget"] = KeySelect(db_field, self.admin_site, using=kwargs.get("using"))  # type: ignore[attr-defined]
        return super().formfield_for_foreignkey(db_field, request, **kwargs)  # type: ignore[misc]


class MarkdownTextarea(AdminTextareaWidget):
    @property
    def media(self) -> Media:
        return Media(
            css={"all": [f"{EASYMDE}.css", "css/editorial/editor.css"]},
            js=[cast("str", Script(f"{EASYMDE}.js", defer=True)), module("editor"), module("images")],
        )

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """Store the line ends that every other way in has, not those that browsers send."""
        value = super().value_from_datadict(data, files, name)
        return value.replace("\r\n", "\n") if isinstance(value, str) else value

    def build_attrs(self, base_attrs: dict[str, Any], extra_attrs: dict[str, Any] | None = None) -> dict[str, Any]:
        """Tell the script who renders the preview, how it looks to readers, and who takes images."""
        preview = {
            "data-preview": reverse("admin:questions_question_render"),
            "data-upload": reverse("admin:questions_image_upload"),
            "data-largest-image": IMAGE,
            "data-styles": " ".join(map(static, READERS_STYLES)),
        }
        return super().build_attrs(base_attrs | preview, extra_attrs)
