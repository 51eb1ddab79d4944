"""What a deletion takes with it, beyond what Django tells."""

from collections.abc import Iterable
from typing import Any

from questions.models import FollowUp, Question

Account = tuple[list[Any], dict[str, int], set[str], list[str]]  # what `get_deleted_objects` of the admin returns


def with_lost_links(account: Account, questions: Iterable[Question]) -> Account:
    """The admin's account of a deletion, with the follow-ups of other questions that lose their answer."""
    deleted, counts, permissions_needed, protected = account
    losing = FollowUp.objects.filter(answered_by__in=questions).exclude(question__in=questions)
    links = losing.select_related("question").order_by("question__code", "position")
    lost = [f"{link.question.code} keeps its follow-up “{link.text}” but loses the answer to it" for link in links]
    return [*deleted, *lost], counts, permissions_needed, protected
