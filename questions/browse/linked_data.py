"""What search engines read about a page: schema.org's terms as JSON-LD."""

from html import unescape
from typing import Any

from django.urls import reverse
from django.utils.html import strip_tags

from hub.links import absolute
from questions.finding.taxa import subjects
from questions.models import Question
from questions.text import images

LIST_NAME = "Interview Questions"


def plain(html: str) -> str:
    """The text of stored HTML, on one line."""
    return " ".join(unescape(strip_tags(images.as_text(html))).split())


def of_question(question: Question) -> dict[str, Any]:
    """A quiz of one question, and the way to its page."""
    url = absolute(question.get_absolute_url())
    return _graph(
        {
            "@type": "Quiz",
            "@id": f"{url}#quiz",
            "url": url,
            "name": question.plain_title,
            "identifier": question.code,
            "inLanguage": "en",
            "about": {"@type": "Thing", "name": ": ".join(subjects(question))},
            "educationalLevel": question.level.name,
            "datePublished": question.published_at.isoformat() if question.published_at else None,
            "dateModified": question.updated_at.isoformat(),
            "hasPart": {
                "@type": "Question",
                "eduQuestionType": "Flashcard",
                "text": question.plain_title,
                "acceptedAnswer": {"@type": "Answer", "text": plain(question.answer_html)},
            },
        },
        _breadcrumb((LIST_NAME, absolute(reverse("question_list"))), (question.code, url)),
    )


def of_list() -> dict[str, Any]:
    """The way to the list."""
    return _graph(_breadcrumb((LIST_NAME, absolute(reverse("question_list")))))


def _graph(*things: dict[str, Any]) -> dict[str, Any]:
    return {"@context": "https://schema.org", "@graph": list(things)}


def _breadcrumb(*steps: tuple[str, str]) -> dict[str, Any]:
    steps = (("Home", absolute(reverse("front_page"))), *steps)
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": position, "name": name, "item": url}
            for position, (name, url) in enumerate(steps, start=1)
        ],
    }
