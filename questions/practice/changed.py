"""What has changed in a question since a learner last recalled it."""

from questions import diffs, revisions
from questions.models import Card, Question
from questions.sections import MARKDOWN_FIELDS

SHOWN = ("title", *MARKDOWN_FIELDS, "follow_ups")  # the fields that matter to somebody who recalls


def changes_since(card: Card | None, question: Question) -> list[diffs.Change]:
    """The texts that differ from those of the last rating, each with the difference."""
    if card is None or card.rated_at is None or question.updated_at <= card.rated_at:
        return []
    seen = revisions.of(question.pk).filter(history_date__lte=card.rated_at).first()
    now = revisions.current(question.pk)
    if seen is None or now is None:
        return []
    before, after = revisions.texts(seen), revisions.texts(now)
    return diffs.changes(before, {name: after[name] for name in SHOWN}, diffs.deadline())
