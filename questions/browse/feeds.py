"""The newest questions as an Atom feed."""

import re
from datetime import datetime

from django.contrib.syndication.views import Feed
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.views.decorators.http import require_safe

from hub.links import absolute
from hub.pages.address import public_page
from questions.finding.taxa import subjects
from questions.models import Question
from questions.querysets import QuestionQuerySet
from questions.text.images import with_other_addresses

NAME = "Knowledge Hub"
SUMMARY = (
    "Technical interview questions, each with a short answer, the mechanism behind it, a worked example, "
    "common mistakes and the follow-ups an interviewer asks."
)
SIZE = 50
TAG = "tag:knowledge-hub,2026:questions"  # RFC 4151; a hub that moves to another address keeps its entries' ids.
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")  # XML cannot say them at all.


class NewestQuestions(Feed):
    """Every link is absolute: Django would build others from the request's Host."""

    feed_type = Atom1Feed
    title = author_name = NAME
    subtitle = SUMMARY
    language = "en-GB"
    feed_guid = TAG

    def link(self) -> str:
        return absolute(reverse("front_page"))

    def feed_url(self) -> str:
        return absolute(reverse("feed"))

    def items(self) -> QuestionQuerySet:
        return Question.objects.public().for_list().prefetch_related(None).newest()[:SIZE]

    def item_title(self, question: Question) -> str:
        return CONTROLS.sub("", question.plain_title)

    def item_description(self, question: Question) -> str:
        html = with_other_addresses(question.answer_html, lambda name: absolute(reverse("image", args=[name])))
        return CONTROLS.sub("", html)

    def item_link(self, question: Question) -> str:
        return absolute(question.get_absolute_url())

    def item_guid(self, question: Question) -> str:
        return f"{TAG}/{question.code}/{question.published_at:%Y-%m-%d}"

    def item_pubdate(self, question: Question) -> datetime | None:
        return question.published_at

    def item_updateddate(self, question: Question) -> datetime:
        return question.updated_at

    def item_categories(self, question: Question) -> list[str]:
        return [CONTROLS.sub("", str(taxon)) for taxon in (*subjects(question), question.level)]


feed = public_page()(require_safe(NewestQuestions()))
