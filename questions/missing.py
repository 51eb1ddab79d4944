"""What the addresses of a question that readers cannot see answer: gone if they could once, else not found."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from questions.codes import nearest_questions
from questions.models import Question
from questions.neighbours import related_to


def no_such_question(request: HttpRequest, code: str) -> HttpResponse:
    """410 with the way on for an archived question, 404 with the nearest codes for all others that are not public."""
    archived = Question.objects.archived().titles().filter(code=code).first()
    if archived is None:
        return render(request, "questions/missing.html", {"code": code, "nearest": nearest_questions(code)}, status=404)
    context = {"question": archived, "related": related_to(archived, Question.objects.published())}
    return render(request, "questions/archived.html", context, status=410)
