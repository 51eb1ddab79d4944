"""What an answer is scored by: four criteria, each with words for what its four scores look like."""

from typing import NamedTuple

SCORES = range(1, 5)


class Criterion(NamedTuple):
    """Something that an answer is scored by; `anchors` say what deserves 1, 2, 3 and 4."""

    key: str
    name: str
    anchors: tuple[str, str, str, str]

    @property
    def scale(self) -> list[tuple[int, str]]:
        """Each score with its words."""
        return list(zip(SCORES, self.anchors, strict=True))


CRITERIA = (
    Criterion(
        "correct",
        "Correct",
        (
            "Wrong, or no answer",
            "Partly right; something wrong was left standing",
            "Right in all that matters",
            "Right and exact, and says where it stops being true",
        ),
    ),
    Criterion(
        "deep",
        "Deep",
        (
            "Names terms alone",
            "Says what happens, not why",
            "Explains why it works that way",
            "Explains causes, trade-offs and limits without being asked",
        ),
    ),
    Criterion(
        "concrete",
        "Concrete",
        (
            "No example, even when asked",
            "A textbook example, when asked",
            "An example from real work",
            "An example from real work, with what came of it and what to do differently",
        ),
    ),
    Criterion(
        "clear",
        "Clear",
        (
            "Could not be followed",
            "Could be followed after several questions",
            "Well ordered, the answer first",
            "Short and well ordered, in the listener’s words",
        ),
    ),
)
