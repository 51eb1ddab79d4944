"""Question codes such as PY-ADV-004: their form in addresses, and the nearest there are to one that is missing."""

from difflib import SequenceMatcher

from questions.models import Level, Question, Technology


class CodeConverter:
    """A path part that has the form of a code, in any letter case."""

    regex = "[A-Za-z]{2,4}-[A-Za-z]{3}-[0-9]{3}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


def nearest_questions(code: str, limit: int = 5) -> list[Question]:
    """Published questions with the codes most like one that does not exist, best first, at any size of the bank."""
    questions = Question.objects.published().titles()
    before = questions.filter(code__lt=code).order_by("-code")[:limit]
    after = questions.filter(code__gt=code).order_by("code")[:limit]
    same_number = questions.filter(code__in=_codes_with_number(code.rpartition("-")[2])).order_by("code")
    found = {question.code: question for question in (*before, *after, *same_number)}
    return sorted(found.values(), key=lambda it: SequenceMatcher(None, it.code, code).ratio(), reverse=True)[:limit]


def _codes_with_number(number: str) -> list[str]:
    prefixes = Technology.objects.values_list("code_prefix", flat=True)
    parts = Level.objects.values_list("code_part", flat=True)
    return [f"{prefix}-{part}-{number}" for prefix in prefixes for part in parts]
