"""The way between reading a list and recalling it."""

from typing import Any

from django import template

from questions.finding.question_filter import QuestionFilter
from questions.practice.mistakes import mistakes_in
from questions.practice.words import comes_again
from questions.text.plain import escaped

register = template.Library()
register.filter(comes_again)
register.filter("mistakes", mistakes_in)
register.filter("escaped", escaped)


@register.inclusion_tag("practice/_mode.html")
def mode(filters: QuestionFilter, recalling: bool = False) -> dict[str, Any]:
    """The same page of the list in both ways."""
    page = filters.results.number
    return {
        "read_url": filters.url(page, name="question_list"),
        "recall_url": filters.url(page, name="recall_list"),
        "practise_url": filters.url(name="practice_lists"),
        "practise": "Practise these",
        "recalling": recalling,
    }
