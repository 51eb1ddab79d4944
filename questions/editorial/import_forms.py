"""The forms of an import: which file, and how it is to be taken."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.forms.boundfield import BoundField

from questions import states
from questions.exchange import files
from questions.exchange.columns import Column
from questions.exchange.plan import ADD, CHANGE, CREATE, DEFAULT, DEFAULTS, REFUSE, SKIP, TAKE, Plan
from questions.exchange.rows import COLUMNS
from questions.exchange.taxa import MODELS, Taxa
from questions.limits import MEGABYTE, UPLOAD

LABELS = {name: name.replace("_", " ").capitalize() for name in COLUMNS}
UNKNOWN = {
    REFUSE: "Refuse the row",
    CREATE: "Create them",
    DEFAULT: "Take what is said above for rows that do not say",
}
ALIKE = {
    REFUSE: "Refuse the row",
    TAKE: "Take what the hub has",
    CREATE: "Treat them as any other that the hub does not have",
}
SAME_TITLE = {
    SKIP: "Pass the row over",
    CHANGE: "Change the question that is there",
    ADD: "Add it as a new question",
}


class ImportForm(forms.Form):
    file = forms.FileField(
        help_text=f"{', '.join(files.READERS)}; at most {UPLOAD // MEGABYTE} MB.",
        widget=forms.FileInput(attrs={"accept": ",".join(files.READERS)}),
    )

    def clean_file(self) -> UploadedFile:
        """Refuse by size and name what is not even to be opened."""
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > UPLOAD:
            raise forms.ValidationError(
                f"The file has {(file.size or 0) / MEGABYTE:,.1f} MB; at most {UPLOAD // MEGABYTE} MB can be imported "
                "here. An operator can import larger ones with manage.py import_questions."
            )
        if Path(file.name or "").suffix.lower() not in files.READERS:
            raise forms.ValidationError(f"The name ends in none of {', '.join(files.READERS)}.")
        return file


class PlanForm(forms.Form):
    """Which column is which, and what holds for rows that do not say."""

    difficulty = forms.IntegerField(required=False, min_value=1, max_value=10)
    status = forms.ChoiceField()
    unknown = forms.ChoiceField(
        label="Technologies, categories and levels that the hub does not have",
        choices=list(UNKNOWN.items()),
        widget=forms.RadioSelect,
    )
    alike = forms.ChoiceField(
        label="Those that are a mistake or two away from one that the hub has",
        choices=list(ALIKE.items()),
        widget=forms.RadioSelect,
    )
    same_title = forms.ChoiceField(
        label="A row without a code whose title the hub has",
        choices=list(SAME_TITLE.items()),
        widget=forms.RadioSelect,
    )
    cuts_titles = forms.BooleanField(
        label="Shorten titles that are too long or have several lines",
        required=False,
        help_text="All of such a title then begins the answer. Else the row is refused.",
    )

    def __init__(self, *args: Any, columns: Mapping[str, Column], taxa: Taxa, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        self.columns, self.taxa, self.user = columns, taxa, user
        choices = [("", "– not imported –"), *LABELS.items()]
        for number, column in enumerate(columns.values()):
            self.fields[f"column_{number}"] = forms.ChoiceField(
                label=column.label, choices=choices, required=False, help_text=column.sample
            )
        for name in MODELS:
            widget = forms.TextInput(attrs={"list": f"{name}-values", "autocomplete": "off"})
            self.fields[name] = forms.CharField(required=False, max_length=60, widget=widget)
        may_review = user.has_perm(states.REVIEW)
        known = [(it.value, it.label) for it in states.STATES if it.is_writable or may_review]
        self.fields["status"].choices = known  # type: ignore[attr-defined]

    @property
    def of_columns(self) -> Iterator[tuple[Column, BoundField]]:
        """Each column with its field."""
        for number, column in enumerate(self.columns.values()):
            yield column, self[f"column_{number}"]

    @property
    def of_rows(self) -> list[tuple[BoundField, list[str]]]:
        """The fields for what holds for rows that do not say, each with what the hub has."""
        return [(self[name], [it.name for it in self.taxa.known.get(name, {}).values()]) for name in DEFAULTS]

    @property
    def choices(self) -> list[BoundField]:
        """The fields for what to do about rows that do not fit."""
        return [self[name] for name in ("unknown", "alike", "same_title", "cuts_titles")]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        targets = {cleaned.get(f"column_{number}") for number in range(len(self.columns))}
        if not targets & {"code", "title"}:
            self.add_error(None, "Say which column is the title: a question has at least that, or a code.")
        for name in MODELS:
            self._clean_taxon(name, cleaned, is_needed=not targets & {"code", name})
        if not cleaned.get("difficulty") and not targets & {"code", "difficulty"} and "difficulty" not in self.errors:
            self.add_error("difficulty", "Say how difficult they are: no column does.")
        return cleaned

    def _clean_taxon(self, name: str, cleaned: dict[str, Any], is_needed: bool) -> None:
        said = (cleaned.get(name) or "").strip()
        if is_needed and not said:
            self.add_error(name, f"Say which {name} they have: no column does.")
        if not said or said.casefold() in self.taxa.names[name]:
            return
        near = self.taxa.near(name, said)
        if near and cleaned.get("alike") == TAKE:
            return
        if near and cleaned.get("alike") != CREATE:
            self.add_error(name, f"There is no {name} “{said}”: did you mean “{near}”?")
        elif not self.user.has_perm(f"questions.add_{name}"):
            self.add_error(name, f"There is no {name} “{said}”, and you may not add one.")
        elif cleaned.get("unknown") != CREATE:
            self.add_error(name, f"There is no {name} “{said}”. Choose below to create what the hub does not have.")

    def plan(self, reading: str) -> Plan:
        """What was chosen."""
        cleaned = self.cleaned_data
        return Plan(
            columns={name: cleaned[f"column_{number}"] for number, name in enumerate(self.columns)},
            defaults={name: str(cleaned[name]) for name in DEFAULTS if cleaned[name]},
            unknown=cleaned["unknown"],
            alike=cleaned["alike"],
            same_title=cleaned["same_title"],
            cuts_titles=cleaned["cuts_titles"],
            reading=reading,
        )

    @staticmethod
    def initial_of(plan: Plan, columns: Mapping[str, Column]) -> dict[str, Any]:
        """What the form shows of a plan."""
        return {
            **{f"column_{number}": plan.columns.get(name, "") for number, name in enumerate(columns)},
            "status": states.FIRST,
            **plan.defaults,
            "unknown": plan.unknown,
            "alike": plan.alike,
            "same_title": plan.same_title,
            "cuts_titles": plan.cuts_titles,
        }
