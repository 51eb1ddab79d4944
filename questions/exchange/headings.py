"""One Markdown file in which each heading is a question, and what follows its answer: the banks that READMEs are.

What counts as a heading differs from bank to bank: headings of one level, also within a list; lines all in bold; lines
that begin with Q; summaries that open; or, where nothing else asks, the items of lists. A file is read in the way that
makes most questions, and can be in others.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import takewhile
from textwrap import dedent
from typing import NamedTuple

from markdown_it import MarkdownIt
from markdown_it.token import Token

from questions.exchange import heading_texts as texts
from questions.exchange.rows import Files, Row, Source, quoted

BOLD, ASKED, SUMMARY, ITEM = 7, 8, 9, 10  # ranks below those of headings, which are 1 to 6
NAMES = {
    BOLD: "lines in bold",
    ASKED: "lines that begin with Q",
    SUMMARY: "summaries that open",
    ITEM: "items of lists",
}
SEVERAL = 3  # questions that make a section of the heading above them
MOST, FEW = 0.6, 0.3  # of all
CLEARLY = 10  # times as many
INTRODUCTION = 6  # lines that a section may begin with
HTML_HEADING = re.compile(r"<h([1-6])\b[^>]{0,200}>(.{0,1000}?)</h\1>", re.IGNORECASE)
CHECK = re.compile(r"\[[ xX]\]\s")
PARSER = MarkdownIt("commonmark").disable("inline")


class Heading(NamedTuple):
    """A heading: its rank, its text, the lines that it takes, and by how many columns what follows is indented."""

    rank: int
    text: str
    start: int
    end: int
    indent: int = 0
    is_item: bool = False  # It begins an item of a list.


def source_of(text: str, name: str, files: Files | None = None) -> Source | None:
    """The questions of a file, if it has any headings that could be some."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    headings = list(_headings(lines))
    ranks = _ranks(headings, lines)
    source = _source(lines, headings, ranks, ranks[0], name) if ranks else None
    return source and replace(source, files=files)


def _source(lines: list[str], headings: list[Heading], ranks: list[int], rank: int, name: str) -> Source:
    rows, notices = _rows(lines, headings, rank)
    readings = {_name(it): partial(_source, lines, headings, ranks, it, name) for it in ranks}
    return Source(rows, name=name, notices=notices, reading=_name(rank), readings=readings, has_sections=True)


def _name(rank: int) -> str:
    return NAMES.get(rank, f"headings with {'#' * rank}")


def _headings(lines: Sequence[str]) -> Iterator[Heading]:
    """The headings of a file in order."""
    tokens = PARSER.parse("\n".join(lines))
    items: list[tuple[int, int]] = []  # that are open: where each begins, and by how much what it holds is indented
    for token, following in zip(tokens, [*tokens[1:], None], strict=False):
        if token.type == "list_item_open" and token.map:
            items.append((token.map[0], _content_column(lines[token.map[0]])))
        elif token.type == "list_item_close":
            items.pop()
        elif token.map:
            start, indent = items[-1] if items else (-1, 0)
            for heading in _heading(token, following, lines):
                yield heading._replace(indent=indent, is_item=heading.start == start)
            if len(items) == 1 and token.map[0] == start and token.type == "paragraph_open" and following:
                yield from _of_item(following.content, start, token.map[1], indent)


def _content_column(line: str) -> int:
    """Where what stands in a list begins."""
    marker = re.match(r"\s*(?:[-*+]|[0-9]{1,9}[.)])\s*", line)
    return len(marker[0].expandtabs(4)) if marker else 0


def _heading(token: Token, following: Token | None, lines: Sequence[str]) -> Iterator[Heading]:
    start, end = token.map or (0, 0)
    if token.type == "heading_open" and following:
        yield Heading(int(token.tag[1]), following.content, start, end)
    elif token.type == "paragraph_open" and following:
        yield from _of_paragraph(following.content.strip(), start)
    elif token.type == "html_block":
        yield from _of_html(lines, start, end)


