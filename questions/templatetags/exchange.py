"""What pages say of themselves to machines, and the links to take a list away."""

import json
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from questions.browse import linked_data as data
from questions.exchange.views import MOST_QUESTIONS, fits_one_file
from questions.finding.question_filter import QuestionFilter
from questions.models import Question

FORMS = (
    ("list_anki", "Anki"),
    ("list_csv", "CSV"),
    ("list_markdown", "Markdown"),
    ("list_print", "Print"),
)
ESCAPES = {ord(character): f"\\u{ord(character):04X}" for character in "<>&"}  # None can end the script element.

register = template.Library()
register.filter("plain", data.plain)


@register.simple_tag
def linked_data(question: Question | None = None) -> SafeString:
    """The JSON-LD of a question's page, or without one of the list: data, which no browser runs."""
    text = json.dumps(data.of_question(question) if question else data.of_list(), ensure_ascii=False)
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(text.translate(ESCAPES)))


@register.inclusion_tag("exchange/_take_away.html")
def take_away(filters: QuestionFilter) -> dict[str, Any]:
    """Links to the list in every form, as far as it is short enough for them, and to a random question in it."""
    forms = FORMS if fits_one_file(filters) else ()
    return {
        "count": filters.count,
        "most": f"{MOST_QUESTIONS:,}",
        "forms": [(label, filters.url(name=name)) for name, label in forms],
        "json_url": filters.url(name="list_json"),
        "random_url": filters.url(name="random"),
    }
