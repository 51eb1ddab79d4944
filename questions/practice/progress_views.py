"""The page with a learner's progress."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from questions.practice.learners import learner_of, practice_page
from questions.practice.pictures import bars, calendar, dots, month_labels
from questions.practice.progress import Progress


@practice_page
@require_safe
def progress(request: HttpRequest) -> HttpResponse:
    """What is weak, what comes, what was done, and whether the schedule is right."""
    learner = learner_of(request)
    if learner is None:
        return render(request, "practice/progress.html")
    found = Progress(learner)
    months = [(f"{day:%Y-%m}", number) for day, number in found.year]
    context = {
        "progress": found,
        "due_bars": bars(found.due),
        "due_labels": [found.due[n][0] for n in (0, len(found.due) // 2, -1)],
        "most_due": max(number for _, number in found.due),
        "month_labels": month_labels(found.year),
        "squares": calendar(found.year),
        "weeks": (len(found.year) + 6) // 7 * 10,
        "months": [
            (month, sum(n for it, n in months if it == month)) for month in dict.fromkeys(it for it, _ in months)
        ],
        "dots": dots(found.bands),
    }
    return render(request, "practice/progress.html", context)
