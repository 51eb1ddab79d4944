"""Titles as a page shows them."""

import re

from django import template
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from questions.text import titles

LONG_WORD = re.compile(r"\S{16,}")
JOINT = re.compile(r"(?<=\w)([_.])(?=\w)")

register = template.Library()


@register.filter
def breakable(title: str) -> SafeString:
    """The title with its code and formulas, whose long identifiers may break where their parts join: `torch.`, `nn`."""
    return mark_safe(titles.html(title, _breakable))


def _breakable(text: str) -> str:
    return LONG_WORD.sub(lambda word: JOINT.sub(r"\1<wbr>", word[0]), conditional_escape(text))
