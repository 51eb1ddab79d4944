"""The whole question set, and what a bank consists of."""

from typing import Any

from questions.exchange.rows import canonical
from questions.models import Category, Level, Question, SearchDocument, Technology
from questions.sections import HTML_FIELDS, MARKDOWN_FIELDS

PLAIN = ("code", "title", "difficulty", "status", "verified_for", "review_by", "published_at")


def empty_the_hub() -> None:
    for model in (Question, Technology, Category, Level):
        model.objects.all().delete()


def bank_of_now() -> dict[str, Any]:
    """All that editors and readers know, by code."""
    questions = Question.objects.with_taxa().with_follow_ups("answer", "answer_html").order_by("code")
    taxa = [list(model.objects.values("slug", "name", "position")) for model in (Technology, Category, Level)]
    codes = [
        Technology.objects.values_list("code_prefix", flat=True),
        Level.objects.values_list("code_part", flat=True),
    ]
    return {"taxa": [*taxa, *map(list, codes)]} | {question.code: question_of(question) for question in questions}


def question_of(question: Question) -> dict[str, Any]:
    document = SearchDocument.objects.filter(pk=question.pk).first()
    return {
        **{name: getattr(question, name) for name in PLAIN},
        **{name: canonical(getattr(question, name)) for name in MARKDOWN_FIELDS},
        **{name: getattr(question, name) for name in HTML_FIELDS},
        "taxa": [str(taxon) for taxon in (question.technology, question.category, question.level)],
        "follow_ups": [
            (it.text, canonical(it.answer), it.answer_html, it.answered_by and it.answered_by.code)
            for it in question.follow_ups.all()
        ],
        "search": document and (document.title, document.answer, document.body),
    }
