"""Mock interviews: the page that sets one up is everybody's, the interview and its report are the learner's own."""

from collections.abc import Sequence
from datetime import timedelta
from urllib.parse import urlencode
from uuid import uuid4

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hub.pages.address import public_page
from questions.finding.filters import REPEATABLE
from questions.finding.question_filter import QuestionFilter
from questions.models import Mock, Question
from questions.practice import log, mocks
from questions.practice.criteria import CRITERIA
from questions.practice.forms import PostForm
from questions.practice.kits import Kit
from questions.practice.learners import learner_of, learner_or_new, practice_page, remember
from questions.practice.mistakes import mistakes_in
from questions.practice.mock_forms import LONGEST, SHORTEST, USUAL, BeginForm, ChoiceForm, ScoreForm, ShowForm
from questions.practice.scope import filter_of

SEE_OTHER = 303
MOST_FOLLOW_UPS = 3
NOTHING_FITS = "No question fits all of that. Choose less, and there will be some."


@public_page("minutes", "seed", "questions", *QuestionFilter.base_filters, repeatable=REPEATABLE)
@require_safe
def set_up(request: HttpRequest) -> HttpResponse:
    """Choose technologies, levels and minutes; the address holds the choice and the seed."""
    form = ChoiceForm(request.GET)
    form.is_valid()
    return _choice(request, form)


@practice_page
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest) -> HttpResponse:
    """Ask whether to begin, with the choice in the address; or draw the questions, and lead to the first."""
    if request.method != "POST":
        form = BeginForm({**request.GET.dict(), "post": str(uuid4())})
        return _choice(request, form, template="begin" if form.is_valid() else "set_up")
    form = BeginForm(request.POST)
    if not form.is_valid():
        return _choice(request, form, status=400)
    learner, key = learner_or_new(request, form.cleaned_data["post"])
    try:
        found = mocks.begin(learner, form.cleaned_data["post"], _asked(request, form))
    except log.Refused as refused:
        return _choice(request, form, [str(refused)], status=429)
    if found is None:
        return _choice(request, form, [NOTHING_FITS], status=400)
    response = HttpResponseRedirect(reverse("mock_one", args=[found.pk]), status=SEE_OTHER)
    remember(response, key)
    return response


@practice_page
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """The learner's interviews, the last first; those that were interrupted go on where they stopped."""
    learner = learner_of(request)
    found = list(learner.mocks.prefetch_related("answers")) if learner else []
    rows = [(it, [one for one in it.answers.all() if one.scored_at], it.answers.all()) for it in found]
    return render(request, "practice/mock/mine.html", {"rows": rows})


@practice_page
@require_http_methods(["GET", "HEAD", "POST"])
def mock(request: HttpRequest, number: int) -> HttpResponse:
    """Where the interview stands: a question, its answer to be scored, or the report."""
    found = _own(request, number)
    if request.method != "POST":
        return _stage(request, found)
    is_score = "correct" in request.POST or request.POST.get("step") == "score"
    form: ShowForm | ScoreForm = ScoreForm(request.POST) if is_score else ShowForm(request.POST)
    if not form.is_valid():
        return _stage(request, found, form.sentence, status=400)
    if isinstance(form, ScoreForm):
        mocks.score(found, form.cleaned_data["position"], form.scores, request.POST.getlist("mistake"))
    else:
        mocks.show(found, form.cleaned_data["position"], form.cleaned_data["notes"])
    return HttpResponseRedirect(request.path, status=SEE_OTHER)


@practice_page
@require_POST
def revise(request: HttpRequest, number: int) -> HttpResponse:
    """Put what was weak into the learner's queue."""
    found, form = _own(request, number), PostForm(request.POST)
    if not form.is_valid():
        return _stage(request, found, form.sentence, status=400)
    try:
        mocks.Report(found).revise(form.cleaned_data["post"])
    except log.Refused as refused:
        return _stage(request, found, str(refused), status=429)
    return HttpResponseRedirect(reverse("practice"), status=SEE_OTHER)


@practice_page
@require_safe
def markdown(request: HttpRequest, number: int) -> HttpResponse:
    """The report as Markdown."""
    found = _own(request, number)
    if found.answers.filter(scored_at=None).exists():
        raise Http404
    text = render_to_string("practice/mock/report.md", {"report": mocks.Report(found)})
    response = HttpResponse(text, content_type="text/markdown; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="mock-interview-{found.begun_at:%Y-%m-%d}.md"'
    return response


def _own(request: HttpRequest, number: int) -> Mock:
    """The learner's own interview of that number; others are not there."""
    learner = learner_of(request)
    found = learner.mocks.filter(pk=number).first() if learner and number < 2**63 else None
    if found is None:
        raise Http404
    return found


def _asked(request: HttpRequest, form: BeginForm) -> mocks.Asked:
    pairs = filter_of(request.POST.urlencode()).pairs
    items = Kit.of(request.POST).items
    return mocks.Asked(urlencode(pairs), form.cleaned_data["minutes"], form.cleaned_data["seed"], items)


def _choice(
    request: HttpRequest,
    form: ChoiceForm | BeginForm,
    notices: Sequence[str] = (),
    status: int = 200,
    template: str = "set_up",
) -> HttpResponse:
    data = request.POST if request.method == "POST" else request.GET
    filters, kit = QuestionFilter(data, queryset=Question.objects.public()), Kit.of(data)
    notices = [*notices, *(str(error) for errors in form.errors.values() for error in errors), *filters.misunderstood]
    context = {
        "filters": filters,
        "kit": kit,
        "notices": [*notices, *kit.notices],
        "minutes": _minutes(kit, form),
        "seed": form.cleaned_data.get("seed") or "",
        "post": form.data.get("post", ""),
    }
    return render(request, f"practice/mock/{template}.html", context, status=status)


def _minutes(kit: Kit, form: ChoiceForm | BeginForm) -> int:
    """The minutes that the form offers; a kit may have more or fewer than an interview can."""
    if kit.items:
        return min(max(kit.minutes, SHORTEST), LONGEST)
    return form.cleaned_data.get("minutes") or USUAL


def _stage(request: HttpRequest, found: Mock, problem: str = "", status: int = 200) -> HttpResponse:
    answers = list(found.answers.all())
    standing = next((it for it in answers if not it.scored_at), None)
    context = {"mock": found, "problem": problem, "post": uuid4(), "total": len(answers)}
    if standing is None:
        return render(request, "practice/mock/report.html", context | {"report": mocks.Report(found)}, status=status)
    question = Question.objects.for_reading().get(pk=standing.question_id)
    context |= {
        "answer": standing,
        "question": question,
        "follow_ups": [it for it in question.follow_ups.all() if it.opens][:MOST_FOLLOW_UPS],
        "typed": request.POST,
        "scores": [(it, request.POST.get(it.key, "")) for it in CRITERIA],
        "ticked": request.POST.getlist("mistake"),
        "mistakes": mistakes_in(question.mistakes_html),
        "ends_at": standing.asked_at + timedelta(minutes=standing.minutes) if standing.asked_at else None,
        "now": timezone.now(),
    }
    return render(request, "practice/mock/ask.html", context, status=status)
