"""What questions are sorted by, as an import finds it: what the hub has, and what the file brings along."""

from collections.abc import Iterable, Mapping
from functools import cache
from itertools import chain
from typing import Any

from django.contrib.admin.models import ADDITION, LogEntry
from django.core.exceptions import ValidationError

from questions.exchange import documents, values
from questions.exchange.comparison import Bad
from questions.exchange.near_names import near_name
from questions.exchange.new_taxa import made
from questions.exchange.plan import CREATE, REFUSE, TAKE
from questions.exchange.rows import expected, quoted
from questions.exchange.sentences import reasons
from questions.limits import MOST_TAXA
from questions.models import Category, Level, Question, Technology

Taxon = Technology | Category | Level
MODELS: dict[str, type[Taxon]] = {"technology": Technology, "category": Category, "level": Level}
PLURALS = {"technologies": "technology", "categories": "category", "levels": "level"}
UNIQUE = ("name", "code_prefix", "code_part")  # beside the slug


class Taxa:
    """The taxa, with those that are to be added. What the hub has stays as editors made it."""

    def __init__(self, user: Any = None, unknown: str = REFUSE, alike: str = REFUSE) -> None:
        self.user, self.unknown, self.alike = user, unknown, alike
        self.known: dict[str, dict[str, Taxon]] = {
            name: {taxon.slug: taxon for taxon in model.objects.all()} for name, model in MODELS.items()
        }
        self.names: dict[str, dict[str, Taxon]] = {
            name: {key.casefold(): it for it in taxa.values() for key in (it.name, it.slug)}
            for name, taxa in self.known.items()
        }
        self.new: list[Taxon] = []
        self.here = {name: [it.name for it in taxa.values()] for name, taxa in self.known.items()}
        self.near = cache(lambda name, said: near_name(said, self.here[name]))  # that a name may be meant for

    def find(self, name: str, value: Any) -> Taxon:
        """The taxon of a row, by its slug or name in any case, or an entry that has them.

        Raises ValueError where there is none, unless it is to be made.
        """
        said = (value.get("slug") or value.get("name")) if isinstance(value, Mapping) else value
        if value is None:
            raise ValueError(f"It says no {name}.")
        if not isinstance(said, str):
            raise ValueError(expected(f"The name of a {name}", value if said is None else said))
        found = self.names[name].get(said.strip().casefold())
        return found or self._missing(name, said, value)

    def _missing(self, name: str, said: str, value: Any) -> Taxon:
        """What takes the place of a taxon that the hub does not have; raises ValueError."""
        written = str(value.get("name") or said) if isinstance(value, Mapping) else said
        near = self.near(name, written.strip())
        if near and self.alike == TAKE:
            return self.names[name][near.casefold()]
        if near and self.alike != CREATE:
            raise ValueError(f"There is no {name} {quoted(said)}: did you mean {quoted(near)}?")
        if self.unknown == CREATE and said.strip():
            return self._make(name, written)
        raise ValueError(f"There is no {name} {quoted(said)}; there are {', '.join(self.known[name]) or 'none'}.")

    @property
    def new_in_words(self) -> list[str]:
        """What is new, and what it may be a mistake for, such as “level “Begginer”: did you mean “Beginner”?”."""
        return [self._in_words(str(taxon._meta.model_name), taxon.name) for taxon in self.new]

    def _in_words(self, name: str, said: str) -> str:
        near = self.near(name, said)
        return f"{name} {quoted(said)}: did you mean {quoted(near)}?" if near else f"{name} {said}"

    def add(self, plural: str, entries: Iterable[Mapping[str, Any]]) -> list[Bad]:
        """Take up what the hub lacks, and return what is wrong with the rest."""
        bad: list[Bad] = []
        for number, entry in enumerate(entries, start=1):
            where = documents.where(f"{plural}, entry", number, entry)
            if number > MOST_TAXA:
                return [*bad, Bad.of(where, "", f"A file brings at most {MOST_TAXA:,} {plural}.")]
            try:
                self._add(PLURALS[plural], entry)
            except ValidationError as error:
                found = reasons(error, MODELS[PLURALS[plural]])
                bad += [Bad.of(where, column, it) for column, sentences in found.items() for it in sentences]
        return bad

    def _add(self, name: str, entry: Mapping[str, Any]) -> None:
        taxon = MODELS[name](**_values(name, entry))
        if taxon.slug not in self.known[name]:
            self._take(name, taxon)

    def _make(self, name: str, said: Any) -> Taxon:
        """A taxon of which only the name is known."""
        try:
            taxon = made(MODELS[name], values.line(said), self.known[name].values())
            if sum(type(it) is type(taxon) for it in self.new) >= MOST_TAXA:
                raise ValueError(f"A file brings at most {MOST_TAXA:,} of one kind.")
            self._take(name, taxon)
        except ValidationError as error:
            found = reasons(error, MODELS[name]).values()
            raise ValueError(" ".join(chain.from_iterable(found))) from None
        return taxon

    def _take(self, name: str, taxon: Taxon) -> None:
        """Take up a taxon that is new; raises ValidationError."""
        if self.user and not self.user.has_perm(f"questions.add_{name}"):
            raise ValidationError(f"The hub has no {name} {quoted(taxon.slug)}, and you may not add one.")
        taxon.clean_fields()
        for field in UNIQUE:
            value = getattr(taxon, field, None)
            if value and any(getattr(other, field) == value for other in self.known[name].values()):
                raise ValidationError({field: f"There is a {name} with {quoted(value)} already."})
        self.known[name][taxon.slug] = taxon
        self.names[name] |= {taxon.slug.casefold(): taxon, taxon.name.casefold(): taxon}
        self.new.append(taxon)

    def save(self, user: Any) -> None:
        """Write those that are new, with who brought them."""
        for taxon in self.new:
            taxon.save()
        if user and self.new:
            LogEntry.objects.log_actions(user.pk, self.new, ADDITION, change_message="Imported")

    def complete(self, question: Question) -> None:
        """Give a question that was read before its taxa were saved the saved ones."""
        for name in MODELS:
            if getattr(question, f"{name}_id") is None:
                setattr(question, name, self.known[name][getattr(question, name).slug])


def _values(name: str, entry: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of an entry, read; raises ValidationError for what cannot be."""
    columns = [field.name for field in MODELS[name]._meta.concrete_fields if field.name != "id"]
    if unknown := [str(key) for key in entry if key not in columns]:
        raise ValidationError(f"There is no {quoted(unknown[0])}; it may have {', '.join(columns)}.")
    found: dict[str, Any] = {}
    errors: dict[str, str] = {}
    for column, value in entry.items():
        try:
            found[column] = values.position(value) if column == "position" else values.line(value)
        except ValueError as error:
            errors[column] = str(error)
    if errors:
        raise ValidationError(errors)
    return found
