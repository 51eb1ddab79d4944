"""Questions row by row into the hub: what each row would change, whether it may, and all of them written or none.

django-import-export leads through the import; how a question is read, compared and written stands here. Rows come and
go a few at a time: Markdown is rendered ahead by several processes while rows are checked, and questions are written in
batches with their follow-ups and search documents.
"""

from collections import Counter, deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from difflib import unified_diff
from functools import partial
from itertools import islice
from typing import Any, NamedTuple

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from import_export.fields import Field
from import_export.instance_loaders import BaseInstanceLoader
from import_export.resources import ModelResource
from import_export.results import Result, RowResult
from import_export.widgets import Widget

from questions import readiness, states
from questions.exchange import cells
from questions.exchange.rows import COLUMNS, WRITTEN_ONLY, FileError, Row, Source, canonical
from questions.finding.search import documents
from questions.models import Category, FollowUp, Level, Question, Technology, WorkflowStep
from questions.revisions import CHANGED as WAS_CHANGED
from questions.revisions import CREATED, catch_up, record
from questions.sections import HTML_FIELDS, MARKDOWN_FIELDS
from questions.states import REVIEW
from questions.text.markdown import PROCESSES, render
from questions.version import forget

CHUNK = 50  # rows that are looked up at a time
AHEAD = 4  # chunks that are looked up and rendered ahead, so that rendering goes on while a batch is written
BATCH = 200  # questions that are written at a time
MOST_BAD = 100  # reasons that are told before the rest is left unread
TAXA = {"technology": Technology, "category": Category, "level": Level}
PLURALS: dict[str, type[Technology | Category | Level]] = {
    "technologies": Technology,
    "categories": Category,
    "levels": Level,
}
WRITTEN = [
    field.name for field in Question._meta.concrete_fields if field.name not in ("id", "code", "created_at")
]  # when a question changes
NEW, CHANGED, SKIPPED = RowResult.IMPORT_TYPE_NEW, RowResult.IMPORT_TYPE_UPDATE, RowResult.IMPORT_TYPE_SKIP

Values = dict[str, str]


class Change(NamedTuple):
    """A column that differs: lines that begin with +, - or a space, as in a diff."""

    column: str
    lines: list[str]


class Outcome(NamedTuple):
    """What becomes of a good row: `kind` is NEW, CHANGED or SKIPPED."""

    kind: str
    question: Question
    before: Values
    after: Values

    def changes(self) -> list[Change]:
        """What differs in a question that was there."""
        return [
            Change(column, _diff(self.before[column], text))
            for column, text in self.after.items()
            if self.before and text != self.before[column]
        ]


def _diff(before: str, after: str) -> list[str]:
    """The lines that differ, each with a line of what is around them."""
    lines = unified_diff(before.split("\n"), after.split("\n"), n=1, lineterm="")
    return [line for line in lines if not line.startswith(("---", "+++", "@@"))]


class Bad(NamedTuple):
    """Why a row cannot be imported."""

    where: str
    column: str
    reason: str

    def __str__(self) -> str:
        return ": ".join(filter(None, self))


class ImportResult(Result):
    """The library's counts, and the reasons against what is bad."""

    def __init__(self) -> None:
        super().__init__()
        self.bad: list[Bad] = []

    def append_row_result(self, row_result: RowResult) -> None:
        """Keep no rows, of which there may be a million."""

    def append_invalid_row(self, number: int, row: Mapping[str, Any], validation_error: ValidationError) -> None:
        reasons = validation_error.message_dict if hasattr(validation_error, "error_dict") else {"": [validation_error]}
        for name, sentences in reasons.items():
            column = {NON_FIELD_ERRORS: "", "asked_next": "follow_ups"}.get(name, name)
            self.bad += [Bad(row["row"].where, column, " ".join(ValidationError(it).messages)) for it in sentences]

    def append_error_row(self, number: int, row: Mapping[str, Any], errors: list[Any]) -> None:
        raise errors[0].error  # Nothing that a row may do wrong ends here.

    def append_base_error(self, error: Any) -> None:
        raise error.error

    def has_validation_errors(self) -> bool:
        return bool(self.bad)


class Rows:
    """A source as the library takes data; chunks are prepared while those before are worked on."""

    headers = ("code", "row")

    resource: "QuestionResource"  # which imports them

    def __init__(self, source: Source) -> None:
        self.source = source

    def __len__(self) -> int:
        return len(self.source.rows) if isinstance(self.source.rows, Sequence) else 0

    def __bool__(self) -> bool:
        return True

    def __iter__(self) -> Iterator[tuple[Any, Row]]:
        ahead: deque[list[Row]] = deque()
        rows = iter(self.source.rows)
        while self.resource.goes_on:
            while len(ahead) < AHEAD and (chunk := list(islice(rows, CHUNK))):
                self.resource.prepare(chunk)
                ahead.append(chunk)
            if not ahead:
                return
            yield from ((row.fields.get("code"), row) for row in ahead.popleft())


