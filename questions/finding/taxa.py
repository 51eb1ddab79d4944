"""What questions are sorted by, read once for each version of the content."""

from questions.models import Category, Level, Technology
from questions.version import once_a_version


@once_a_version
def technologies() -> list[Technology]:
    return list(Technology.objects.all())


@once_a_version
def levels() -> list[Level]:
    return list(Level.objects.all())


@once_a_version
def categories() -> list[Category]:
    return list(Category.objects.all())


def level_positions() -> dict[int, int]:
    """The position of each level's id."""
    return {level.pk: level.position for level in levels()}
