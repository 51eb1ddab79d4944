"""Who did what and when, for superusers: Django's log of the admin, and django-axes' logs of log-ins and failures."""

from datetime import datetime
from itertools import islice
from typing import Any, NamedTuple

from axes.models import AccessFailureLog, AccessLog
from django import forms
from django.contrib import admin
from django.contrib.admin.models import ADDITION, CHANGE, DELETION, LogEntry
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

PAGE = 50
PAGES = 40  # Further back lead the dates; so no page reads more than PAGE * PAGES short rows of a table.

KINDS = {
    "added": "Added",
    "changed": "Changed",
    "deleted": "Deleted",
    "imported": "Imported",
    "exported": "Exported",
    "login": "Logged in",
    "failed": "Log-in failed",
    "locked": "Locked out",
}
IMPORT, EXPORT = 4, 5  # beside Django's flags of log entries
ACTIONS = {"added": ADDITION, "changed": CHANGE, "deleted": DELETION, "imported": IMPORT, "exported": EXPORT}


class Event(NamedTuple):
    """One line of the page."""

    time: datetime
    person: str
    kind: str
    what: str = ""
    link: str | None = None
    address: str | None = None


class AuditForm(forms.Form):
    """What the page is asked for; empty fields filter nothing."""

    person = forms.CharField(required=False, max_length=150)
    kind = forms.ChoiceField(required=False, choices=[("", "Everything"), *KINDS.items()])
    since = forms.DateField(required=False, widget=forms.DateInput({"type": "date"}))
    until = forms.DateField(required=False, widget=forms.DateInput({"type": "date"}), help_text="this day included")
    page = forms.IntegerField(required=False, min_value=1, max_value=PAGES, widget=forms.HiddenInput)


@require_safe
def audit(request: HttpRequest) -> HttpResponse:
    """The events, newest first, filtered and paged."""
    if not request.user.is_superuser:
        raise PermissionDenied
    form = AuditForm(request.GET)
    form.is_valid()
    wanted = form.cleaned_data
    number = wanted.get("page") or 1
    found = events(wanted, PAGE * (number - 1))
    context = {
        "title": "Audit",
        "form": form,
        "events": found[:PAGE],
        "newer": link_to(request, number - 1) if number > 1 else None,
        "older": link_to(request, number + 1) if len(found) > PAGE and number < PAGES else None,
        "is_last": number == PAGES,
    }
    return render(request, "admin/audit.html", admin.site.each_context(request) | context)


def link_to(request: HttpRequest, number: int) -> str:
    query = request.GET.copy()
    query["page"] = str(number)
    return f"?{query.urlencode()}"


def events(wanted: dict[str, Any], start: int) -> list[Event]:
    """A page of events and one more, if there are more: first their times and ids, then only those that are shown."""
    tables = sources(wanted)
    rows = [
        (time, name, pk)
        for name, (queryset, field) in tables.items()
        for time, pk in queryset.order_by("-pk").values_list(field, "pk")[: start + PAGE + 1]
    ]
    shown = list(islice(sorted(rows, reverse=True), start, start + PAGE + 1))
    found = {
        name: queryset.in_bulk([pk for _, its, pk in shown if its == name]) for name, (queryset, _) in tables.items()
    }
    return [DESCRIBE[name](found[name][pk]) for _, name, pk in shown if pk in found[name]]


def sources(wanted: dict[str, Any]) -> dict[str, tuple[QuerySet[Any], str]]:
    """Each table that may hold what is wanted, filtered, and its column with the time."""
    kind, person = wanted.get("kind"), wanted.get("person")
    entries = LogEntry.objects.order_by().select_related("user", "content_type")
    failures = AccessFailureLog.objects.all()
    if kind in ACTIONS:
        entries = entries.filter(action_flag=ACTIONS[kind])
    if kind in ("failed", "locked"):
        failures = failures.filter(locked_out=kind == "locked")
    found: dict[str, tuple[QuerySet[Any], str]] = {}
    if not kind or kind in ACTIONS:
        found["entry"] = (within(entries, "action_time", wanted), "action_time")
    if not kind or kind == "login":
        found["login"] = (within(AccessLog.objects.all(), "attempt_time", wanted), "attempt_time")
    if not kind or kind in ("failed", "locked"):
        found["failure"] = (within(failures, "attempt_time", wanted), "attempt_time")
    if person:
        columns = {"entry": "user__username", "login": "username", "failure": "username"}
        found = {name: (queryset.filter(**{columns[name]: person}), field) for name, (queryset, field) in found.items()}
    return found


def within(queryset: QuerySet[Any], field: str, wanted: dict[str, Any]) -> QuerySet[Any]:
    """Those between two days, both included."""
    limits = {f"{field}__date__gte": wanted.get("since"), f"{field}__date__lte": wanted.get("until")}
    return queryset.filter(**{lookup: day for lookup, day in limits.items() if day})


def record(user: Any, flag: int, file: str, what: str) -> None:
    """Leave a line that somebody has imported or exported a file."""
    LogEntry.objects.create(user_id=user.pk, object_repr=file[:200], action_flag=flag, change_message=what)


def of_entry(entry: LogEntry) -> Event:
    """What the admin did; a file is no object of it, and its entry has no content type."""
    kind = next((kind for kind, flag in ACTIONS.items() if flag == entry.action_flag), "changed")
    link = None if kind == "deleted" else entry.get_admin_url()
    message = "" if kind in ("added", "deleted") else entry.get_change_message()
    model = f"{entry.content_type.name} " if entry.content_type else ""
    what = f"{model}“{entry.object_repr}”" + (f": {message}" if message else "")
    return Event(entry.action_time, entry.user.get_username(), KINDS[kind], what, link)


def of_login(log: AccessLog) -> Event:
    what = f"logged out at {log.logout_time:%H:%M}" if log.logout_time else ""
    return Event(log.attempt_time, log.username, KINDS["login"], what, address=log.ip_address)


def of_failure(log: AccessFailureLog) -> Event:
    kind = KINDS["locked" if log.locked_out else "failed"]
    what = "wrong second factor" if "second-factor" in log.path_info else ""
    return Event(log.attempt_time, log.username or "", kind, what, address=log.ip_address)


DESCRIBE: dict[str, Any] = {"entry": of_entry, "login": of_login, "failure": of_failure}
