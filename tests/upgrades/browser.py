"""A browser without scripts: it keeps cookies, and sends forms as they stand on a page."""

import re
from pathlib import Path

import httpx

from tests.browser.running_hub import RunningHub
from tests.fuzz.forms import Form, forms_of

OTHER_BUTTONS = ("_addanother", "_continue", "_saveasnew")  # beside the one that saves, in the admin


class Browser:
    """One person's browser, at one hub."""

    def __init__(self, hub: RunningHub) -> None:
        headers = {"Origin": hub.url, "Sec-Fetch-Site": "same-origin"}
        self.client = httpx.Client(base_url=hub.url, headers=headers, trust_env=False, timeout=60)

    def get(self, path: str, status: int = 200) -> str:
        """The page, which has this status."""
        response = self.client.get(path)
        assert response.status_code == status, f"{path}: {response.status_code} instead of {status}"
        return response.text

    def form(self, path: str, part: str = "") -> Form | None:
        """The largest form on a page that is sent to an address with this part; None also where there is no page."""
        page = self.client.get(path, follow_redirects=True)
        forms = forms_of(page.text, str(page.url)) if page.is_success else []
        fitting = [it for it in forms if part in it.action and it.method == "POST"]
        return max(fitting, key=lambda it: len(it.fields), default=None)

    def send(self, path: str, part: str = "", picture: str = "", to: str = "", **values: str) -> str:
        """Fill in a form, press its button or the one that leads `to` elsewhere; where the answer leads.

        "" if this version has no such page or form.
        """
        if (form := self.form(path, part)) is None:
            return ""
        files = {name: ("picture.png", Path(picture).read_bytes()) for name in form.files if picture}
        response = self.client.post(to or form.action, data=fields(form) | values, files=files)
        assert response.is_redirect, f"{path}: {response.status_code} {_problems(response.text)}"
        return response.headers["Location"]


def fields(form: Form) -> dict[str, str]:
    """What a browser would send; a line end at the start of a text area is none of its text."""
    return {name: value.removeprefix("\n") for name, value in form.fields if name not in OTHER_BUTTONS}


def _problems(page: str) -> str:
    return " ".join(re.findall(r'class="(?:errorlist|errornote|notice)[^>]*>(.*?)</(?:ul|p)>', page, re.DOTALL))
