"""The workflow in the admin: the panel on a question's page, what its buttons post to, and the actions on lists."""

from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from questions import readiness
from questions.editorial import workflow
from questions.editorial.pages import editorial_page
from questions.editorial.workflow import StepError
from questions.models import Question
from questions.querysets import QuestionQuerySet
from questions.states import STEPS, Step

MAX_AT_ONCE = 200  # questions that an action takes at once: each is rendered again and logged.
MOST_SENTENCES = 10

Action = Callable[[Any, HttpRequest, Any], HttpResponse | None]  # as ModelAdmin declares it


class StepForm(forms.Form):
    """A comment, and when the question that the user looked at was saved."""

    comment = forms.CharField(max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 4}))
    seen_at = forms.DateTimeField(required=False, widget=forms.HiddenInput)

    def __init__(self, step: Step, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["comment"].required = step.needs_comment
        self.fields["comment"].error_messages["required"] = workflow.COMMENT_NEEDED

    def sentences(self) -> list[str]:
        """What is wrong with it."""
        return [str(sentence) for errors in self.errors.values() for sentence in errors]


def panel(request: HttpRequest, question: Question) -> dict[str, Any]:
    """What a question's page shows of the workflow."""
    return {
        "workflow_steps": workflow.steps_for(request.user, question),
        "workflow_missing": readiness.missing(question),
        "workflow_log": question.workflow_steps.all(),
    }


@require_POST
def take_step(request: HttpRequest, model_admin: admin.ModelAdmin, pk: int, name: str) -> HttpResponse:
    """Take a step with one question, as a button on its page asks; what was typed comes back if that fails."""
    step, question = STEPS.get(name), Question.objects.filter(pk=pk).first()
    if step is None or question is None:
        raise Http404("There is no such question, or no such step.")
    form = StepForm(step, request.POST)
    refusals = form.sentences() or _take(step, [pk], request, model_admin, form)
    if refusals and form["comment"].value():
        return _page(request, model_admin, step, [question], form, refusals)
    _tell(request, step, 0 if refusals else 1, refusals)
    return redirect("admin:questions_question_change", pk)


def actions() -> list[Action]:
    """An action on lists for each step."""
    return [_action(step) for step in STEPS.values()]


def _action(step: Step) -> Action:
    @admin.action(description=f"{step.label}: selected questions", permissions=[step.right])
    def action(model_admin: admin.ModelAdmin, request: HttpRequest, questions: QuestionQuerySet) -> HttpResponse | None:
        return _take_with_all(step, model_admin, request, questions)

    action.__name__ = step.name
    return action


def _take_with_all(
    step: Step, model_admin: admin.ModelAdmin, request: HttpRequest, questions: QuestionQuerySet
) -> HttpResponse | None:
    if questions.count() > MAX_AT_ONCE:
        messages.error(request, f"Nothing was done: an action takes at most {MAX_AT_ONCE} questions at once.")
        return None
    form = StepForm(step, request.POST if "comment" in request.POST or not step.needs_comment else None)
    if not form.is_valid():
        return _page(request, model_admin, step, questions, form, form.sentences())
    pks = list(questions.values_list("pk", flat=True))
    refusals = _take(step, pks, request, model_admin, form)
    if len(refusals) == len(pks) and form.cleaned_data["comment"]:
        return _page(request, model_admin, step, questions, form, refusals)
    _tell(request, step, len(pks) - len(refusals), refusals)
    return None


def _take(
    step: Step, pks: Sequence[int], request: HttpRequest, model_admin: admin.ModelAdmin, form: StepForm
) -> list[str]:
    """Take a step with each question, each on its own, and return the sentences for those with which it failed."""
    refusals = []
    for pk in pks:
        try:
            question = workflow.take(step, pk, request.user, form.cleaned_data["comment"], form.cleaned_data["seen_at"])
            model_admin.log_change(request, question, f"{step.done}.")
        except StepError as refusal:
            refusals.append(str(refusal))
        except Question.DoesNotExist:
            refusals.append("A question was deleted meanwhile.")
    return refusals


def _tell(request: HttpRequest, step: Step, done: int, refusals: Sequence[str]) -> None:
    if done:
        messages.success(request, f"{done} question{' was' if done == 1 else 's were'} {step.done.lower()}.")
    for sentence in refusals[:MOST_SENTENCES]:
        messages.warning(request, sentence)
    if (more := len(refusals) - MOST_SENTENCES) > 0:
        messages.warning(request, f"And {more:,} more could not be {step.done.lower()}.")


def _page(
    request: HttpRequest,
    model_admin: admin.ModelAdmin,
    step: Step,
    questions: Sequence[Question] | QuestionQuerySet,
    form: StepForm,
    sentences: Sequence[str],
) -> HttpResponse:
    """Asks for the comment, or says why the step was refused and gives the comment back."""
    context = {
        "step": step,
        "questions": questions,
        "form": form,
        "sentences": sentences[:MOST_SENTENCES],
        "action_checkbox_name": ACTION_CHECKBOX_NAME,
    }
    return editorial_page(request, model_admin, "step", step.label, context)
