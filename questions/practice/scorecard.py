"""A scorecard that was filled in, as a file. The hub makes the file of what is sent, and keeps none of it."""

import csv
import re
from collections.abc import Iterator, Mapping
from io import StringIO
from typing import NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from hub.origin import is_from_here
from questions.practice.criteria import CRITERIA, SCORES, Criterion
from questions.practice.kit_forms import ScorecardForm
from questions.practice.kits import Entry, Kit
from questions.text.plain import escaped

ELSEWHERE = "A scorecard is only taken from its own page, and your browser does not say that this is it."
BYTE_ORDER_MARK = "\ufeff"  # Without it Excel would not read UTF-8.
FORMULA = re.compile(r"['\t\r\n]|\s*[=+\-@＝＋－＠]")  # how a cell begins that a spreadsheet takes for a formula


class Scored(NamedTuple):
    """A question with its evidence, and a score of 1 to 4, or nothing, for each criterion."""

    entry: Entry
    evidence: str
    scores: list[int | None]

    @property
    def title(self) -> str:
        return self.entry.question.title if self.entry.question else self.entry.gone


@csrf_exempt  # The page is the same for everybody and has no token; `is_from_here` takes its place.
@require_POST
def markdown(request: HttpRequest) -> HttpResponse:
    """The scorecard as Markdown."""
    return _file(request, "md", "text/markdown; charset=utf-8")


@csrf_exempt
@require_POST
def csv_file(request: HttpRequest) -> HttpResponse:
    """The scorecard as comma-separated values, a line a question."""
    return _file(request, "csv", "text/csv; charset=utf-8")


def _file(request: HttpRequest, ending: str, content_type: str) -> HttpResponse:
    if not is_from_here(request):
        return render(request, "practice/refused.html", {"reason": ELSEWHERE}, status=403)
    form = ScorecardForm(request.POST)
    form.is_valid()
    kit = Kit.of(request.POST)
    text = _markdown(kit, form) if ending == "md" else _csv(kit, form)
    headers = {
        "Content-Disposition": f'attachment; filename="scorecard.{ending}"',
        "Cache-Control": "private, no-store",
    }
    return HttpResponse(text, content_type=content_type, headers=headers)


def _scored(kit: Kit, data: Mapping[str, str]) -> Iterator[Scored]:
    for entry in kit.entries:
        code = entry.item.code
        scores = [_score(data.get(f"{it.key}-{code}", "")) for it in CRITERIA]
        yield Scored(entry, _typed(data.get(f"evidence-{code}", "")), scores)


def _score(text: str) -> int | None:
    return int(text) if text in map(str, SCORES) else None


def _typed(text: str) -> str:
    return text.replace("\r\n", "\n").strip()


def _markdown(kit: Kit, form: ScorecardForm) -> str:
    blocks = [f"# Scorecard: {escaped(kit.title)}" if kit.title else "# Scorecard", *form.lines()]
    for scored in _scored(kit, form.data):
        blocks.append(f"## {scored.entry.number}. {escaped(scored.title)}")
        blocks.append(f"{scored.entry.item.code} · {scored.entry.item.minutes} min")
        blocks += [scored.evidence] if scored.evidence else []
        blocks.append("\n".join(_line(*pair) for pair in zip(CRITERIA, scored.scores, strict=True)))
    blocks += ["## Recommendation", form.cleaned_data.get("recommendation") or "None yet"]
    blocks += [it for it in (_typed(form.cleaned_data.get("reasons", "")),) if it]
    return "\n\n".join(blocks) + "\n"


def _line(criterion: Criterion, score: int | None) -> str:
    return f"- {criterion.name}: {f'{score} of 4 ({criterion.anchors[score - 1]})' if score else 'not scored'}"


def _csv(kit: Kit, form: ScorecardForm) -> str:
    file = StringIO()
    writer = csv.writer(file)
    writer.writerow(["role", "candidate", "code", "question", "minutes", "evidence", *(it.key for it in CRITERIA)])
    about = [kit.title, form.cleaned_data.get("candidate", "")]
    for code, title, minutes, evidence, scores in (
        (it.entry.item.code, it.title, it.entry.item.minutes, it.evidence, it.scores) for it in _scored(kit, form.data)
    ):
        writer.writerow([*map(_cell, [*about, code, title]), minutes, _cell(evidence), *(it or "" for it in scores)])
    overall = [form.cleaned_data.get("recommendation", ""), _typed(form.cleaned_data.get("reasons", ""))]
    writer.writerow(map(_cell, [*about, "recommendation", overall[0], "", overall[1]]))
    return BYTE_ORDER_MARK + file.getvalue()


def _cell(text: str) -> str:
    """The text, which no spreadsheet takes for a formula."""
    return f"'{text}" if FORMULA.match(text) else text
