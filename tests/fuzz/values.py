"""What no form was made for: values that a parser, a database, a regular expression or a log may choke on."""

import csv
import io
import json
import random
from typing import Any
from urllib.parse import quote_from_bytes

TEXTS = (
    "", " ", "0", "-1", "1", "5", "2", "30000", "32768", "10001", "2147483648", "9223372036854775808", "1e400", "1_0",
    "-9223372036854775809", "NaN", "inf", "٣", "²", "𝟘", "٪", "9" * 5000, "-" + "9" * 5000, "0." + "0" * 5000 + "1",
    "\0", "a\0b", "\r\nX-Injected: 1", "\x1b[2J", "\x0b", "\x85", "\u2028", "\u202e", "\ufeff", "\uffff", "é" * 2000,
    "😀" * 500, "\N{COMBINING ACUTE ACCENT}" * 1000, "İ" * 100, "ﬁ", "ß", "a" * 8000, "a " * 2000, "[" * 4000,
    "(" * 2000, "{" * 2000, '"' * 1001, "*" * 3000, "`" * 3000, "> " * 2000, "$" * 1001, "![" * 1000, "<b>" * 1000,
    "|" * 2000, "abc", "null", "true", "[]", "{}", "[[[[", "{\"a\": [1", "*", "?", "%", "%s", "%(x)s",
    "{0.__class__}", "{{ 7*7 }}", "' OR 1=1 --", "\"unclosed", "-", "--", "AND OR NOT", "NEAR(", "a* AND", ":", "^",
    "!", "&|!<->", "py:*", "\\", "//", "../../../etc/passwd", "..\\..\\windows", "file:///etc/passwd",
    "http://example.invalid/", "//example.invalid", "javascript:alert(1)", "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>", "<!--", "]]>", "&#0;", "&#xD800;", "0001-01-01", "0001-01-01T00:00:00+14:00",
    "9999-12-31T23:59:59-14:00", "99999-99-99", "2026-02-30", "25:61", "python", "PY-BEG-001", "py-beg-001",
    "PY-BEG-99999", "PY-BEG-001,PY-BEG-002", "published", "draft", "delete_selected", "__proto__", "id", "-id",
    "pk__in", "password", "technology__code_prefix", "question__answer__regex", "(a+)+$",
)  # fmt: skip
BYTES = (
    b"\xff", b"\xc0\x80", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\xe9", b"\x80" * 100, b"\xef\xbb\xbf",
    b"a\xff" * 500,
)  # fmt: skip
CODECS = (
    b"utf-8", b"UTF8", b"utf-16", b"utf-32", b"utf-7", b"latin-1", b"ascii", b"cp037", b"idna", b"punycode", b"rot13",
    b"zip", b"hex", b"base64", b"bz2", b"uu", b"unicode_escape", b"raw_unicode_escape", b"undefined", b"mbcs",
    b"none", b"", b'"', b"utf-8\x00", b"../utf8", b"utf_8_sig", b"hz", b"iso2022_jp", b"shift_jis", b"x" * 3000,
    b"\xff", b"utf-8; charset=rot13",
)  # fmt: skip


def raw(rng: random.Random) -> bytes:
    """A hostile value as bytes, now and then two or three of them."""
    return b"".join(_one(rng) for _ in range(rng.choice((1, 1, 1, 1, 2, 3))))


def _one(rng: random.Random) -> bytes:
    if rng.random() < 0.08:
        return rng.choice(BYTES)
    if rng.random() < 0.05:
        return rng.randbytes(rng.randrange(1, 200))
    return rng.choice(TEXTS).encode()


def in_address(rng: random.Random, value: bytes) -> bytes:
    """A value as a part of an address: escaped, half escaped, or as it stands where that can be sent."""
    choice = rng.random()
    if choice < 0.8:
        return quote_from_bytes(value, safe="")[:7000].encode()
    if choice < 0.9:
        return quote_from_bytes(value, safe="/?=&;:@%")[:7000].encode()
    return bytes(byte for byte in value if byte not in b" \r\n\t\0#")[:7000]


def in_header(value: bytes) -> bytes:
    """A value that ends no header line."""
    return bytes(byte for byte in value if byte not in b"\r\n\0")[:8000]


def in_json(rng: random.Random) -> Any:
    """What a field of a file may be, where a text was expected."""
    others: tuple[Any, ...] = (
        None,
        True,
        -1,
        10**400,
        1.5,
        [],
        {},
        ["a", ["b"]],
        {"a": {"b": []}},
        "\ud800",
        "a\udfffb",
        float("nan"),
    )
    return rng.choice(others) if rng.random() < 0.4 else raw(rng).decode("utf-8", "surrogateescape")


def with_one_replaced(rng: random.Random, document: Any) -> Any:
    """A document whose value at some random place is another."""
    if not (isinstance(document, dict | list) and document) or rng.random() < 0.05:
        return in_json(rng)
    copy = document.copy()
    key = rng.choice(list(copy)) if isinstance(copy, dict) else rng.randrange(min(len(copy), 3))
    if isinstance(copy, dict) and rng.random() < 0.05:
        copy[raw(rng).decode("utf-8", "replace")] = copy.pop(key)
        return copy
    copy[key] = with_one_replaced(rng, copy[key])
    return copy


def spoiled(rng: random.Random, content: bytes) -> bytes:
    """A file with some bytes put in, taken out, or in another encoding."""
    choice = rng.random()
    if choice < 0.1:
        return content.decode("utf-8", "replace").encode(rng.choice(("utf-16", "utf-32", "utf-7", "utf-8-sig")))
    place = rng.randrange(len(content) + 1) if rng.random() < 0.5 else rng.randrange(min(len(content), 400) + 1)
    if choice < 0.25:
        return content[:place]
    return content[:place] + raw(rng) + content[place + rng.choice((0, 0, 1, 20, 300)) :]


def spoiled_json(rng: random.Random, content: bytes) -> bytes:
    """JSON with another value at one place; Python writes lone surrogates as JSON allows them."""
    return json.dumps(with_one_replaced(rng, json.loads(content))).encode()


def spoiled_csv(rng: random.Random, content: bytes) -> bytes:
    """CSV with another value in one cell, now and then of its header."""
    rows = list(csv.reader(io.StringIO(content.decode())))
    row = rng.choice(rows[:5])
    row[rng.randrange(len(row))] = raw(rng).decode("utf-8", "replace")
    file = io.StringIO()
    csv.writer(file).writerows(rows)
    return file.getvalue().encode()
