"""Rendered texts as pages with several questions show them."""

from django import template
from django.utils.safestring import SafeString, mark_safe

from questions.text.sanitising import PREFIX

register = template.Library()


@register.filter
def among_others(html: str, code: str) -> SafeString:
    """A question's HTML whose ids, and the links to them, are no other question's."""
    for attribute in (' id="', ' href="#'):
        html = html.replace(f"{attribute}{PREFIX}", f"{attribute}{code}-{PREFIX}")
    return mark_safe(html)
