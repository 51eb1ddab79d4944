"""What the editors' desk shows on its first page, and beside a question's form."""

from typing import Any

from django import template

from questions.editorial.dashboard import Dashboard
from questions.editorial.sharing import is_shareable, share
from questions.models import Question

register = template.Library()


@register.simple_tag
def dashboard() -> Dashboard:
    """Everything that the page shows, as it is now."""
    return Dashboard.now()


@register.inclusion_tag("admin/questions/question/_share.html")
def share_preview(question: Question | None) -> dict[str, Any]:
    """A link that shows a draft to anyone, and until when."""
    return {"link": share(question) if question and is_shareable(question) else None}
