"""The codes that are free: for a form, one; for an import, as many as it needs."""

from collections.abc import Collection, Iterator
from itertools import chain

from questions.codes import LAST
from questions.finding.search.backend import starts_with
from questions.models import Level, Question, Technology


def next_code(technology: Technology, level: Level) -> str | None:
    """The code after the highest, such as PY-ADV-006; else one from a gap; None where all are taken."""
    return next(free_codes(technology, level), None)


def free_codes(technology: Technology, level: Level, reserved: Collection[str] = ()) -> Iterator[str]:
    """All codes that are free and not reserved, in the order in which they are to be given."""
    prefix = f"{technology.code_prefix}-{level.code_part}-"
    codes = [*Question.objects.filter(starts_with("code", prefix)).values_list("code", flat=True)]
    codes += [code for code in reserved if code.startswith(prefix)]
    taken = {int(end) for code in codes if (end := code.removeprefix(prefix)).isdecimal()}
    last = max(taken, default=0)
    for number in chain(range(last + 1, LAST + 1), range(1, last)):
        if number not in taken:
            yield f"{prefix}{number:03}"


class Numbering:
    """Gives each new question of an import a code of its own, and none that the file gives itself."""

    def __init__(self, reserved: Collection[str]) -> None:
        self.reserved = reserved
        self.series: dict[tuple[str, str], Iterator[str]] = {}

    def next(self, technology: Technology, level: Level) -> str | None:
        """The next code of a technology and a level, saved or not."""
        key = technology.code_prefix, level.code_part
        if key not in self.series:
            self.series[key] = free_codes(technology, level, self.reserved)
        return next(self.series[key], None)