def _of_paragraph(content: str, start: int) -> Iterator[Heading]:
    first = content.partition("\n")[0]
    if texts.is_asked(first):
        yield Heading(ASKED, texts.without_q(first), start, start + 1)
    elif bold := texts.bold(first):
        yield Heading(BOLD, bold, start, start + 1)


def _of_item(content: str, start: int, end: int, indent: int) -> Iterator[Heading]:
    """An item of a list, unless it leads to a part of the file."""
    if "](#" not in content and not texts.LINK.fullmatch(content.strip()):
        yield Heading(ITEM, CHECK.sub("", " ".join(content.split())), start, end, indent, is_item=True)


def _of_html(lines: Sequence[str], start: int, end: int) -> Iterator[Heading]:
    """Headings that are written in HTML, and summaries, which may take several lines."""
    for number in range(start, end):
        if match := HTML_HEADING.search(lines[number]):
            yield Heading(int(match[1]), match[2], number, number + 1)
    for match in texts.SUMMARY.finditer(block := "\n".join(lines[start:end])):
        if not texts.is_label(match[1]):
            first = start + block.count("\n", 0, match.start())
            yield Heading(SUMMARY, match[1], first, start + block.count("\n", 0, match.end()) + 1)


def _ranks(headings: Sequence[Heading], lines: Sequence[str]) -> list[int]:
    """The ranks that could be those of questions, the likeliest first: most look like questions, or there are most."""
    asked = Counter(it.rank for it in headings if texts.looks_asked(it.text))
    many = Counter(it.rank for it in headings if it.rank < BOLD or texts.looks_asked(it.text))
    if not _are_items_asked(headings, asked):
        del many[ITEM]
    if not many:
        return []
    return sorted(many, key=lambda rank: (asked[rank], rank == 1 and many[1] == 1 and -1, many[rank]), reverse=True)


def _are_items_asked(headings: Sequence[Heading], asked: Mapping[int, int]) -> bool:
    """Whether most items of lists ask something, and hardly anything else does: else they belong to answers."""
    items = [it.text for it in headings if it.rank == ITEM]
    others = max((number for rank, number in asked.items() if rank != ITEM), default=0)
    is_clear = sum(it.rstrip().endswith(("?", "？", "؟")) for it in items) >= FEW * len(items)
    return is_clear and asked[ITEM] >= max(2, MOST * len(items), CLEARLY * others)


def _rows(lines: list[str], headings: Sequence[Heading], rank: int) -> tuple[Sequence[Row], list[str]]:
    """The questions of a rank, and sentences about what is passed over."""
    bounds = list(_bounds(lines, headings, rank))
    sections: dict[int, str] = {}
    rows: list[Row] = []
    dropped: list[str] = []
    beside = lines[: bounds[0][0].start] if bounds else []
    is_title = sum(it.rank == 1 for it in headings) == 1
    for (heading, is_question), (following, _) in zip(bounds, [*bounds[1:], (None, False)], strict=True):
        title = texts.title(heading.text)
        sections = {key: it for key, it in sections.items() if key < heading.rank}
        body = lines[heading.end : following.start if following else len(lines)]
        if not is_question:
            sections[heading.rank] = title
            beside += body
            continue
        answer = texts.answer(_outdented(body, heading.indent))
        if texts.is_no_question(title) or not (answer or heading.rank == ITEM or texts.looks_asked(heading.text)):
            dropped.append(title or heading.text)
        else:
            rows.append(_row(heading, title, answer, _section(sections, is_title)))
    return rows, _notices(dropped, [line for line in beside if line.strip()])


