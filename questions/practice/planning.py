"""The learner's choices: minutes a day, the day of the interview, and what can be expected by then."""

from datetime import timedelta
from uuid import uuid4
from zoneinfo import available_timezones

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from questions.models import Learner
from questions.practice import log
from questions.practice.forecast import Forecast, forecast
from questions.practice.forms import PostForm
from questions.practice.learners import learner_of, learner_or_new, practice_page, remember
from questions.practice.queue import Queue, Session

FARTHEST = timedelta(days=730)
FIELDS = ("interview_on", "minutes", "new_a_day", "retention", "zone")


class PlanForm(PostForm):
    """What a learner may choose."""

    interview_on = forms.DateField(
        required=False,
        label="The day of the interview",
        help_text="None: there is no day, and questions come when they are due.",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": "A day looks like 2026-12-24."},
    )
    minutes = forms.IntegerField(min_value=1, max_value=480, label="Minutes a day")
    new_a_day = forms.IntegerField(
        min_value=0, max_value=100, label="New questions a day", help_text="A plan to a day works them out itself."
    )
    retention = forms.FloatField(
        min_value=0.8,
        max_value=0.95,
        label="How much to remember",
        help_text="0.8 to 0.95; the more, the more often questions come. 0.9 suits most.",
        widget=forms.NumberInput(attrs={"step": "0.01"}),
    )
    zone = forms.ChoiceField(
        choices=lambda: [(name, name) for name in sorted(available_timezones())], label="Time zone"
    )

    def clean_interview_on(self) -> object:
        """Refuse what is over, and what is too far away to plan for."""
        day = self.cleaned_data["interview_on"]
        today = log.today_of(None, "UTC")
        if day and not today - timedelta(days=1) <= day <= today + FARTHEST:
            raise ValidationError("Choose a day that is ahead, and within two years.")
        return day


@practice_page
@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: HttpRequest) -> HttpResponse:
    """What the learner has chosen, and what can be expected."""
    learner = learner_of(request)
    if request.method != "POST":
        chosen = learner or Learner()
        return _page(request, PlanForm(initial={name: getattr(chosen, name) for name in FIELDS}))
    form = PlanForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=400)
    learner, key = learner_or_new(request, form.cleaned_data["post"])
    _keep(learner, form)
    response = HttpResponseRedirect(reverse("practice_plan"), status=303)
    remember(response, key)
    return response


def _keep(learner: Learner, form: PlanForm) -> None:
    changed = [name for name in FIELDS if getattr(learner, name) != form.cleaned_data[name]]
    for name in changed:
        setattr(learner, name, form.cleaned_data[name])
    if "interview_on" in changed:
        learner.planned_on = log.today_of(learner) if learner.interview_on else None
    learner.save(update_fields=[*changed, "planned_on"])
    if "retention" in changed:
        log.rebuild(learner)


def expected(queue: Queue) -> Forecast | None:
    """What can be expected on the day of the plan."""
    if queue.plan is None or queue.learner is None:
        return None
    cards = queue.learner.cards.filter(question__in=queue.scope, count__gt=0).select_related("question")
    return forecast(queue.plan, list(cards.only(*FORECAST_FIELDS)), queue.learner.retention)


FORECAST_FIELDS = ("learner_id", "stability", "difficulty", "count", "rated_on", "due_on", "question__code")


def _page(request: HttpRequest, form: PlanForm, status: int = 200) -> HttpResponse:
    queue = Queue(learner_of(request), Session({}))
    context = {"form": form, "queue": queue, "forecast": expected(queue), "post": uuid4()}
    return render(request, "practice/plan.html", context, status=status)
