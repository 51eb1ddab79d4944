"""What pages say of themselves to machines, and the links to take a question or a list away."""

import json
from typing import Any

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import get_text_list

from questions.browse import linked_data as data
from questions.exchange.format import Format
from questions.exchange.registry import FORMATS
from questions.exchange.views import LARGEST_LIST, fits_one_file
from questions.finding.question_filter import QuestionFilter
from questions.models import Question

ESCAPES = {ord(character): f"\\u{ord(character):04X}" for character in "<>&"}  # None can end the script element.

register = template.Library()
register.filter("plain", data.plain)


@register.simple_tag
def linked_data(question: Question | None = None) -> SafeString:
    """The JSON-LD of a question's page, or without one of the list: data, which no browser runs."""
    text = json.dumps(data.of_question(question) if question else data.of_list(), ensure_ascii=False)
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(text.translate(ESCAPES)))


@register.simple_tag
def documents(question: Question) -> list[tuple[Format, str]]:
    """The formats that a question can be had in, each with its address there."""
    return [(it, reverse(it.document_view, args=[question.code])) for it in FORMATS if it.document]


@register.inclusion_tag("exchange/_take_away.html")
def take_away(filters: QuestionFilter) -> dict[str, Any]:
    """Links to the list in every format, as far as it is short enough for them, and to a random question in it."""
    is_short = fits_one_file(filters)
    offered = [it for it in FORMATS if it.page or (it.is_whole and is_short)]
    return {
        "count": filters.count,
        "largest": f"{LARGEST_LIST:,}",
        "lists": [(it, filters.url(name=it.list_view)) for it in offered],
        "too_long_for": "" if is_short else get_text_list([it.name for it in FORMATS if it.is_whole], "and"),
        "kit_url": filters.url(name="kits"),
        "random_url": filters.url(name="random"),
    }
