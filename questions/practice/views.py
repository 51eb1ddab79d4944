"""Practice, a day at a time: what there is today, one question a page, and what is done with it."""

from datetime import date
from urllib.parse import urlencode
from uuid import uuid4

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from questions.browse.one_question import with_question
from questions.models import Action, Card, Learner, Question, Rating
from questions.practice import log
from questions.practice.changed import changes_since
from questions.practice.forms import DoneForm, PostForm
from questions.practice.glance import Glance
from questions.practice.learners import learner_of, learner_or_new, practice_page, remember
from questions.practice.mistakes import mistakes_in
from questions.practice.queue import Queue, Session
from questions.practice.schedule import due_after
from questions.practice.words import comes_again
from questions.querysets import QuestionQuerySet

JSON = "application/json"
SEE_OTHER = 303
MANY_MISSES = 5  # after which a question is to be learned anew and not merely asked again

DONE_SINCE = "You have done something with this question since this page was opened. That stands; this was not added."

VERBS = {
    Action.RATE: "was rated",
    Action.SKIP: "comes later today",
    Action.LATER: "comes tomorrow at the earliest",
    Action.KNOW: "is known, and does not come again",
    Action.RESET: "begins anew",
}


@practice_page
@require_safe
def today(request: HttpRequest) -> HttpResponse:
    """What there is today."""
    queue = Queue(learner_of(request), Session(request.GET))
    glance = Glance(queue.learner, queue) if queue.learner else None
    context: dict[str, object] = {"queue": queue, "glance": glance, "next_url": next_url(queue), "post": uuid4()}
    context["last"] = _last(queue.learner)
    response = render(request, "practice/today.html", context)
    if glance is None:
        response["X-Robots-Tag"] = "all"  # What practice is may be found; what somebody practises may not.
    return response


@practice_page
@require_http_methods(["GET", "HEAD", "POST"])
@with_question(QuestionQuerySet.for_reading)
def ask(request: HttpRequest, question: Question) -> HttpResponse:
    """Ask a question, or take what a learner does with it and lead on to the next."""
    if request.method != "POST":
        return _page(request, question)
    form = DoneForm(request.POST)
    if not form.is_valid():
        return _refused(request, question, form.sentence, 400)
    learner, key = learner_or_new(request, form.cleaned_data["post"])
    try:
        _know_zone(learner, form.cleaned_data["zone"])
        post, seen = form.cleaned_data["post"], form.cleaned_data["seen"]
        is_new = log.add(learner, post, [form.entry(question)], seen)
    except log.Refused as refused:
        return _refused(request, question, str(refused), 429)
    if not is_new and not learner.events.filter(post=post).exists():
        return _refused(request, question, DONE_SINCE, 409)
    response = _taken(request, learner, question)
    remember(response, key)
    return response


@practice_page
@require_POST
def undo(request: HttpRequest) -> HttpResponse:
    """Undo what the learner did last, and ask that question again."""
    form, learner = PostForm(request.POST), learner_of(request)
    session = Session(request.POST)
    try:
        event = log.undo(learner, form.cleaned_data["post"]) if learner and form.is_valid() else None
    except log.Refused:
        event = None
    url = reverse("practice_question", args=[event.question.code]) if event else reverse("practice")
    return HttpResponseRedirect(with_session(url, session), status=SEE_OTHER)


@practice_page
@require_safe
def lead_on(request: HttpRequest) -> HttpResponse:
    """Lead to the next question, or to what there is today."""
    return HttpResponseRedirect(next_url(Queue(learner_of(request), Session(request.GET))), status=SEE_OTHER)


@practice_page
@require_safe
def number_due(request: HttpRequest) -> HttpResponse:
    """The number of questions left for today, for the header."""
    learner = learner_of(request)
    return JsonResponse({"due": len(Queue(learner, Session({})).codes) if learner else 0})


@practice_page
@require_safe
def ratings(request: HttpRequest) -> HttpResponse:
    """The last rating of each question and its time in milliseconds, for lists."""
    learner = learner_of(request)
    rated = learner.cards.filter(count__gt=0).values_list("question__code", "rating", "rated_at") if learner else []
    return JsonResponse({code: [rating, int(at.timestamp() * 1000)] for code, rating, at in rated if at})


def next_url(queue: Queue, but: str = "") -> str:
    """Where the queue goes on: a question, not the one that was just asked if there is another, or today's page."""
    codes = [code for code in queue.codes if code != but] or queue.codes
    url = reverse("practice_question", args=codes[:1]) if codes else reverse("practice")
    return with_session(url, queue.session)


def with_session(url: str, session: Session) -> str:
    """An address that goes on with a session."""
    return url + (f"?{urlencode(session.pairs)}" if session.pairs else "")


def _wants_json(request: HttpRequest) -> bool:
    """Whether a script asks that shows the answer itself."""
    return request.get_preferred_type(["text/html", JSON]) == JSON


def _taken(request: HttpRequest, learner: Learner, question: Question) -> HttpResponse:
    """On to the next question; for a script, what became of this one."""
    if not _wants_json(request):
        queue = Queue(learner, Session(request.POST))
        return HttpResponseRedirect(next_url(queue, but=question.code), status=SEE_OTHER)
    card = Card.objects.get(learner=learner, question=question)
    queue = Queue(learner, Session({}))
    day = queue.plan.due_on(card, question.code) if queue.plan else card.due_on
    again = f"; it comes again {comes_again(day, queue.day)}" if day else ""
    return JsonResponse({"words": f"Rated {Rating(card.rating or 1).label}{again}."})


def _refused(request: HttpRequest, question: Question, problem: str, status: int) -> HttpResponse:
    if _wants_json(request):
        return JsonResponse({"problem": problem}, status=status)
    return _page(request, question, problem, status)


def _know_zone(learner: Learner, zone: str) -> None:
    """Keep the zone that the browser is in now: days are the learner's, wherever they are."""
    if zone and zone != learner.zone:
        learner.zone = zone
        learner.save(update_fields=["zone"])


def _page(request: HttpRequest, question: Question, problem: str = "", status: int = 200) -> HttpResponse:
    learner = learner_of(request)
    queue = Queue(learner, Session(request.GET if request.method != "POST" else request.POST))
    card = Card.objects.filter(learner=learner, question=question).first() if learner else None
    context = {
        "question": question,
        "card": card,
        "queue": queue,
        "problem": problem,
        "post": uuid4(),
        "shown": int(timezone.now().timestamp() * 1000),
        "ratings": _ratings(card, question, queue),
        "mistakes": mistakes_in(question.mistakes_html),
        "changes": changes_since(card, question),
        "last": _last(learner),
        "many_misses": card is not None and card.misses >= MANY_MISSES,
    }
    return render(request, "practice/ask.html", context, status=status)


def _ratings(card: Card | None, question: Question, queue: Queue) -> list[tuple[Rating, date]]:
    """Each rating with the day on which the question comes again after it, under the plan if there is one."""
    retention, plan, code = (queue.learner or Learner()).retention, queue.plan, question.code
    days = [(it, due_after(card, it, queue.day, code, retention)) for it in Rating]
    return [(it, plan.capped(day, queue.day, code)) for it, day in days] if plan else days


def _last(learner: Learner | None) -> dict[str, object] | None:
    """What the learner did last and can undo, in words."""
    event = log.last_done(learner) if learner else None
    if event is None:
        return None
    words = f"was rated {event.get_rating_display()}" if event.rating else VERBS[Action(event.action)]
    return {"code": event.question.code, "words": words}
