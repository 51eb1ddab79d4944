"""What an interviewer asks for, checked."""

from typing import Any

from django import forms
from django.utils.text import Truncator

from questions.text.plain import escaped

LONGEST_TITLE = 80  # characters
SHORTEST_INTERVIEW, LONGEST_INTERVIEW = 5, 180  # minutes
USUAL_INTERVIEW = 30
MOST_PICKED = 30
RECOMMENDATIONS = ("Strong yes", "Yes", "No", "Strong no")


class ShownCharField(forms.CharField):
    """Text as a page can show it, whatever bytes were in the address."""

    def to_python(self, value: Any) -> str:
        return super().to_python((value or "").replace("\0", "�").replace("\r\n", "\n")) or ""


class KitForm(forms.Form):
    """A kit's address."""

    title = ShownCharField(required=False)
    questions = ShownCharField(required=False)

    def notices(self) -> list[str]:
        """Check it, and say what had to be changed."""
        self.is_valid()
        title = " ".join(self.cleaned_data.get("title", "").split())
        self.cleaned_data["title"] = Truncator(title).chars(LONGEST_TITLE)
        return [] if len(title) <= LONGEST_TITLE else [f"The title is cut: at most {LONGEST_TITLE} characters fit."]


class PickForm(forms.Form):
    """How long the interview is, and how many questions it is to have."""

    title = ShownCharField(label="Role", required=False)
    minutes = forms.IntegerField(
        label="Minutes",
        min_value=SHORTEST_INTERVIEW,
        max_value=LONGEST_INTERVIEW,
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"),
            f"Minutes are a whole number from {SHORTEST_INTERVIEW} to {LONGEST_INTERVIEW}.",
        ),
    )
    number = forms.IntegerField(
        label="Questions",
        required=False,
        min_value=1,
        max_value=MOST_PICKED,
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value"),
            f"The number of questions is a whole number from 1 to {MOST_PICKED}, or nothing.",
        ),
    )
    seed = ShownCharField(required=False)

    def clean(self) -> dict[str, Any]:
        """Make sure that every question has a minute."""
        cleaned = super().clean() or self.cleaned_data
        minutes, number = cleaned.get("minutes"), cleaned.get("number")
        if minutes and number and number > minutes:
            self.add_error("number", f"{number} questions do not fit into {minutes} minutes.")
        return cleaned


class ListField(forms.Field):
    """All values of a parameter, in their order."""

    widget = forms.MultipleHiddenInput

    def to_python(self, value: Any) -> list[str]:
        return list(value or ())


class ArrangeForm(forms.Form):
    """A kit as its page sends it: the questions as they stood, and what is to become of one of them."""

    title = forms.CharField(required=False, strip=False)
    code = ListField(required=False)
    minutes = ListField(required=False)
    up = forms.CharField(required=False)
    down = forms.CharField(required=False)
    remove = forms.CharField(required=False)
    add = forms.CharField(required=False)

    def pairs(self) -> list[tuple[str, str]]:
        """The address of the kit; what is wrong with it is said there."""
        asked = self.cleaned_data
        order = [code for code in asked["code"] if code != asked["remove"]]
        for code, step in ((asked.get("up"), -1), (asked.get("down"), 1)):
            if code in order:
                place = order.index(code)
                order.insert(max(place + step, 0), order.pop(place))
        # A number with spaces in it, or none at all, would be read as something else.
        given = {code: "".join(text.split()) for code, text in zip(asked["code"], asked["minutes"], strict=False)}
        words = [f"{code}.{given.get(code) or '-'}" for code in order]
        title = [("title", asked["title"])] if asked.get("title") else []
        return [*title, ("questions", " ".join([*words, *asked.get("add", "").split()]))]


class ScorecardForm(forms.Form):
    """What is filled in on a scorecard beside the questions' own lines."""

    candidate = ShownCharField(required=False)
    recommendation = forms.ChoiceField(choices=[(it, it) for it in RECOMMENDATIONS], required=False)
    reasons = ShownCharField(required=False)

    def lines(self) -> list[str]:
        """Who it is about, if that was filled in."""
        candidate = self.cleaned_data.get("candidate")
        return [f"Candidate: {escaped(candidate)}"] if candidate else []
