"""What banks in READMEs write around their questions and answers, and what is left of them without it."""

import re
from html import unescape

from questions.exchange.rows import canonical

NUMBER = re.compile(
    r"^\s*(?:(?:Q(?:uestion|ues)?|№|#)?\s*\.?\s*[(（]?[0-9]{1,4}\s*[.):\]–、．。）：-]+|Q(?:uestion)?\s*[0-9]{1,4}\b[.:]?|Q(?:uestion|ues)?\s*[.:)])\s*",
    re.IGNORECASE,
)
ASKED = re.compile(r"^(?:\*\*|__)?\s*Q(?:uestion|ues)?\s*\.?\s*[0-9]{0,4}\s*[:.)\]-]\s*\S", re.IGNORECASE)
ANSWERED = re.compile(
    r"^\s*(?:#{1,6}\s+)?(?:\*\*|__)?\s*(?:A|Ans|Answer|Solution)\s*[:.)-]+\s*(?:\*\*|__)?[ \t]*", re.IGNORECASE
)
ANSWER_HEADING = re.compile(
    r"^\s*(?:#{1,6}\s+|\*\*|__)(?:Answer|Solution|Ans)\s*:?\s*(?:\*\*|__|#+)?\s*$", re.IGNORECASE
)
BOLD = re.compile(r"(?:[0-9]{1,4}[.)]\s*)?(\*\*|__)(?P<text>(?:(?!\1).)+)\1\s*[:?]?\s*(?:<br\s*/?>|\\)?")
WORDS = re.compile(
    r"""(?:what|how|why|when|where|which|who|whose|explain|describe|define|difference|differentiate|compare|can|could|do|
    does|did|is|are|was|should|would|will|have|has|name|list|tell|give|write|mention|implement|suppose|was|wie|warum|wann|
    welche\w*|erkläre\w*|qué|cómo|por\s+qué|cuál\w*|quel\w*|quoi|comment|pourquoi|qu['’]est|que|como|o\s+que|что|как|
    почему|какие|какой)(?!\w)|(?:什么|为什么|如何|怎么|请|何|なぜ)""",
    re.IGNORECASE | re.VERBOSE,
)
NO_QUESTION = re.compile(
    r"""(?:table\s+of\s+contents?|contents?|toc|index|licen[cs]e|contribut\w*|about|credits?|disclaimer|support|sponsors?|
    acknowledge?ments?|authors?|references|resources|further\s+reading|stargazers|目录|inhaltsverzeichnis|índice|sommaire)
    \W*(?:\(.*\))?""",
    re.IGNORECASE | re.VERBOSE,
)
LABEL = re.compile(
    r"""(?:(?:show|see|view|click|reveal|toggle|hide|expand|read|open)\b.*|answers?|solutions?|explanations?|antwort|respuesta|
    réponse|ответ|答案|解答|hints?|.*\banswer)\W*""",
    re.IGNORECASE | re.VERBOSE,
)
PART = re.compile(
    r"(?:answers?|solutions?|explanations?|examples?|notes?|key\s+points?|output|summary)\b", re.IGNORECASE
)
SUMMARY = re.compile(r"<summary\b[^>]{0,200}>(.{0,1000}?)</summary>", re.IGNORECASE | re.DOTALL)
DETAILS = re.compile(r"</?details\b[^>]{0,200}>", re.IGNORECASE)
PARAGRAPH = re.compile(r"^\s*</?p\b[^>]*>\s*$", re.IGNORECASE | re.MULTILINE)
ANCHOR = re.compile(
    r"""<a\s{1,9}(?:name|id)\s{0,9}=\s{0,9}["']?[^>"'\n]{0,200}["']?\s{0,9}(?:/>|>\s{0,9}(?:</a>)?)""", re.IGNORECASE
)
TAG = re.compile(r"</?[a-z][^<>]*>", re.IGNORECASE)
LINK = re.compile(r"!?\[((?:[^\[\]]|\[[^\[\]]*\])*)\]\([^()\s]*(?:\([^()]*\)[^()\s]*)*(?:\s+\"[^\"]*\")?\)")
TOP = re.compile(
    r"\bto\s+(?:the\s+)?(?:top|index|contents|table\s+of\s+contents)\b|\bback\s+to\b|^\W*top\W*$|回到顶部|返回顶部",
    re.IGNORECASE,
)
# An escaped sign, a name such as __init__ or **kwargs, or else a sign of emphasis.
MARKS = re.compile(
    r"\\([!-/:-@\[-`{-~])|(?<!\w)(__[a-z0-9_]+__(?!\w)|\*{1,2}(?:kw)?args(?![\w*]))|\*\*|__|(?<!\w)[*_](?=\S)|(?<=\S)[*_](?!\w)"
)
RULE = re.compile(r"\s{0,3}(?:[-*_][ \t]*){3,}|\s*(?:<br\s{0,9}/?>\s*)*")  # or nothing, or breaks


