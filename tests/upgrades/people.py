"""What people leave behind in a hub, by its own pages, as far as its version has them; and what they find again."""

import re
from collections.abc import Callable

from hub.environment import BASE_DIR
from questions.sections import MARKDOWN_FIELDS
from tests.browser.running_hub import RunningHub
from tests.upgrades.browser import Browser, fields

NAME, PASSWORD = "Ädä", "a long password for the upgrade"
CODE, DRAFT = "PY-BEG-001", "PY-BEG-777"
WORD = "quokkatron"  # in no question of ours
ALIKE = re.compile(
    "|".join(("technology|category|level|difficulty|references|verified_for", *MARKDOWN_FIELDS))
    + r"|follow_ups-\d+-(text|position)"
)
QUESTIONS = "/admin/questions/question"


class People:
    """An editor and a reader of one hub."""

    def __init__(self, hub: RunningHub) -> None:
        self.hub = hub
        self.editor, self.reader = Browser(hub), Browser(hub)
        self.done = list[str]()

    def begin(self) -> None:
        """Use all that there is, and note what that was."""
        self.log_in(self.editor)
        self.done = [name for name, act in ACTS.items() if act(self)]

    def log_in(self, browser: Browser) -> None:
        browser.send("/admin/login/?next=/admin/", username=NAME, password=PASSWORD)
        browser.get("/admin/")

    def change_page(self, code: str) -> str:
        """The address at which a question is edited."""
        found = re.search(rf"{QUESTIONS}/\d+/change/", self.editor.get(f"{QUESTIONS}/?q={code}"))
        assert found, f"{code} is not in the admin"
        return found[0]

    def form_of(self, code: str) -> dict[str, str]:
        """What a question's form is filled with."""
        path = self.change_page(code)
        form = self.editor.form(path, path)
        assert form, f"{path} has no form"
        return fields(form)

    def edit(self) -> str:
        path = self.change_page(CODE)
        return self.editor.send(path, path, answer=f"{self.form_of(CODE)['answer']}\n\nThe **{WORD}** of Ädä.")

    def draft(self) -> str:
        """Write a question like the other one, whose texts and follow-ups the first versions want in drafts, too."""
        path = f"{QUESTIONS}/add/"
        form = self.editor.form(path, path)
        assert form
        alike = {
            name: text
            for name, text in self.form_of(CODE).items()
            if ALIKE.fullmatch(name) and name in dict(form.fields)
        }
        title = f"What is a {WORD}?"
        return self.editor.send(path, path, "", "", **alike | {"code": DRAFT, "title": title, "status": "draft"})

    def step(self) -> str:
        """Take the first step that the draft's page offers."""
        path = self.change_page(DRAFT)
        step = re.search(r'formaction="([^"]+/step/[^"]+)"', self.editor.get(path))
        return self.editor.send(path, path, to=step[1], comment="Please read.") if step else ""

    def rename(self) -> str:
        found = re.search(r"/admin/questions/level/\d+/change/", self.editor.get("/admin/questions/level/"))
        return self.editor.send(found[0], found[0], name="Novice", slug="novice") if found else ""

    def image(self) -> str:
        picture = str(BASE_DIR / "docs/images/conflict.png")
        return self.editor.send("/admin/questions/image/add/", "/add/", picture, alternative_text="Ä")

    def synonym(self) -> str:
        return self.editor.send("/admin/questions/synonym/add/", "/add/", phrase="ädä machine", same_as=WORD)

    def fail_to_log_in(self) -> str:
        form = self.reader.form("/admin/login/")
        assert form
        return self.reader.client.post("/admin/login/", data=fields(form) | {"username": NAME, "password": "?"}).text

    def search_in_vain(self) -> str:
        return self.reader.get("/questions/?q=xylophonic+quagmires")

    def vote(self) -> str:
        return self.reader.send(f"/votes/{CODE}/", "/votes/", helpful="no", reason="Too short for Ädä.")

    def rate(self) -> str:
        return self.reader.send(f"/practice/{CODE}/", f"/practice/{CODE}/", rating="2")

    def practise_list(self) -> str:
        return self.reader.send("/practice/lists/?technology=python", "/practice/lists/", name="Ädä’s")

    def mock(self) -> str:
        begun = self.reader.send("/practice/mock/begin/?minutes=30&seed=a", "begin")
        return begun and self.reader.send(begun, notes="I would ask first.")

    def find_again(self) -> None:
        """Assert that what people have done is there, and that lists, questions and search are served."""
        self.editor = Browser(self.hub)
        self.log_in(self.editor)
        assert WORD in self.reader.get(f"/questions/{CODE}/")
        assert f"/questions/{CODE}/" in self.reader.get(f"/questions/?q={WORD}")
        self.reader.get(f"/questions/{DRAFT}/", 404)
        assert f"What is a {WORD}?" in self.form_of(DRAFT)["title"]
        self.reader.get("/")
        self._read_all()
        if "rating" in self.done:
            assert CODE in self.reader.get("/practice/data/practice.json")
        if "mock" in self.done:
            assert "/practice/mock/1/" in self.reader.get("/practice/mock/mine/")

    def _read_all(self) -> None:
        for page in range(1, 5):
            listed = self.reader.get(f"/questions/?page={page}")
            for path in set(re.findall(r'href="(/questions/[A-Z]+-[A-Z]+-[0-9]+/)"', listed)):
                self.reader.get(path)


ACTS: dict[str, Callable[[People], str]] = {
    "edit": People.edit,
    "draft": People.draft,
    "step": People.step,
    "rename": People.rename,
    "image": People.image,
    "synonym": People.synonym,
    "failed log-in": People.fail_to_log_in,
    "missed search": People.search_in_vain,
    "vote": People.vote,
    "rating": People.rate,
    "list": People.practise_list,
    "mock": People.mock,
}
