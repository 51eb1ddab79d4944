"""What the editors' desk shows on its first page, and beside a question's form."""

from typing import Any

from django import template
from django.contrib.auth.models import User

from questions.editorial.dashboard import Dashboard
from questions.editorial.sharing import is_shareable, share
from questions.models import Question

register = template.Library()


@register.simple_tag
def dashboard(user: User) -> Dashboard:
    """Everything that the page shows somebody now."""
    return Dashboard.of(user)


@register.inclusion_tag("admin/questions/question/_share.html")
def share_preview(question: Question | None) -> dict[str, Any]:
    """A link that shows a draft to anyone, and until when."""
    return {"link": share(question) if question and is_shareable(question) else None}
