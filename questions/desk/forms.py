"""The form in which questions are written."""

from django import forms

from questions.desk.widgets import MarkdownTextarea
from questions.models import MARKDOWN_FIELDS


class QuestionForm(forms.ModelForm):
    class Meta:
        widgets = dict.fromkeys(MARKDOWN_FIELDS, MarkdownTextarea)
