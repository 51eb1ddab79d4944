"""The way between reading a list and recalling it."""

from datetime import date
from typing import Any

from django import template

from questions.finding.question_filter import QuestionFilter
from questions.practice.mistakes import mistakes_in
from questions.text.plain import escaped

register = template.Library()
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


@register.filter
def comes_again(day: date, today: date) -> str:
    """When a question comes again, as its button says it."""
    days = (day - today).days
    if days < 2:
        return "tomorrow"
    return f"in {days} days" if days < 60 else f"in {round(days / 30.4)} months"