class Known(BaseInstanceLoader):
    """Finds questions among those that were looked up for the chunk."""

    def get_instance(self, row: Mapping[str, Any]) -> Question | None:
        return self.resource.known.pop(row["code"], None)


class Reader(Widget):
    """Reads a cell by a function, which raises ValueError with a sentence."""

    def __init__(self, read: Callable[[Any], Any]) -> None:
        super().__init__()
        self.read = read

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        return self.read(value)


class QuestionResource(ModelResource):
    """Imports questions by code.

    `user` is who imports, and may do no more than in the admin; nobody means the operator, who may do everything.
    `tell` hears of each row that is good, in order, before it is written.
    """

    class Meta:
        model = Question
        fields = COLUMNS
        import_id_fields = ["code"]
        instance_loader_class = Known
        use_bulk = True
        batch_size = BATCH
        skip_diff = True
        use_transactions = True

    def __init__(self, user: Any = None, tell: Callable[[Outcome], None] = lambda outcome: None) -> None:
        super().__init__()
        self.user, self.tell = user, tell
        self.fields = {name: Field("asked_next" if name == "follow_ups" else name, name) for name in COLUMNS}
        for name, field in self.fields.items():
            field.widget = Reader(self._reader(name))

    def _reader(self, column: str) -> Callable[[Any], Any]:
        if column in TAXA:
            return partial(self._taxon, column)
        special = {
            "code": cells.text,
            "difficulty": cells.difficulty,
            "published_at": cells.moment,
            "review_by": cells.day,
            "follow_ups": cells.follow_ups,
        }
        return special.get(column) or (cells.markdown if column in MARKDOWN_FIELDS else cells.line)

    def import_data(self, dataset: Rows, dry_run: bool = False, **kwargs: Any) -> ImportResult:
        """What the rows of a source come to; with anything bad, or as a dry run, nothing is written."""
        self.result, self.dry_run, self.is_refused = ImportResult(), dry_run, False
        self.known: dict[str, Question] = {}
        self.rendering: dict[str, Any] = {}
        self.seen: dict[str, str] = {}
        self.pks: dict[str, int] = {}
        self.links: dict[str, list[str]] = {}
        self.loose: list[tuple[int, str]] = []
        self.words: Counter[str] = Counter()
        self.written: dict[str, list[int]] = {CREATED: [], WAS_CHANGED: []}
        self.new_taxa: list[Technology | Category | Level] = []
        self.taxa = {name: {taxon.slug: taxon for taxon in model.objects.all()} for name, model in TAXA.items()}
        dataset.resource = self
        self.pool = ThreadPoolExecutor(PROCESSES)
        try:
            if dry_run:  # Without a transaction, which would keep others from writing.
                return self.import_data_inner(dataset, True, False, False, False, **kwargs)
            return super().import_data(dataset, rollback_on_validation_errors=True, **kwargs)
        except IntegrityError:
            raise FileError("Somebody changed the same questions at the same time; import again.") from None
        finally:
            self.pool.shutdown(cancel_futures=True)

    def get_result_class(self) -> Callable[[], ImportResult]:
        return lambda: self.result

    @property
    def goes_on(self) -> bool:
        """Whether to read on."""
        return not self.is_refused and len(self.result.bad) < MOST_BAD

    # Taxonomies.

    def before_import(self, dataset: Rows, **kwargs: Any) -> None:
        """Add what the source brings along and the hub lacks; what it has stays as editors made it."""
        for plural, entries in dataset.source.taxonomies.items():
            for number, entry in enumerate(entries, start=1):
                try:
                    self._add_taxon(PLURALS[plural], entry)
                except ValidationError as error:
                    self.is_refused = True
                    self.result.append_invalid_row(0, {"row": Row(f"{plural}, entry {number}", {})}, error)

    def _add_taxon(self, model: type[Technology | Category | Level], entry: Mapping[str, Any]) -> None:
        name = model._meta.model_name or ""
        if entry.get("slug") in self.taxa[name]:
            return
        known = [field.name for field in model._meta.concrete_fields if field.name != "id"]
        if unknown := [str(key) for key in entry if key not in known]:
            raise ValidationError(f"There is no “{unknown[0]}”; it may have {', '.join(known)}.")
        if self.user and not self.user.has_perm(f"questions.add_{name}"):
            raise ValidationError(f"The hub has no {name} “{entry.get('slug')}”, and you may not add one.")
        taxon = model(**entry)
        taxon.full_clean()
        if not self.dry_run:
            taxon.save()
        self.taxa[name][taxon.slug] = taxon
        self.new_taxa.append(taxon)

    def _taxon(self, name: str, value: Any) -> Any:
        slug = value.get("slug") if isinstance(value, Mapping) else value
        taxon = self.taxa[name].get(slug) if isinstance(slug, str) else None
        if taxon is None:
            raise ValueError(f"There is no {name} “{slug}”; there are {', '.join(self.taxa[name]) or 'none'}.")
        return taxon

    # Rows.

    def prepare(self, rows: Sequence[Row]) -> None:
        """Look up the questions of these rows, and begin to render what they change."""
        codes = {code for row in rows if isinstance(code := row.fields.get("code"), str)}
        found = Question.objects.filter(code__in=codes).defer(*HTML_FIELDS).with_taxa().with_follow_ups()
        self.known |= {question.code: question for question in found}
        self.pks |= {code: question.pk for code, question in self.known.items()}
        for row in rows:
            self._render_ahead(row, self.known.get(row.fields.get("code", "")))

    def _render_ahead(self, row: Row, question: Question | None) -> None:
        now = tuple(getattr(question, name, "") for name in MARKDOWN_FIELDS)
        texts = [row.fields.get(name, text) for name, text in zip(MARKDOWN_FIELDS, now, strict=True)]
        if all(isinstance(text, str) for text in texts):
            then = tuple(map(canonical, texts))
            if then != tuple(map(canonical, now)):
                self.rendering[row.where] = self.pool.submit(render, then)

    def before_import_row(self, row: dict[str, Any], **kwargs: Any) -> None:
        """Refuse what cannot be read, what questions do not have, and a code that stood there before."""
        where, fields, problem = row["row"]
        if problem:
            raise ValidationError(problem)
        if unknown := [str(column) for column in fields if column not in (*COLUMNS, *WRITTEN_ONLY)]:
            raise ValidationError(dict.fromkeys(unknown, "Questions have nothing of this name."))
        code = fields.get("code")
        if not isinstance(code, str) or not code:
            raise ValidationError({"code": "It has no code."})
        if code in self.seen:
            raise ValidationError({"code": f"{code} stands in {self.seen[code]} already."})
        self.seen[code] = where
        row.update(fields)

    def after_init_instance(self, instance: Question, new: bool, row: Mapping[str, Any], **kwargs: Any) -> None:
        """Remember how the question was."""
        instance.asked_next = [] if new else _answers(instance)  # type: ignore[attr-defined]
        instance.before = {} if new else _values(instance)  # type: ignore[attr-defined]
        self.current = instance

    def skip_row(self, instance: Any, original: Any, row: Any, import_validation_errors: Any = None) -> bool:
        return not import_validation_errors and instance.before == _values(instance)

    def validate_instance(
        self, instance: Question, import_validation_errors: Any = None, validate_unique: bool = True
    ) -> None:
        """Raise ValidationError with everything that is wrong, as the admin would."""
        errors = import_validation_errors or {}
        if rendering := self.rendering.pop(self.seen[instance.code], None):
            rendering.exception()  # Waits; `render` keeps what comes out.
        taken = [name for name in TAXA if getattr(instance, name, None)]  # Looked up already.
        try:
            self._check_status(instance)
            instance.full_clean(
                exclude={*errors, *taken, *HTML_FIELDS}, validate_unique=False, validate_constraints=False
            )
            self._check_readiness(instance)
        except ValidationError as error:
            errors = error.update_error_dict(errors)
        if errors:
            raise ValidationError(errors)

    def _check_status(self, question: Any) -> None:
        """Refuse what only those may do who review: what is no draft is theirs."""
        if self.user is None or self.user.has_perm(REVIEW):
            return
        before = question.before or {"status": states.FIRST, "published_at": ""}
        if not states.BY_VALUE[before["status"]].is_writable:
            raise ValidationError(f"{question.code} is no draft; only those who review may change it.")
        if question.status in states.BY_VALUE and not question.state.is_writable:
            raise ValidationError({"status": "You may import drafts alone; those who review may publish."})
        if _values(question)["published_at"] != before["published_at"]:
            raise ValidationError({"published_at": "Only those who review may date a publication."})

    def _check_readiness(self, question: Any) -> None:
        """Refuse to publish, in somebody's name, what they could not publish on its page."""
        is_published_now = question.is_public and question.before.get("status") not in states.PUBLIC
        missing = self.user and is_published_now and readiness.would_lack(question, len(question.asked_next))
        if missing:
            raise ValidationError({"status": " ".join(["It cannot be published yet.", *missing])})

    def after_import_row(self, row: Mapping[str, Any], row_result: RowResult, **kwargs: Any) -> None:
        """Tell of a good row; only here is known whether it was skipped."""
        question: Any = self.current
        self.tell(Outcome(row_result.import_type, question, question.before, _values(question)))

    # Writing.

    def bulk_create(self, *args: Any, result: Any = None, **kwargs: Any) -> None:
        """Write the questions that have come together, new and changed, unless all would be taken back anyway."""
        try:
            if self.create_instances and not self.dry_run and not self.result.bad:
                self._write(self.create_instances)
        finally:
            self.create_instances.clear()

    def save_instance(self, instance: Any, is_create: bool, row: Any, **kwargs: Any) -> None:
        """Leave the writing to `bulk_create`, whether the question is new or not."""
        self._note_links(instance)
        self.create_instances.append(instance)

    def _note_links(self, question: Any) -> None:
        """Remember links that are not known to lead to a question; it may still come."""
        for _, code in question.asked_next:
            if code and code not in self.pks:
                self.links.setdefault(code, []).append(self.seen[question.code])

    def _write(self, questions: list[Any]) -> None:
        new = [question for question in questions if question._state.adding]
        changed = [question for question in questions if not question._state.adding]
        catch_up([question.pk for question in changed])
        for question in questions:
            question.updated_at = timezone.now()
        Question.objects.bulk_create(new)
        Question.objects.bulk_create(changed, update_conflicts=True, unique_fields=["pk"], update_fields=WRITTEN)
        self.pks |= {question.code: question.pk for question in questions}
        self.written[CREATED] += [question.pk for question in new]
        self.written[WAS_CHANGED] += [question.pk for question in changed]
        arrived = [it for it in questions if it.status != it.before.get("status", states.FIRST)]
        WorkflowStep.objects.log_arrivals(arrived, self.user, "Imported")
        self._write_follow_ups([it for it in questions if it.before.get("follow_ups", "") != _lines(it.asked_next)])
        written = Question.objects.filter(pk__in=[question.pk for question in questions])
        self.words.update(documents.write(documents.for_index(written)))

    def _write_follow_ups(self, questions: list[Any]) -> None:
        asked = [(question, n, *it) for question in questions for n, it in enumerate(question.asked_next, start=1)]
        unknown = {code for *_, code in asked if code} - self.pks.keys()
        self.pks |= dict(Question.objects.filter(code__in=unknown).values_list("code", "pk"))
        follow_ups = [
            FollowUp(question=question, position=position, text=text, answered_by_id=self.pks.get(code))
            for question, position, text, code in asked
        ]
        for question in questions:
            if question.before:
                question.follow_ups.filter(position__gt=len(question.asked_next)).delete()
        FollowUp.objects.bulk_create(
            follow_ups,
            update_conflicts=True,
            unique_fields=["question", "position"],
            update_fields=["text", "answered_by"],
        )
        codes = [code for *_, code in asked]
        self.loose += [
            (it.pk, code) for it, code in zip(follow_ups, codes, strict=True) if code and not it.answered_by_id
        ]

    def after_import(self, dataset: Rows, result: ImportResult, **kwargs: Any) -> None:
        """Tie the links that lead to questions further down, or say that they lead nowhere."""
        ahead = self.links.keys() - self.seen.keys()
        known = set(Question.objects.filter(code__in=ahead).values_list("code", flat=True))
        for code in sorted(ahead - known):
            reason = f"There is no question {code}, neither in the hub nor in what is imported."
            result.bad += [Bad(where, "follow_ups", reason) for where in self.links[code]]
        if not self.dry_run and not result.bad:
            linked = [FollowUp(pk=pk, answered_by_id=self.pks[code]) for pk, code in self.loose]
            FollowUp.objects.bulk_update(linked, ["answered_by"], batch_size=BATCH)
            documents.add_to_counts(self.words)
            self._record()
            forget()
            transaction.on_commit(forget)

    def _record(self) -> None:
        """Write the history, when all links are tied."""
        for kind, pks in self.written.items():
            for start in range(0, len(pks), BATCH):
                record(Question.objects.filter(pk__in=pks[start : start + BATCH]), "Imported", kind)


def _answers(question: Question) -> list[tuple[str, str]]:
    return [(it.text, it.answered_by.code if it.answered_by else "") for it in question.follow_ups.all()]


def _values(question: Any) -> Values:
    """The columns as texts, by which versions are compared."""
    return {
        "title": question.title,
        **{name: taxon.slug if (taxon := getattr(question, name, None)) else "" for name in TAXA},
        "difficulty": str(question.difficulty),
        "status": question.status,
        "verified_for": question.verified_for,
        "review_by": question.review_by.isoformat() if question.review_by else "",
        "published_at": question.published_at.isoformat() if question.published_at else "",
        **{name: canonical(getattr(question, name)) for name in MARKDOWN_FIELDS},
        "follow_ups": _lines(question.asked_next),
    }


def _lines(follow_ups: Sequence[tuple[str, str]]) -> str:
    return "\n".join(f"{text} → {code}" if code else text for text, code in follow_ups)
