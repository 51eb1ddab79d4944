"""What of a text readers will not get, in sentences: the one place that an import asks. Images tell of themselves."""

import re

from questions.models import Question
from questions.sections import MARKDOWN_FIELDS
from questions.text import notices as of_text
from questions.text.formulas import WITHOUT_EFFECT

# Most texts have none of these, and are not worth being read once more.
DOUBTFUL = re.compile(r"<[a-zA-Z!?]|!\[|\[\^|\b(javascript|data|file|ftp):|https?://[^\w]", re.IGNORECASE)


def notices(question: Question) -> list[str]:
    """What is left out of a question's texts, or changed, when they are rendered."""
    sources = (getattr(question, name) for name in MARKDOWN_FIELDS)
    texts = (it for it in sources if DOUBTFUL.search(it) or WITHOUT_EFFECT.search(it))
    found = (sentence for text in texts for sentence in of_text.notices(text))
    return [sentence for sentence in dict.fromkeys(found) if not sentence.startswith("The image ")]
