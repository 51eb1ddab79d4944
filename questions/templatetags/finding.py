"""Why a question was found."""

from django import template
from django.utils.safestring import SafeString

from questions.finding.search.snippets import Match

register = template.Library()


@register.filter
def marked(html: SafeString, match: Match | None) -> SafeString:
    """HTML with the words of the search marked; without a search as it is."""
    return match.marked(html) if match else html
