"""Which column of a file is which of a question: guessed by what columns are usually called, in some languages."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from questions.codes import LONGEST
from questions.exchange.documents import GROUP, KEY
from questions.exchange.rows import COLUMNS, Source, printable, shortened
from questions.exchange.values import DIFFICULTIES

SAMPLES = 20  # values that a guess looks at
# What a column of a question may be called beside its own name, the likeliest first.
NAMES = {
    "title": """question questiontitle questiontext heading prompt front q frage pregunta domanda pergunta вопрос 问题
        题目 問題 題目 質問 سؤال questionname name term text key""",
    "answer": """answers response solution reply back a antwort respuesta réponse reponse risposta resposta ответ 答案
        回答 解答 جواب correctanswer sampleanswer modelanswer shortanswer exampleanswer body content description
        definition""",
    "explanation": """deepexplanation detailedanswer longanswer explanations details rationale erklärung explicación
        explication пояснение объяснение 解释 解析""",
    "example": "realworldexample examples codeexample snippet beispiel ejemplo exemple",
    "mistakes": "commonmistakes commonmistake mistake pitfalls tips hints",
    "scenario": "productionscenario scenarios usecase",
    "also_asked": "alsoaskedas alternativequestions alternatives variants variations rephrasings synonyms aliases",
    "references": "reference sources source links link furtherreading resources url",
    "follow_ups": "followups followup followupquestions followupquestion commonfollowups",
    "technology": """technologies tech language programminglanguage framework stack deck technologie tecnología
        технология язык 技术""",
    "category": """categories topic topics subject section area subcategory subtopic chapter group theme domain tag
        kategorie thema bereich categoría tema catégorie thème sujet categoria argomento категория тема раздел 分类 类别
        主题 カテゴリ""",
    "level": """levels seniority experience experiencelevel difficultylevel niveau stufe nivel nível livello уровень
        级别 レベル""",
    "difficulty": """difficulties difficultyscore score schwierigkeit schwierigkeitsgrad dificultad difficulté
        dificuldade difficoltà сложность 难度 難易度""",
    "status": "state",
    "verified_for": "verifiedfor version",
    "review_by": "reviewby",
    "published_at": "publishedat",
}
assert {"group", "key"} == {GROUP, KEY}  # noqa: S101 (named above)


@dataclass
class Column:
    """A column of a file: in how many rows it has something, and some of what it has."""

    name: str
    filled: int = 0
    samples: list[Any] = field(default_factory=list)

    @property
    def label(self) -> str:
        """The name, as a page or a terminal may show it."""
        return printable(shortened(self.name))

    @property
    def sample(self) -> str:
        """The first value, shortened."""
        return printable(shortened(" ".join(str(self.samples[0]).split()))) if self.samples else ""


def survey(source: Source) -> tuple[int, dict[str, Column]]:
    """How many rows a file has, and its columns by their names."""
    number, columns = 0, dict[str, Column]()
    for row in source.rows:
        number += 1
        for name, value in row.fields.items():
            column = columns.setdefault(name, Column(name))
            if value not in ("", None, []):
                column.filled += 1
                if len(column.samples) < SAMPLES:
                    column.samples.append(value)
    return number, columns


def guess(columns: Mapping[str, Column]) -> dict[str, str]:
    """For each column the one of questions that it seems to be, or nothing where it seems to be none."""
    guessed = {name: name if name in COLUMNS else "" for name in columns}
    for target, usual in {**dict.fromkeys(COLUMNS, ""), **NAMES}.items():
        if target not in guessed.values() and (name := _first(columns, (target, *usual.split()), guessed)):
            guessed[name] = target
    code = next((name for name, target in guessed.items() if target == "code"), "")
    if code and not _has_codes(columns[code].samples):
        guessed[code] = ""
    _prefer_numbers(columns, guessed)
    return guessed


def _first(columns: Iterable[str], usual: Iterable[str], guessed: Mapping[str, str]) -> str:
    """The first of the usual names that a column has which is not taken."""
    free = {plain(name): name for name in columns if not guessed[name]}
    return next((free[name] for it in usual if (name := plain(it)) in free), "")


def plain(name: str) -> str:
    """A name of a column without what differs by habit: case, spaces and signs."""
    return re.sub(r"[\W_]+", "", str(name)).casefold()


def _has_codes(samples: Iterable[Any]) -> bool:
    """Whether values may be meant as codes of questions: programs and mere numbers are not."""
    values = [str(it).strip() for it in samples]
    return not values or any(len(it) <= LONGEST and " " not in it and not it.isdecimal() for it in values)


def _prefer_numbers(columns: Mapping[str, Column], guessed: dict[str, str]) -> None:
    """Take a difficulty in words for a level, unless there is one or they are the usual words for difficulties."""
    name = next((name for name, target in guessed.items() if target == "difficulty"), "")
    values = [str(it).strip().casefold() for it in columns[name].samples] if name else []
    is_in_words = values and not any(it[:1].isdecimal() for it in values) and not DIFFICULTIES.keys() >= {*values}
    if is_in_words and "level" not in guessed.values():
        guessed[name] = "level"
