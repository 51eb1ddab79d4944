"""What the addresses of one question have in common: any letter case leads there, and what is not public leads on."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, resolve_url

from questions.browse.not_found import not_found
from questions.models import Question
from questions.querysets import QuestionQuerySet

Load = Callable[[QuestionQuerySet], QuestionQuerySet]
View = Callable[Concatenate[HttpRequest, Question, ...], HttpResponseBase]


def with_question(load: Load) -> Callable[[View], Callable[..., HttpResponseBase]]:
    """Give the view the public question of the code in its address, loaded as `load` says."""

    def decorate(view: View) -> Callable[..., HttpResponseBase]:
        @wraps(view)
        def wrapper(request: HttpRequest, code: str, **kwargs: Any) -> HttpResponseBase:
            if code != code.upper():
                return _in_capitals(request, code, kwargs)
            question = load(Question.objects.public()).filter(code=code).first()
            return not_found(request, code) if question is None else view(request, question, **kwargs)

        return wrapper

    return decorate


def _in_capitals(request: HttpRequest, code: str, others: dict[str, Any]) -> HttpResponse:
    """The same address, query included, with the code as it is written."""
    name = request.resolver_match.view_name if request.resolver_match else "question"
    query = request.META.get("QUERY_STRING", "")
    return redirect(resolve_url(name, code=code.upper(), **others) + (f"?{query}" if query else ""), permanent=True)
