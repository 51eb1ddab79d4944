"""The log of what was practised, and what is done to it: a line is added, and the card follows."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.db import transaction
from django.db.models import Count, Q
from django.utils import timezone

from questions.models import Action, Card, Learner, PracticeEvent, Question
from questions.models.practice import day_of, standing_by_question
from questions.practice.schedule import IN_REVIEW, chance, replay

MOST_A_MINUTE = 60  # lines from one learner
MOST_EVENTS = 50_000  # lines that a learner may have, of about 200 bytes: fifteen a day for nine years
LONGEST = 600_000  # ms that a recall may take; whoever needs longer was away
AWAY = 3_600_000  # ms


class Refused(Exception):  # noqa: N818 (it is what happens)
    """A line that is not taken; its text tells the learner why."""


@dataclass(frozen=True)
class Entry:
    """What a learner does with one question."""

    question: Question
    action: str = Action.RATE
    rating: int | None = None
    duration_ms: int | None = None
    mistakes: list[str] = field(default_factory=list)
    at: datetime | None = None


def offset_of(zone: str, at: datetime) -> int:
    """Minutes that a zone's clock is ahead of UTC at a moment; a zone that nobody knows is UTC."""
    try:
        offset = at.astimezone(ZoneInfo(zone)).utcoffset()
    except (ZoneInfoNotFoundError, ValueError, OSError):  # The last ones for names that are no file names.
        return 0
    return int((offset or timedelta()).total_seconds() // 60)


def today_of(learner: Learner | None, zone: str = "UTC") -> date:
    """The learner's day."""
    now = timezone.now()
    return day_of(now, offset_of(learner.zone if learner else zone, now))


@transaction.atomic
def add(learner: Learner, post: UUID, entries: Collection[Entry], seen: int | None = None) -> bool:
    """Add the lines of a form, all or none, and say whether they are new.

    They are not if the form was sent before, or if its question has had another line since `seen`, the last one that
    its page knew: from another tab or another device. Raises Refused.
    """
    Learner.objects.select_for_update().get(pk=learner.pk)  # One after another, on whatever device.
    if learner.events.filter(post=post).exists():
        return False
    questions = {entry.question.pk: entry.question for entry in entries}
    cards = _cards(learner, questions)
    if seen is not None and any(card.last_event > seen for card in cards.values()):
        return False
    check_limits(learner, len(entries))
    _write(learner, cards, [_event(learner, cards[it.question.pk], it, post) for it in entries])
    return True


@transaction.atomic
def undo(learner: Learner, post: UUID) -> PracticeEvent | None:
    """Undo the last form that stands, and return a line of it; None if nothing is left, or this was sent before."""
    Learner.objects.select_for_update().get(pk=learner.pk)
    last = last_done(learner)
    if last is None or learner.events.filter(post=post).exists():
        return None
    undone = list(learner.events.standing().filter(post=last.post).select_related("question"))
    check_limits(learner, len(undone))
    cards = _cards(learner, {event.question_id: event.question for event in undone})
    lines = [_event(learner, cards[it.question_id], Entry(it.question, Action.UNDO), post) for it in undone]
    for line, event in zip(lines, undone, strict=True):
        line.undoes = event
    _write(learner, cards, lines)
    return undone[0]


def last_done(learner: Learner) -> PracticeEvent | None:
    """The last line that stands, which is what can be undone."""
    return learner.events.standing().select_related("question").order_by("at", "pk").last()


def check_limits(learner: Learner, number: int) -> None:
    """Refuse what is more than a person does, and more than a hub may keep for one; raises Refused."""
    lately = Q(at__gt=timezone.now() - timedelta(minutes=1))
    lines = learner.events.aggregate(all=Count("pk"), lately=Count("pk", filter=lately))
    if number == 1 and lines["lately"] >= MOST_A_MINUTE:
        raise Refused("That were too many in one minute. Please wait a moment, and send it again.")
    if lines["all"] + number > MOST_EVENTS:
        raise Refused(f"Your log has {MOST_EVENTS:,} lines, which is as much as fits. Download it, and begin anew.")


def rebuild(learner: Learner) -> int:
    """Derive every card of a learner from the log again, and return how many there are."""
    events = learner.events.standing().select_related("question").only(*EVENT_FIELDS)
    by_question = standing_by_question(events)
    cards = {card.question_id: card for card in learner.cards.select_related("question").only("pk", *CARD_KEYS)}
    missing = {pk: found[0].question for pk, found in by_question.items() if pk not in cards}
    cards |= {pk: Card(learner=learner, question=question) for pk, question in missing.items()}
    last = dict(learner.events.order_by("pk").values_list("question_id", "pk"))
    for pk, card in cards.items():
        card.last_event = last.get(pk, 0)
        replay(card, card.question.code, by_question.get(pk, []), learner.retention)
    return _save(cards.values())


DERIVED = [it.name for it in Card._meta.concrete_fields if it.name not in ("id", "learner", "question")]
CARD_KEYS = ("learner_id", "question_id", "question__code")
EVENT_FIELDS = ("learner_id", "action", "rating", "day", "at", "question_id", "question__code")


def _cards(learner: Learner, questions: dict[int, Question]) -> dict[int, Card]:
    """The learner's cards of these questions, by question; those not there yet are made."""
    cards = {card.question_id: card for card in learner.cards.filter(question__in=questions)}
    for pk, question in questions.items():
        cards.setdefault(pk, Card(learner=learner, question=question)).question = question
    return cards


def _event(learner: Learner, card: Card, entry: Entry, post: UUID) -> PracticeEvent:
    at = entry.at or timezone.now()
    offset = offset_of(learner.zone, at)
    duration = entry.duration_ms if entry.duration_ms is None or entry.duration_ms <= AWAY else None
    return PracticeEvent(
        learner=learner,
        question=entry.question,
        action=entry.action,
        rating=entry.rating,
        state=IN_REVIEW if card.count else 0,
        predicted=_predicted(card, day_of(at, offset)) if entry.action == Action.RATE else None,
        duration_ms=None if duration is None else min(duration, LONGEST),
        offset_minutes=offset,
        day=day_of(at, offset),
        at=at,
        post=post,
        mistakes=entry.mistakes,
    )


def _predicted(card: Card, day: date) -> float | None:
    """The recall that FSRS expects on another day than that of the last rating."""
    return chance(card, day) if card.rated_on and card.rated_on < day else None


def _write(learner: Learner, cards: dict[int, Card], lines: list[PracticeEvent]) -> None:
    """Store the lines, and derive their cards again."""
    PracticeEvent.objects.bulk_create(lines, batch_size=500)
    for line in lines:
        cards[line.question_id].last_event = line.pk
    standing = learner.events.standing().filter(question__in=cards)
    by_question = standing_by_question(standing)
    for pk, card in cards.items():
        replay(card, card.question.code, by_question.get(pk, []), learner.retention)
    _save(cards.values())
    if any(line.action == Action.RATE for line in lines):
        Learner.objects.filter(pk=learner.pk).update(reviewed_at=timezone.now())


def _save(cards: Iterable[Card]) -> int:
    """Store cards, new ones and known ones."""
    cards = list(cards)
    known = [card for card in cards if card.pk]
    Card.objects.bulk_create([card for card in cards if card.pk is None], batch_size=500)
    if len(known) == 1:
        known[0].save()  # Far quicker than in bulk, and what every rating does.
    else:
        Card.objects.bulk_update(known, DERIVED, batch_size=100)
    return len(cards)