def _bounds(lines: Sequence[str], headings: Sequence[Heading], rank: int) -> Iterator[tuple[Heading, bool]]:
    """The headings that divide a file, each with whether it is a question; others belong to what they stand in.

    A heading of the rank may be that of a section whose questions have a lower rank, as exercises at the end often do.
    """
    inner, are_marked = 0, _are_marked(headings, rank)
    for number, heading in enumerate(headings):
        is_asked = texts.looks_asked(heading.text)
        if heading.rank == rank and (rank < BOLD or rank == ITEM or is_asked):
            if are_marked and not is_asked and _is_part(headings, number):
                continue
            inner = 0 if is_asked else _rank_within((headings[it] for it in range(number + 1, len(headings))), rank)
            yield heading, not inner
        elif heading.rank < rank and _is_section(lines, headings, number):
            inner = 0
            yield heading, False
        elif heading.rank == inner:
            yield heading, True


def _are_marked(headings: Sequence[Heading], rank: int) -> bool:
    """Whether most headings of a rank are numbered; those that are not may belong to an answer."""
    marked = [_is_marked(it) for it in headings if it.rank == rank]
    return sum(marked) >= MOST * len(marked)


def _is_marked(heading: Heading) -> bool:
    return heading.is_item or texts.is_numbered(heading.text)


def _is_part(headings: Sequence[Heading], number: int) -> bool:
    """Whether a heading that asks nothing, among questions with numbers, belongs to an answer."""
    heading = headings[number]
    if _is_marked(heading) or texts.is_no_question(texts.title(heading.text)):
        return False
    return not _rank_within((headings[it] for it in range(number + 1, len(headings))), heading.rank)


def _rank_within(headings: Iterable[Heading], rank: int) -> int:
    """The rank of the questions that stand below a heading which is none itself; 0 where there are none."""
    below = takewhile(lambda it: it.rank > rank, headings)
    asked = Counter(it.rank for it in below if it.rank < BOLD and texts.looks_asked(it.text))
    found, number = max(asked.items(), key=lambda it: it[1], default=(0, 0))
    return found if number >= SEVERAL else 0


def _is_section(lines: Sequence[str], headings: Sequence[Heading], number: int) -> bool:
    """Whether a heading above the rank of questions divides the file, and is not just a part of an answer."""
    heading, end = headings[number], headings[number + 1].start if number + 1 < len(headings) else len(lines)
    if texts.is_no_question(texts.title(heading.text)):
        return True
    said = [line for line in lines[heading.end : end] if line.strip()]
    return not texts.is_part(heading.text) and not heading.indent and len(said) <= INTRODUCTION


def _section(sections: Mapping[int, str], is_title: bool) -> str:
    """The heading that a question stands under, unless it is the one of the whole file."""
    named = [text for rank, text in sorted(sections.items()) if not (rank == 1 and is_title)]
    return named[-1].rstrip(":： ") if named and not texts.is_no_question(named[-1]) else ""


def _row(heading: Heading, title: str, answer: str, section: str) -> Row:
    return Row(f"line {heading.start + 1:,}", {"section": section, "title": title, "answer": answer})


def _outdented(lines: Sequence[str], indent: int) -> str:
    """Lines without the indentation of the list that they stand in."""
    taken = [line.expandtabs(4) if line[:1] in " \t" else line for line in lines]
    kept = [line[min(indent, len(line) - len(line.lstrip(" "))) :] for line in taken]
    return dedent("\n".join(kept))


def _notices(dropped: Sequence[str], beside: Sequence[str]) -> list[str]:
    notices = []
    if beside:
        belong, are = ("1 line belongs", "is") if len(beside) == 1 else (f"{len(beside)} lines belong", "are")
        notices.append(f"{belong} to no question and {are} passed over.")
    if dropped:
        some = ", ".join(map(quoted, dropped[:5]))
        more = f" and {len(dropped) - 5} more" if len(dropped) > 5 else ""
        notices.append(f"Headings that are passed over, since they ask nothing: {some}{more}.")
    return notices


def several_of(text: str, name: str) -> list[Row]:
    """The questions of a file among others that has at least two as headings; nothing where it is one question."""
    source = source_of(text, name)
    asked = [row for row in source.rows if texts.looks_asked(row.fields["title"])] if source else []
    if source is None or len(asked) < 2 or _name(1) == source.reading:
        return []
    return [row._replace(where=f"{name} {row.where}") for row in source.rows]
