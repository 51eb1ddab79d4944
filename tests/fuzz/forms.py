"""The forms that a page shows, and how a browser, or somebody with less good will, would send them."""

from collections.abc import Sequence
from dataclasses import dataclass
from html.parser import HTMLParser
from urllib.parse import quote_plus, urljoin, urlsplit

Fields = Sequence[tuple[bytes, bytes]]
BOUNDARY = b"between-the-parts"
MULTIPART = b"multipart/form-data; boundary=" + BOUNDARY
URLENCODED = b"application/x-www-form-urlencoded"


@dataclass(frozen=True)
class Form:
    """Where a form is sent, and the fields it is sent with unless somebody changes them."""

    action: str
    method: str
    fields: tuple[tuple[str, str], ...]
    files: tuple[str, ...]


class _Reader(HTMLParser):
    def __init__(self, address: str) -> None:
        super().__init__()
        self.address, self.found = address, list[Form]()
        self.form: dict[str, str | None] | None = None
        self.text: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        of = dict(attrs)
        if tag == "form":
            self.form, self.fields, self.files = of, dict[str, str](), list[str]()
        elif self.form is None:
            return
        elif tag in ("select", "textarea") and of.get("name"):
            self.name, self.text = of["name"] or "", []
            self.fields.setdefault(self.name, "")
        elif tag == "option" and of.get("value") and ("selected" in of or not self.fields[self.name]):
            self.fields[self.name] = of["value"] or ""
        elif tag in ("input", "button") and (name := of.get("name")):
            if of.get("type") == "file":
                self.files.append(name)
            elif name not in self.fields or "checked" in of:
                self.fields[name] = of.get("value") or ""

    def handle_data(self, data: str) -> None:
        if self.text is not None:
            self.text.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self.text is not None:
            self.fields[self.name] = "".join(self.text)
        if tag in ("textarea", "select"):
            self.text = None
        if tag == "form" and self.form is not None:
            action = urlsplit(urljoin(self.address, self.form.get("action") or ""))._replace(fragment="").geturl()
            method = (self.form.get("method") or "get").upper()
            self.found.append(Form(action, method, tuple(self.fields.items()), tuple(self.files)))
            self.form = None


def forms_of(html: str, address: str) -> list[Form]:
    """The forms of a page at that address."""
    reader = _Reader(address)
    reader.feed(html)
    return reader.found


def urlencoded(fields: Fields) -> bytes:
    return b"&".join(quote_plus(name).encode() + b"=" + quote_plus(value).encode() for name, value in fields)


def multipart(fields: Fields, files: Sequence[tuple[bytes, bytes, bytes]] = ()) -> bytes:
    """Fields, and files as their field, name and content; names go in as they are, quotes and line ends included."""
    parts = [b'Content-Disposition: form-data; name="%s"\r\n\r\n%s' % field for field in fields]
    parts += [
        b'Content-Disposition: form-data; name="%s"; filename="%s"\r\nContent-Type: text/plain\r\n\r\n%s' % file
        for file in files
    ]
    return b"".join(b"--%s\r\n%s\r\n" % (BOUNDARY, part) for part in parts) + b"--%s--\r\n" % BOUNDARY
