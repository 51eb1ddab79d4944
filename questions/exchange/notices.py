"""What of a text readers will not get, in sentences: the one place that an import asks. Images tell of themselves."""

import re

from questions.models import Question
from questions.sections import MARKDOWN_FIELDS
from questions.text import notices as of_text

# Most texts have neither, and are not worth being read once more.
DOUBTFUL = re.compile(r"<[a-zA-Z]|\b(javascript|data|file|ftp):", re.IGNORECASE)


def notices(question: Question) -> list[str]:
    """What is left out of a question's texts, or changed, when they are rendered."""
    texts = filter(DOUBTFUL.search, (getattr(question, name) for name in MARKDOWN_FIELDS))
    found = (sentence for text in texts for sentence in of_text.notices(text))
    return [sentence for sentence in dict.fromkeys(found) if not sentence.startswith("The image ")]
