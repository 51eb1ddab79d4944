"""The form in which questions are written."""

from questions.desk.conflicts import CarefulForm
from questions.desk.widgets import MarkdownTextarea
from questions.models import MARKDOWN_FIELDS


class QuestionForm(CarefulForm):
    class Meta:
        widgets = dict.fromkeys(MARKDOWN_FIELDS, MarkdownTextarea)
