"""What is asked of a mock interview, and what a learner sends during one, checked."""

from typing import Any

from django import forms

from questions.practice.criteria import CRITERIA, SCORES
from questions.practice.forms import PostForm
from questions.practice.kit_forms import ShownCharField

SHORTEST, USUAL, LONGEST = 15, 30, 90  # minutes
LONGEST_NOTES = 4_000  # characters
WRONG_MINUTES = f"Minutes are a whole number from {SHORTEST} to {LONGEST}."
SCORE_ALL = "Score all four criteria, each with 1 to 4."


class ChoiceForm(forms.Form):
    """How long it is to be, and the seed that draws the same again."""

    minutes = forms.IntegerField(
        required=False,
        min_value=SHORTEST,
        max_value=LONGEST,
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), WRONG_MINUTES),
    )
    seed = ShownCharField(
        required=False, max_length=64, error_messages={"max_length": "A seed has at most 64 characters."}
    )


class BeginForm(PostForm):
    """What begins one."""

    minutes = forms.IntegerField(
        min_value=SHORTEST,
        max_value=LONGEST,
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), WRONG_MINUTES),
    )
    seed = ShownCharField(required=False, max_length=64)


class ShowForm(PostForm):
    """The notes, when the answer is to be shown."""

    position = forms.IntegerField(min_value=1, max_value=100)
    notes = ShownCharField(
        required=False,
        max_length=LONGEST_NOTES,
        error_messages={"max_length": f"At most {LONGEST_NOTES:,} characters of notes fit."},
    )


class ScoreForm(PostForm):
    """The scores of an answer."""

    position = forms.IntegerField(min_value=1, max_value=100)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(it, str(it)) for it in SCORES]
        errors = {"required": SCORE_ALL, "invalid_choice": SCORE_ALL}
        for criterion in CRITERIA:
            self.fields[criterion.key] = forms.TypedChoiceField(choices=choices, coerce=int, error_messages=errors)

    @property
    def scores(self) -> dict[str, int]:
        """Each criterion with its score."""
        return {it.key: self.cleaned_data[it.key] for it in CRITERIA}
