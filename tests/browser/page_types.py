"""Every type of public page, by its address or, where no visit can bring it up, by its template."""

import json
from functools import cache
from urllib.error import HTTPError

from playwright.sync_api import Page

from tests.browser.running_hub import RunningHub, open_url
from tests.browser.watch import Watch

ADDRESSES = {
    "front page": "/",
    "list": "/questions/?technology=python&level=advanced&difficulty_min=8",
    "list with a search": "/questions/?q=generator&level=advanced&difficulty_min=8",
    "list without results": "/questions/?q=zzzzzzzz",
    "list with faults": "/questions/?technology=cobol&difficulty_min=99&q=PY-ADV-004",
    "question": "/questions/PY-BEG-008/",
    "recall": "/questions/PY-BEG-008/recall/",
    "recall of a list": "/questions/recall/?technology=python&level=advanced&difficulty_min=8",
    "drill": "/questions/PY-BEG-008/drill/",
    "drill with a trail": "/questions/PY-BEG-008/drill/?trail=PY-BEG-001,COBOL",
    "practice": "/practice/",
    "question to practise": "/practice/PY-BEG-008/",
    "what to practise": "/practice/lists/?technology=python",
    "lists of a question": "/practice/PY-BEG-008/lists/",
    "plan": "/practice/plan/",
    "progress": "/practice/progress/",
    "practice data": "/practice/data/",
    "practice link": "/practice/link/",
    "vote": "/votes/PY-BEG-008/",
    "map": "/map/",
    "neighbours": "/questions/PY-BEG-008/map/?steps=2",
    "print": "/questions/print/?technology=python&level=beginner&difficulty_max=2",
    "kits": "/kits/",
    "kits with faults": "/kits/pick/?minutes=x&number=99&technology=cobol",
    "kit": "/kits/?title=Backend&questions=PY-BEG-008.5+PY-ADV-004.10+PY-BEG-999&q=generator",
    "interviewer's sheet": "/kits/interviewer/?title=Backend&questions=PY-BEG-008.5+PY-ADV-004.10",
    "candidate's sheet": "/kits/candidate/?title=Backend&questions=PY-BEG-008.5+PY-ADV-004.10",
    "scorecard": "/kits/scorecard/?title=Backend&questions=PY-BEG-008.5+PY-ADV-004.10",
    "mock interview": "/practice/mock/?minutes=45&level=advanced&seed=ada",
    "offline": "/offline/",
    "accessibility": "/accessibility/",
    "missing page": "/nowhere/",
    "missing question": "/questions/PY-ADV-999/",
}
TEMPLATES = {
    "wrong request": "400.html",
    "forbidden": "403.html",
    "expired form": "403_csrf.html",
    "refused form": "refused.html",
    "failure": "500.html",
    "too many questions": "exchange/no_file.html",
    "archived question": "browse/archived.html",
}
PAGES = [*ADDRESSES, *TEMPLATES]

DRAW = """
import json
from django.template.loader import render_to_string
from questions.models import Question
question, *related = Question.objects.titles()[:4]
context = {"question": question, "related": related}
context |= {"largest": "10,000", "list_url": "/questions/", "paged": [("JSON", "/questions.json")]}
print(json.dumps([render_to_string(name, context) for name in TEMPLATES]))
"""


@cache
def drawn(hub: RunningHub) -> dict[str, str]:
    """The pages that no visit can bring up."""
    done = hub.manage("shell", "--no-imports", "-c", DRAW.replace("TEMPLATES", repr([*TEMPLATES.values()])))
    assert done.returncode == 0, done.stderr
    return dict(zip(TEMPLATES, json.loads(done.stdout), strict=True))


def html_of(hub: RunningHub, name: str) -> str:
    """A page as the hub sends it, whatever the status."""
    if name in TEMPLATES:
        return drawn(hub)[name]
    try:
        return str(open_url(hub.url + ADDRESSES[name]).read().decode())
    except HTTPError as missing:
        return missing.read().decode()


def open_page(page: Page, hub: RunningHub, watch: Watch, name: str) -> None:
    """Show a page of this type; of the missing ones the browser complains."""
    if name in TEMPLATES:
        html = html_of(hub, name)
        page.route("**/drawn/", lambda route: route.fulfill(body=html, content_type="text/html; charset=utf-8"))
    if name.startswith("missing"):
        watch.expect(f"status of 404 .*{ADDRESSES[name]}")
    page.goto(ADDRESSES.get(name, "/drawn/"))
