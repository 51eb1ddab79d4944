"""Titles on narrow screens."""

import re

from django import template
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

LONG_WORD = re.compile(r"\S{16,}")
JOINT = re.compile(r"(?<=\w)([_.])(?=\w)")

register = template.Library()


@register.filter
def breakable(title: str) -> SafeString:
    """The title, whose long identifiers may break where their parts join: `torch.nn.`, `utils`."""
    return mark_safe(LONG_WORD.sub(lambda word: JOINT.sub(r"\1<wbr>", word[0]), conditional_escape(title)))
