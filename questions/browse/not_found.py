"""What the addresses of a question that readers cannot see answer: gone if they could once, else not found."""

from difflib import SequenceMatcher

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from questions.browse.neighbours import related_to
from questions.models import Level, Question, Technology


def not_found(request: HttpRequest, code: str) -> HttpResponse:
    """410 with the way on for an archived question, 404 with the nearest codes for all others that are not public."""
    archived = Question.objects.withdrawn().titles().filter(code=code).first()
    if archived is None:
        return render(request, "browse/not_found.html", {"code": code, "nearest": nearest_questions(code)}, status=404)
    context = {"question": archived, "related": related_to(archived, Question.objects.public())}
    return render(request, "browse/archived.html", context, status=410)


def nearest_questions(code: str, limit: int = 5) -> list[Question]:
    """Published questions with the codes most like one that does not exist, best first, at any size of the bank."""
    questions = Question.objects.public().titles()
    before = questions.filter(code__lt=code).order_by("-code")[:limit]
    after = questions.filter(code__gt=code).order_by("code")[:limit]
    same_number = questions.filter(code__in=_codes_with_number(code.rpartition("-")[2])).order_by("code")
    found = {question.code: question for question in (*before, *after, *same_number)}
    return sorted(
        found.values(), key=lambda question: SequenceMatcher(None, question.code, code).ratio(), reverse=True
    )[:limit]


def _codes_with_number(number: str) -> list[str]:
    prefixes = Technology.objects.values_list("code_prefix", flat=True)
    parts = Level.objects.values_list("code_part", flat=True)
    return [f"{prefix}-{part}-{number}" for prefix in prefixes for part in parts]
