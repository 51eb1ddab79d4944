"""What today's page shows beside the queue: how far the learner is, and what they left unfinished."""

from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property

from django.db.models import Count, Q
from django.utils import timezone

from questions.models import Learner, Mock, Rating
from questions.practice.progress import ENOUGH
from questions.practice.queue import Queue

LATELY = timedelta(days=30)


@dataclass
class Glance:
    """A learner's progress in three numbers, their lists, and the mock interview that is to go on."""

    learner: Learner
    queue: Queue

    @cached_property
    def total(self) -> int:
        """The number of questions to practise."""
        return self.queue.scope.count()

    @cached_property
    def asked(self) -> int:
        """The number of these that were rated at least once."""
        return self.learner.cards.filter(count__gt=0, question__in=self.queue.scope).count()

    @cached_property
    def recalled(self) -> int | None:
        """The share of last month's ratings that were no misses, in percent; None of too few."""
        recent = self.learner.events.ratings().filter(at__gt=timezone.now() - LATELY).order_by()
        found = recent.aggregate(all=Count("pk"), right=Count("pk", filter=Q(rating__gt=Rating.MISSED)))
        return round(100 * found["right"] / found["all"]) if found["all"] >= ENOUGH else None

    @cached_property
    def lists(self) -> list[str]:
        """The names of the lists that are practised."""
        return [it.name for it in self.learner.lists.chosen()]

    @cached_property
    def mock(self) -> Mock | None:
        """The last mock interview, if it was interrupted."""
        last = self.learner.mocks.first()
        return last if last and last.answers.filter(scored_at=None).exists() else None
