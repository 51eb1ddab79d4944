"""What of a text readers will not get, in sentences: the one place that an import asks, but for images."""

import re

from questions.models import Question
from questions.sections import MARKDOWN_FIELDS
from questions.text.code_blocks import without_blocks

PROGRAM = re.compile(r"<(script|iframe|style|object|embed|video|audio|form)\b", re.IGNORECASE)


def notices(question: Question) -> list[str]:
    """What is left out of a question's texts when they are rendered."""
    around = [without_blocks(getattr(question, name)) for name in MARKDOWN_FIELDS]
    elements = sorted({found.lower() for text in around for found in PROGRAM.findall(text)})
    return [f"<{name}> left out" for name in elements]
