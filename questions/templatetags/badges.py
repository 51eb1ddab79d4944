"""What a question is about and how hard it is, in a line."""

from functools import lru_cache

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from questions.models import Question

register = template.Library()


@register.simple_tag
def badges(question: Question) -> SafeString:
    """Its technology, category, level and difficulty."""
    level = question.level
    return _badges(question.technology.name, question.category.name, level.name, level.position, question.difficulty)


@lru_cache(maxsize=500)  # Few questions differ in them, and a list has fifteen.
def _badges(technology: str, category: str, level: str, rank: int, difficulty: int) -> SafeString:
    of_question = {"technology": technology, "category": category, "level": level, "rank": rank}
    return render_to_string("browse/_badges.html", of_question | {"difficulty": difficulty})
