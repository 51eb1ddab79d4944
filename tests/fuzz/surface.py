"""What of a hub there is to attack: its addresses, the forms on its pages, and files that it would import."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import RegexPattern

from tests.fuzz.client import CSRF, Client, Request
from tests.fuzz.forms import URLENCODED, Form, forms_of, urlencoded

PLACE = re.compile(r"<(?:(\w+):)?(\w+)>")
GOOD = {"code": "PY-BEG-001", "int": "1", "path": "1", "slug": "python", "str": "publish"}
LAST_QUESTION = {**GOOD, "code": "PY-ADV-001", "path": "54", "int": "54"}
ADMIN = "/admin/"
EXPORT = b"/admin/questions/question/export/"
LEAVING = (f"{ADMIN}logout/",)  # An editor who has left attacks nothing.


@dataclass(frozen=True)
class Surface:
    """All that requests are made of; the same for each new hub, so that a request can be made again."""

    routes: tuple[str, ...]
    forms: tuple[Form, ...]
    files: tuple[tuple[str, bytes], ...]

    @property
    def names(self) -> list[str]:
        """The parameters that some form sends."""
        return sorted({name for form in self.forms for name, _ in form.fields})

    @property
    def imports(self) -> list[Form]:
        """The forms that take a file."""
        return [form for form in self.forms if form.files]


def routes() -> tuple[str, ...]:
    """Every address that Django would answer, with places such as <code:code> in it."""
    return tuple(sorted({f"/{route}" for route in _below("", get_resolver())}))


def _below(prefix: str, resolver: URLResolver) -> Iterator[str]:
    for entry in resolver.url_patterns:
        for part in _parts(entry):
            if isinstance(entry, URLResolver):
                yield from _below(prefix + part, entry)
            else:
                yield prefix + part


def _parts(entry: URLPattern | URLResolver) -> list[str]:
    """A pattern as a route; the admin's one regular expression with alternatives as many."""
    pattern = str(entry.pattern)
    if not isinstance(entry.pattern, RegexPattern):
        return [pattern]
    if group := re.fullmatch(r"\^\(\?P<\w+>([\w|]+)\)(.*)\$", pattern):
        return [f"{choice}{group[2]}" for choice in group[1].split("|")]
    return []  # The admin's own page for whatever is not found.


def filled(route: str, values: dict[str, str]) -> str:
    """A route with its places taken."""
    return PLACE.sub(lambda place: values.get(place[1] or "str", "1"), route)


def survey(client: Client) -> Surface:
    """Look at every page once, as an editor."""
    found = routes()
    forms: dict[tuple[str, tuple[str, ...]], Form] = {}
    for route in found:
        address = filled(route, LAST_QUESTION if "delete" in route else GOOD)
        answer = client.send(Request("survey", address.encode(), is_editor=True))
        for form in forms_of(answer.body.decode("utf-8", "replace"), address):
            if not form.action.startswith(LEAVING):
                forms.setdefault((form.action, tuple(name for name, _ in form.fields)), form)
    return Surface(found, tuple(forms.values()), tuple(_files(client)))


def _files(client: Client) -> Iterator[tuple[str, bytes]]:
    """An ending and a file of a few questions that would be imported as it is, in each format."""
    for ending in ("json", "csv"):
        fields = [(b"csrfmiddlewaretoken", CSRF.encode()), (b"format", ending.encode())]
        headers = (("Content-Type", URLENCODED),)
        answer = client.send(Request("survey", EXPORT, b"POST", headers, urlencoded(fields), is_editor=True))
        assert answer.status == 200, f"Nothing can be exported: {answer}"
        yield ending, answer.body if ending == "csv" else _first_questions(answer.body)
    yield "md", client.send(Request("survey", b"/questions/PY-BEG-001.md")).body


def _first_questions(content: bytes) -> bytes:
    document = json.loads(content)
    return json.dumps(document | {"questions": document["questions"][:3]}).encode()