def is_asked(line: str) -> bool:
    """Whether a line of a paragraph begins as in “Q: What is …”."""
    return bool(ASKED.match(line))


def without_q(line: str) -> str:
    """Such a line without its stars."""
    return line.replace("**", "").replace("__", "")


def bold(line: str) -> str:
    """The text of a line that is bold as a whole, or nothing."""
    match = BOLD.fullmatch(line.strip())
    return match["text"] + ("?" if match and line.strip().endswith("?") else "") if match else ""


def looks_asked(text: str) -> bool:
    """Whether a heading looks like a question."""
    plain = title(text)
    return (
        plain.rstrip(" *_`").endswith(("?", "？", "؟")) or bool(WORDS.match(plain.lstrip('*_`"“¿ '))) or is_asked(text)
    )


def is_no_question(text: str) -> bool:
    """Whether a heading is of those that every README has."""
    return not text or bool(NO_QUESTION.fullmatch(text))


def is_part(text: str) -> bool:
    """Whether a heading is that of a part of an answer."""
    return bool(PART.match(title(text)))


def is_label(text: str) -> bool:
    """Whether a summary only says that the answer is behind it."""
    return bool(LABEL.fullmatch(title(text)))


def title(text: str) -> str:
    """A heading as a title: without number, anchors, links and stars; code stays code."""
    parts = [part if part.startswith("`") else _plain(part) for part in re.split(r"(`+[^`]*`+)", _unlinked(text))]
    plain = " ".join("".join(parts).split()).strip(" #")
    return NUMBER.sub("", plain, count=1).strip()


def is_numbered(text: str) -> bool:
    """Whether a heading has a number."""
    return bool(NUMBER.match(text.strip("*_ ")))


def _unlinked(text: str) -> str:
    return LINK.sub(lambda match: "" if match[0].startswith("!") else match[1], ANCHOR.sub("", text))


def _plain(text: str) -> str:
    """Text without tags, and without the signs of emphasis and of escapes."""
    return MARKS.sub(lambda match: match[1] or match[2] or "", unescape(TAG.sub("", text)))


def answer(body: str) -> str:
    """What follows a heading, as an answer: without ways back to the top, anchors, and what hides it."""
    text = _opened(ANCHOR.sub("", body))
    lines = [line for line in text.split("\n") if not _is_way_back(line)]
    text = canonical("\n".join(lines))
    first, _, rest = text.partition("\n")
    if ANSWER_HEADING.match(first):
        text = canonical(rest)
    text = ANSWERED.sub("", text, count=1) if ANSWERED.match(first) and not first.lstrip().startswith("#") else text
    return _without_end(text)


def _opened(text: str) -> str:
    """A text whose answer stands open, if nothing but a label hid it."""
    summaries = SUMMARY.findall(text)
    if "<details" in text.lower() and not all(is_label(it) for it in summaries):
        return text
    if not summaries and "</details" in text.lower():
        return PARAGRAPH.sub("", DETAILS.sub("", text))
    return PARAGRAPH.sub("", DETAILS.sub("\n", SUMMARY.sub("\n", text))) if summaries else text


def _is_way_back(line: str) -> bool:
    """Whether a line is but a link to the top of the file."""
    shown = TAG.sub("", LINK.sub(r"\1", line)).strip()
    is_link = "](" in line or "href" in line.lower()
    return is_link and len(shown) < 60 and bool(TOP.search(shown))


def _without_end(text: str) -> str:
    """A text without the rules and breaks that stand between questions."""
    lines = text.split("\n")
    while lines and RULE.fullmatch(lines[-1]):
        lines.pop()
    return canonical("\n".join(lines))
