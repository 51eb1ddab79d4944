"""The structure of HTML: tags, texts and addresses, without what sets our pages apart from GitHub's on purpose."""

import re
from html.parser import HTMLParser

import cmarkgfm
from cmarkgfm.cmark import Options

from questions.text.markdown import render
from questions.text.raw_html import adapted
from questions.text.sanitising import sanitised

VOID = {"br", "hr", "img"}
FRAMES = {"div", "span"}  # around code, tables and formulas
BLOCKS = {
    "p",
    "ul",
    "ol",
    "li",
    "blockquote",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "table",
    "thead",
    "tbody",
    "tr",
    "td",
    "th",
}
BLOCKS |= {"pre", "section", "details", "summary", "dl", "dt", "dd", "br"}
ENDS_LINE = re.compile(rf"</?(?:{'|'.join(BLOCKS)})\b")
CHECKBOX = re.compile(r'<input type="checkbox"( checked="")? disabled="" />')


def ours(source: str) -> list[str]:
    return _structure(render((source,))[0])


def githubs(source: str) -> list[str]:
    """What GitHub's parser makes of a text, sanitised as ours is, with check marks for check boxes."""
    html = cmarkgfm.github_flavored_markdown_to_html(source, Options.CMARK_OPT_UNSAFE | Options.CMARK_OPT_FOOTNOTES)
    html = CHECKBOX.sub(lambda match: "☑" if match[1] else "☐", html)
    return _structure(sanitised(adapted(html.strip())))


def _structure(html: str) -> list[str]:
    reader = _Reader()
    reader.feed(html.strip())
    reader.close()
    return [part for part in reader.found if part.strip()]


class Tag(str):
    """A tag, which a text may look like."""

    __slots__ = ()


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.in_code = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.in_code += tag == "pre"
        if tag in FRAMES:
            return
        kept = {name: value or "" for name, value in attrs if name in ("href", "align", "start", "colspan")}
        kept["href"] = kept.get("href", "").replace("#text-", "#")
        self._tag(tag, f"<{tag}{''.join(f' {name}={value}' for name, value in sorted(kept.items()) if value)}>")

    def handle_endtag(self, tag: str) -> None:
        self.in_code -= tag == "pre"
        if tag not in FRAMES:
            self._tag(tag, f"</{tag}>")

    def _tag(self, tag: str, shown: str) -> None:
        if tag in BLOCKS and self.found and not isinstance(self.found[-1], Tag):
            self.found[-1] = self.found[-1].rstrip()
        self.found.append(Tag(shown))

    def handle_data(self, data: str) -> None:
        if not self.in_code:
            data = re.sub(r"[ \t\r\n]+", " ", data)
            if not self.found or (isinstance(self.found[-1], Tag) and ENDS_LINE.match(self.found[-1])):
                data = data.lstrip()
        if self.found and not isinstance(self.found[-1], Tag):
            self.found[-1] += data
        elif data:
            self.found.append(data)
