"""Banks of any size, made of a language of its own: a seed gives the same words, sentences and questions each time.

Words follow Zipf's law. Sentences are made once, with the words that search reads in them, and questions are made of
sentences: so a question costs a fraction of a millisecond, and phrases come back as they do in real text.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from functools import cached_property
from itertools import accumulate, chain, product
from random import Random
from typing import Any, NamedTuple

from questions.finding.search.analysis import analyse, surface_words

BEGINNINGS = "b c d f g h k l m n p r s t v w br cl cr dr fl gr pl pr sh sk sp st str th tr".split()
VOWELS = "a e i o u ai ea io ou".split()
ENDINGS = ["", "", "", *"l m n r s t x ck nd nt rk st".split()]

TECHNOLOGIES = {
    "SQL": "SQL",
    "JavaScript": "JS",
    "Go": "GO",
    "Rust": "RS",
    "Java": "JAVA",
    "Linux": "LNX",
    "Networks": "NET",
    "Security Engineering": "SEC",
    "Cloud": "CLD",
}
CATEGORIES = ("Data Modelling", "Concurrency", "Deployment", "Observability")
FIRST_DAY = datetime(2026, 1, 1, tzinfo=UTC)
NUMBERS = 999  # that a code's prefix and part can have

# Words a section, as in the real set; large banks have shorter ones, so that a million questions fit 8 GB.
FULL = {
    "answer": (60, 90),
    "explanation": (180, 450),
    "example": (90, 330),
    "mistakes": (90, 180),
    "scenario": (100, 150),
}
SHORT = {"answer": (25, 45), "explanation": (40, 60), "example": (14, 28), "mistakes": (14, 28), "scenario": (14, 28)}
LARGEST_FULL = 100_000  # questions


class Piece(NamedTuple):
    """A text with what search would make of it, see `questions.finding.search.analysis`."""

    text: str
    words: str
    joined: str
    surface: frozenset[str]


def piece(text: str) -> Piece:
    """Analyse a text as the product does."""
    chunks = [analyse(chunk) for chunk in text.split()]
    words = " ".join(word for chunk in chunks for word in chunk.words)
    joined = " ".join(word for chunk in chunks for word in chunk.wholes + chunk.also)
    return Piece(text, words, joined, frozenset(surface_words(text)))


class Language:
    """A vocabulary, commonest word first, and sentences in it."""

    def __init__(self, seed: int, words: int = 60_000, sentences: int = 120_000) -> None:
        self.seed, self.size, self.number = seed, words, sentences

    @cached_property
    def words(self) -> list[Piece]:
        """All words; a few are composed, as technical names are: `stea-brun`, `plo_kir`."""
        random = self.random("words")
        syllables = ["".join(parts) for parts in product(BEGINNINGS, VOWELS, ENDINGS)]
        found: dict[str, None] = {}
        while len(found) < self.size:
            length = 1 + (len(found) > 300) + (random.random() < len(found) / self.size)
            word = "".join(random.choices(syllables, k=length))
            if len(found) % 25 == 24:
                word = random.choice("-_.").join((word, *random.choices(syllables, k=1)))
            if len(word) > 3:  # Shorter ones could be words that search passes over.
                found[word] = None
        return [piece(word) for word in found]

    @cached_property
    def cumulative(self) -> list[float]:
        """Zipf's law, summed up."""
        return list(accumulate(1 / rank for rank in range(1, self.size + 1)))

    def draw(self, random: Random, number: int) -> list[Piece]:
        """Words as often as they occur."""
        return random.choices(self.words, cum_weights=self.cumulative, k=number)

    @cached_property
    def sentences(self) -> list[Piece]:
        random = self.random("sentences")
        return [_sentence(self.draw(random, random.randint(8, 20))) for _ in range(self.number)]

    @cached_property
    def code_lines(self) -> list[Piece]:
        """Lines of a program."""
        random = self.random("code")
        return [_code_line(self.draw(random, 4)) for _ in range(self.number // 10)]

    def random(self, *parts: object) -> Random:
        return Random("/".join(map(str, (self.seed, *parts))))


def _sentence(words: Sequence[Piece]) -> Piece:
    while len(text := " ".join(word.text for word in words)) > 290:  # It must fit a follow-up.
        words = words[:-1]
    return _joined(f"{text[0].upper()}{text[1:]}.", words)


def _code_line(words: Sequence[Piece]) -> Piece:
    name, *values = [word.text for word in words]
    return _joined(f"{name} = {' + '.join(values)}", words)


def _joined(text: str, parts: Iterable[Piece]) -> Piece:
    """The text, with the analysis of the parts that it is made of."""
    parts = list(parts)
    surface = frozenset[str]().union(*(part.surface for part in parts))
    words = " ".join(part.words for part in parts)
    return Piece(text, words, " ".join(part.joined for part in parts if part.joined), surface)


class Taxa(NamedTuple):
    """What questions can be sorted by: ids with names, and technologies with the prefix of their codes."""

    technologies: list[tuple[int, str, str]]
    categories: list[tuple[int, str]]
    levels: list[tuple[int, str]]


class Row(NamedTuple):
    """A question's fields, its follow-ups, and its search document: title, answer, body, and the words that it uses."""

    question: dict[str, Any]
    follow_ups: list[dict[str, Any]]
    document: tuple[str, str, str, frozenset[str], frozenset[str]]


class Generator:
    """Questions numbered from 0, with ids from `first_pk`; each block of them depends on nothing but the seed."""

    def __init__(self, language: Language, taxa: Taxa, number: int, first_pk: int) -> None:
        self.language, self.taxa, self.number, self.first_pk = language, taxa, number, first_pk
        self.is_full = number <= LARGEST_FULL
        names = [taxon[1] for group in taxa for taxon in group]
        self.taxa_pieces = {name: piece(name) for name in names}

    def rows(self, start: int, stop: int) -> tuple[list[Row], tuple[Counter[str], ...]]:
        """The questions of a block, and how many of them have each word, as it is written and as it is indexed.

        Follow-ups lead to others of the block.
        """
        random = self.language.random("block", start)
        asked: dict[int, list[tuple[str, Piece]]] = defaultdict(list)
        rows = [self._row(random, index, start, asked) for index in range(start, stop)]
        rows = [_with_follow_ups_of_others(row, asked.get(row.question["id"], [])) for row in rows]
        documents = [row.document for row in rows if row.question["status"] == "published"]
        words = Counter(chain.from_iterable(used for *_, used, _ in documents))
        terms = Counter(chain.from_iterable(set(" ".join(texts).split()) for *texts, _, _ in documents))
        title_words = Counter(chain.from_iterable(its for *_, its in documents))
        return rows, (words, title_words, terms)

    def _row(self, random: Random, index: int, start: int, asked_elsewhere: dict[int, list[tuple[str, Piece]]]) -> Row:
        technology, technology_name, prefix = self.taxa.technologies[index % len(self.taxa.technologies)]
        category, category_name = random.choice(self.taxa.categories)
        level, level_name = random.choice(self.taxa.levels)
        code = code_of(prefix, index // len(self.taxa.technologies))
        title = self._title(random)
        sections = {field: self._section(random, field) for field in FULL}
        references = self._references(random)
        follow_ups = self._follow_ups(random, index, start)
        is_draft = index % 50 == 49
        published = FIRST_DAY + timedelta(minutes=index % 400_000)

        answer, *others = sections.values()
        taxa = [self.taxa_pieces[name] for name in (technology_name, category_name, level_name)]
        asked = [sentence for _, sentence in follow_ups]
        heading = [piece(code), title]
        body = [*(part for other in others for part in other[1]), *references[1], *asked, *taxa]
        used = frozenset[str]().union(*(part.surface for part in (*heading, *answer[1], *body)))
        if not is_draft:
            for fields, sentence in follow_ups:
                asked_elsewhere[fields["answered_by_id"]].append((code, sentence))
        question = {
            "id": self.first_pk + index,
            "code": code,
            "title": title.text,
            "technology_id": technology,
            "category_id": category,
            "level_id": level,
            "difficulty": min(10, max(1, round(random.gauss(5.5, 2.4)))),
            "also_asked": "",
            "also_asked_html": "",
            "references": references[0][0],
            "references_html": references[0][1],
            "verified_for": "",
            "status": "draft" if is_draft else "published",
            "created_at": published,
            "updated_at": published,
            "published_at": None if is_draft else published,
        }
        for field, ((markdown, html), _) in sections.items():
            question[field] = markdown
            question[f"{field}_html"] = html
        question["has_code"] = any("<pre" in html for (_, html), _ in sections.values())
        document = (_words(heading), _words(answer[1]), _words(body), used, title.surface)
        return Row(question, [fields for fields, _ in follow_ups], document)

    def _title(self, random: Random) -> Piece:
        words = self.language.draw(random, random.randint(6, 11))
        while len(text := " ".join(["How does", *(word.text for word in words)]) + "?") > 110:
            words.pop()
        return _joined(text, [HOW_DOES, *words])

    def _section(self, random: Random, field: str) -> tuple[tuple[str, str], list[Piece]]:
        """The section's Markdown and HTML, and what it is made of."""
        least, most = (FULL if self.is_full else SHORT)[field]
        sentences = random.choices(self.language.sentences, k=max(1, round(random.randint(least, most) / 14)))
        paragraphs = [" ".join(it.text for it in sentences[at : at + 5]) for at in range(0, len(sentences), 5)]
        markdown = "\n\n".join(paragraphs)
        html = "".join(f"<p>{paragraph}</p>\n" for paragraph in paragraphs)
        if field != "example" or not self.is_full:
            return (markdown, html), sentences
        lines = random.choices(self.language.code_lines, k=random.randint(6, 24))
        code = "\n".join(line.text for line in lines)
        markdown += f"\n\n```python\n{code}\n```"
        html += f'<div class="highlight"><pre><code>{code}\n</code></pre></div>\n'
        return (markdown, html), sentences + lines

    def _references(self, random: Random) -> tuple[tuple[str, str], list[Piece]]:
        links = random.choices(self.language.sentences, k=2)
        markdown = "\n".join(f"- [{it.text}](https://example.org/)" for it in links)
        items = "".join(f'<li><a href="https://example.org/">{it.text}</a></li>\n' for it in links)
        return (markdown, f"<ul>\n{items}</ul>\n"), links

    def _follow_ups(self, random: Random, index: int, start: int) -> list[tuple[dict[str, Any], Piece]]:
        """Some for every second question, in large banks for every sixth; half of them lead on."""
        number = random.randint(2, 6) if random.random() < (1 / 2 if self.is_full else 1 / 6) else 0
        before = range(self.first_pk + start, self.first_pk + index)
        sentences = random.choices(self.language.sentences, k=number)
        return [
            (
                {
                    "question_id": self.first_pk + index,
                    "position": position,
                    "text": sentence.text,
                    "answer": "",
                    "answer_html": "",
                    "answered_by_id": random.choice(before) if before and position % 2 else None,
                },
                sentence,
            )
            for position, sentence in enumerate(sentences, start=1)
        ]


HOW_DOES = piece("How does")


def _with_follow_ups_of_others(row: Row, asked: list[tuple[str, Piece]]) -> Row:
    """The row, found by what others ask next and it answers, in the order of their codes."""
    if not asked:
        return row
    title, answer, body, used, in_title = row.document
    pieces = [piece for _, piece in sorted(asked, key=lambda item: item[0])]
    surface = used.union(*(part.surface for part in pieces))
    return row._replace(document=(title, answer, f"{body} {_words(pieces)}", surface, in_title))


def _words(pieces: list[Piece]) -> str:
    """As in a search document: the words in order, then the joined ones."""
    return " ".join([part.words for part in pieces] + [part.joined for part in pieces if part.joined])


def code_of(prefix: str, number: int) -> str:
    """The code of a technology's question; 999 have the same middle part, which is no level's."""
    part, position = divmod(number, NUMBERS)
    letters = "".join(chr(ord("A") + part // 26**power % 26) for power in (2, 1, 0))
    return f"{prefix}-{letters}-{position + 1:03}"


def blocks(number: int, size: int = 1_000) -> Iterator[tuple[int, int]]:
    """Where the blocks of a bank begin and end."""
    for start in range(0, number, size):
        yield start, min(start + size, number)
