"""Any script, code and codes: what an entry is found by, and what it is not found by."""

import pytest

from questions.finding.search.results import Search
from questions.models import Question
from tests.conftest import Bank

ENTRIES = {
    "PY-INT-001": ("什么是死锁？", "两个线程互相等待。用redis缓存。"),
    "PY-INT-002": ("デッドロックとは何ですか", "スレッドが待ち続ける。"),
    "PY-INT-003": ("교착상태란 무엇인가?", "스레드는 서로를 기다린다."),
    "PY-INT-004": ("การล็อกคืออะไร", "เธรดรอกัน"),
    "PY-INT-005": ("Was ist eine Schließfachverwaltung?", "Maß und Größe, wie ein Fließkommazahlenvergleich."),
    "PY-INT-006": ("Что такое взаимная блокировка?", "Потоки ждут друг друга."),
    "PY-INT-007": ("ما هو الجمود؟", "الخيوط تنتظر بعضها."),
    "PY-INT-008": ("¿Qué es un bloqueo?", "Los hilos esperan: función y año, para la sincronización de las tareas."),
    "PY-INT-009": ("Khóa là gì?", "Đồng bộ hóa luồng."),
    "PY-INT-010": ("What do x!==y and `p ??= q` do in C++20?", "See `List#reduceRight`, `-Xms` and `idx--`."),
    "PY-INT-011": ("What is AbstractSingletonProxyFactoryBeanConfigurationManager?", "A `snake_case_name` of v2.4.1."),
}


@pytest.fixture
def entries(bank: Bank) -> None:
    for code, (title, answer) in ENTRIES.items():
        bank.add(code, title=title, answer=answer)


def found(text: str) -> list[str]:
    codes = dict(Question.objects.values_list("pk", "code"))
    return [codes[pk] for pk in Search(text).ids({})]


@pytest.mark.usefixtures("entries")
@pytest.mark.parametrize(
    ("code", "texts"),
    [
        ("PY-INT-001", ["死锁", "什么是死锁", "线程", "锁", "redis", "缓存", "redis缓存", "死锁是什么"]),
        ("PY-INT-002", ["デッドロック", "スレッド", "ﾃﾞｯﾄﾞﾛｯｸ"]),
        ("PY-INT-003", ["교착상태", "교착상태는", "스레드"]),
        ("PY-INT-004", ["ล็อก", "เธรด"]),
        (
            "PY-INT-005",
            ["Schliessfach", "schließfach", "Verwaltung", "Groesse", "grosse", "Vergleich", "Mass"],
        ),
        ("PY-INT-006", ["блокировка", "блокировки", "поток", "ДРУГ"]),
        ("PY-INT-007", ["جمود", "الجمود", "خيوط"]),
        ("PY-INT-008", ["bloqueos", "funciones", "funcion", "ano", "sincronizacion", "tarea"]),
        ("PY-INT-009", ["khoa", "Khóa", "dong bo", "đồng bộ", "luong"]),
        (
            "PY-INT-010",
            ["!==", "x!==y", "??=", "C++", "C++20", "reduceRight", "List#reduceRight", "reduce", "idx"],
        ),
        ("PY-INT-011", ["AbstractSingletonProxyFactoryBeanConfigurationManager", "proxy factory", "snake_case_name"]),
        ("PY-INT-011", ["2.4.1", "v2.4.1", "snakecasename"]),
        ("PY-INT-007", ["PY-INT-007", "py-int-007", "INT-007", "PY-INT-00"]),
    ],
)
def test_entry_is_found_by_each_way_to_write_it(code: str, texts: list[str]) -> None:
    assert [text for text in texts if code not in found(text)] == []


@pytest.mark.usefixtures("entries")
@pytest.mark.parametrize("text", ["int", "007", "py", "锁死", "C#", "!="])
def test_entry_is_not_found_by_parts_of_its_code_or_by_what_only_looks_alike(text: str) -> None:
    assert found(text) == []


@pytest.mark.usefixtures("entries")
@pytest.mark.parametrize("text", ["reduceLeft", "snake_case_number", "reduceRight(snake / 2)"])
def test_name_that_no_entry_has_finds_entries_with_its_parts_and_says_so(text: str) -> None:
    assert found(text)
    assert set(found(text)) <= {"PY-INT-010", "PY-INT-011"}
    assert Search(text).notices


@pytest.mark.usefixtures("entries")
@pytest.mark.parametrize(
    ("text", "negative"),
    [
        ("java -Xms", 0),
        ("heap -Xms", 0),
        ("tar -x", 0),
        ("git -force", 0),
        ("-f list", 0),
        ("list --list", 0),
        ("list -tuple", 1),
    ],
)
def test_options_of_commands_are_no_exclusions(text: str, negative: int) -> None:
    assert len(Search(text).query.negative) == negative


@pytest.mark.usefixtures("entries")
def test_quotation_marks_of_any_kind_hold_a_phrase() -> None:
    assert found("“snake case”") == found("«snake case»") == found('"snake case"') == ["PY-INT-011"]
