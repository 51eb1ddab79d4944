"""What a learner sends, checked."""

from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django import forms
from django.utils import timezone

from questions.models import Action, Question, Rating
from questions.practice.log import Entry
from questions.practice.mistakes import mistakes_in

STALE = "This page is no longer good for a rating. Please open the question again."
CHOOSE = "Choose Missed, Shaky, Solid or Effortless."


class PostForm(forms.Form):
    """The id that every form of practice carries, so that it never counts twice."""

    post = forms.UUIDField(error_messages={"required": STALE, "invalid": STALE})

    @property
    def sentence(self) -> str:
        """The first thing that is wrong."""
        return next((str(error) for errors in self.errors.values() for error in errors), "")


class ZoneField(forms.CharField):
    """The name of a time zone; what is none counts for nothing."""

    def clean(self, value: Any) -> str:
        try:
            return ZoneInfo(value).key if value and len(value) <= 64 else ""
        except (ZoneInfoNotFoundError, ValueError, OSError):  # The last ones for names that are no file names.
            return ""


class DoneForm(PostForm):
    """What a learner did with a question."""

    action = forms.ChoiceField(
        choices=[it for it in Action.choices if it[0] != Action.UNDO],
        required=False,
        error_messages={"invalid_choice": CHOOSE},
    )
    rating = forms.TypedChoiceField(
        choices=Rating.choices, coerce=int, empty_value=None, required=False, error_messages={"invalid_choice": CHOOSE}
    )
    seen = forms.IntegerField(required=False, min_value=0, max_value=2**62, error_messages={"invalid": STALE})
    shown = forms.IntegerField(required=False)
    zone = ZoneField(required=False)

    def clean(self) -> dict[str, Any]:
        """Make sure that a rating, and nothing else, has one of the four."""
        cleaned = super().clean() or self.cleaned_data
        cleaned["action"] = cleaned.get("action") or Action.RATE
        if cleaned["action"] != Action.RATE:
            cleaned["rating"] = None
        elif cleaned.get("rating") is None and "rating" not in self.errors:
            self.add_error("rating", CHOOSE)
        return cleaned

    def entry(self, question: Question) -> Entry:
        """The line of the log."""
        ticked = self.data.getlist("mistake")  # type: ignore[attr-defined]
        known = mistakes_in(question.mistakes_html)
        shown = self.cleaned_data.get("shown")
        took = None if shown is None else int(timezone.now().timestamp() * 1000) - shown
        return Entry(
            question,
            self.cleaned_data["action"],
            self.cleaned_data["rating"],
            duration_ms=took if took is not None and took >= 0 else None,
            mistakes=[words for words in known if words in ticked],
        )
