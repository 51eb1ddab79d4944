"""What the editors' desk shows on its first page."""

from django import template

from questions.desk.dashboard import Dashboard

register = template.Library()


@register.simple_tag
def dashboard() -> Dashboard:
    """Everything that the page shows, as it is now."""
    return Dashboard.now()
