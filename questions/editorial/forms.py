"""The form in which questions are written."""

from typing import Any

from django.urls import reverse

from questions.editorial.conflicts import ConflictAwareForm
from questions.editorial.proposals import next_code_for_save
from questions.editorial.syntax import faults
from questions.editorial.widgets import MarkdownTextarea
from questions.sections import MARKDOWN_FIELDS


class QuestionForm(ConflictAwareForm):
    class Meta:
        widgets = dict.fromkeys(MARKDOWN_FIELDS, MarkdownTextarea)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if title := self.fields.get("title"):  # Whoever may only look has no fields.
            title.widget.attrs["data-similar"] = reverse("admin:questions_question_similar")
            title.widget.attrs["data-question"] = self.instance.pk or ""
        if code := self.fields.get("code"):
            code.required = False
            code.help_text += " Left empty, it becomes the next one that is free."
            code.widget.attrs["data-proposal"] = reverse("admin:questions_question_proposed_code")

    def clean(self) -> dict[str, Any]:
        """Give a question without a code the next one."""
        cleaned = super().clean() or self.cleaned_data
        is_missing = "code" in cleaned and not cleaned["code"]
        if is_missing and "technology" in cleaned and "level" in cleaned:
            cleaned["code"] = next_code_for_save(cleaned["technology"], cleaned["level"]) or ""
            if not cleaned["code"]:
                self.add_error("code", "All codes of this technology and level are taken; give it another middle part.")
        return cleaned

    def add_error(self, field: str | None, error: Any) -> None:
        """Put what is said of a field that the form does not have, such as a permanent code, on the form itself."""
        if field is None and hasattr(error, "error_dict"):
            for name, errors in error.error_dict.items():
                self.add_error(name, errors)
        else:
            super().add_error(field if field in self.fields else None, error)

    def full_clean(self) -> None:
        """Read the programs of the sections last: a text that cannot be rendered is not looked at twice."""
        super().full_clean()
        if self.is_bound and not self.errors:
            for field in MARKDOWN_FIELDS:
                for fault in faults(self.cleaned_data.get(field, "")):
                    self.add_error(field, fault)
