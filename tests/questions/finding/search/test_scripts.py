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

# Each title and answer with what finds them: words in other forms, letters and names as other people write them.
WAYS = [
    ("如何优化数据库查询？", "使用索引。用Docker部署MySQL数据库。", "数据库|查询|Docker部署|MySQL数据库|ＭｙＳＱＬ"),
    ("非同期処理とは何ですか", "JavaScriptのPromiseとガベージコレクション。", "非同期|JavaScriptのPromise|ｶﾞﾍﾞｰｼﾞ"),
    ("파이썬에서 상속은 어떻게 동작하나요?", "HTTP요청을 비동기로 보낸다.", "파이썬|상속이란|HTTP요청|비동기"),
    ("ฐานข้อมูลคืออะไร", "ฐานข้อมูลSQLเก็บเป็นตาราง", "ข้อมูล|ตาราง|SQL"),
    (
        "Was ist ein Rückgabewert?",
        "Die Müllabfuhr und Fehlermeldungen.",
        "Rueckgabewerte|mullabfuhr|Muellabfuhr|Meldung",
    ),
    ("Iğdır'da ısı nasıl ölçülür?", "İşlem sırasında bir değişken için.", "igdir|ISI|isi|İŞLEM|islem|değişkenler"),
    ("Jak działa wątek w Łodzi?", "Błąd jest ważny, a wyjątki nie.", "watek|dziala|blad|wyjatki"),
    ("Đa luồng là gì?", "Bộ nhớ đệm.", "da|luong|ĐA LUỒNG|bo nho dem"),
    (
        "ما هي البرمجة كائنية التوجه؟",
        "الوراثة والدالة المُجرَّدة والأصناف مع بيئتها.",
        "برمجة|البرمجه|وراثة|دالة|أصناف|الاصناف|المجردة|بيئة",
    ),
    ("מה זה ירושה בתכנות?", "המחלקה יורשת מתודות.", "תכנות|מחלקה|המחלקה|בירושה"),
    ("डेटाबेस इंडेक्स क्या है?", "खोज को तेज़ करता है।", "डेटाबेस|तेज|तेज़"),
    ("Τι είναι η κληρονομικότητα;", "Διαχείριση μνήμης και ΣΦΆΛΜΑΤΑ.", "κληρονομικοτητα|ΚΛΗΡΟΝΟΜΙΚΟΤΗΤΑ|μνήμη|σφάλμα"),
    ("Что такое счётчик ссылок?", "Учёт освобождает объекты.", "счетчик|СЧЁТЧИК|ссылки|учет|объект"),
    ("Що таке спадкування?", "Її об'єкти мають пам'ять.", "об'єкти|обʼєкти|об’єкт|пам'ять"),
    ("O que são exceções?", "As funções não lançam uma exceção.", "excecoes|função|funcao"),
    ("What do a?.b, a ??= b and ...rest do?", "`a->b`, `std::move(x)`, `a <=> b`.", "?.|??=|...|->|std::move|<=>|x?.y"),
    ("What does #include do in C++20?", "F#, .NET 8, `@Override`.", "#include|C++|F#|.NET|dotnet|@Override"),
    (
        "What is -Xmx512m?",
        "`pip install --no-cache-dir`.",
        "-Xmx|Xmx512m|--no-cache|no-cache-dir|no cache",
    ),
    (
        "What does parseHTTPResponse2 do?",
        "`useState`, `MAX_RETRIES`.",
        "response|HTTPResponse|usestate|use state|max retries",
    ),
    ("What is AVeryLongClassNameForAnAbstractFactory?", "A name.", "AbstractFactory|very long class name"),
    ("What does !!x mean, and `~~x`?", "`{{ value }}`, `$_`, `/(?!foo)a.*/`, `@@global`.", "!!|~~|{{|$_|(?!|.*|@@"),
    (
        "What does OAuth2Client need?",
        "IPv6Address, a UUIDv4, sha256sum, TLSv1.3, user2FA and v2.0.0-rc.1 in 64 bits.",
        "oauth2|ipv6|uuid|sha256|tls1.3|TLSv1.3|2fa|2.0.0|v2.0.0|64bit",
    ),
    ("What is new in TLS 1.3 and PEP 8?", "See RFC 7231, HTTP/2 and UTF-8.", "tls1.3|pep8|rfc7231|http2|utf8|PEP 8"),
]
# A title and a sentence: too short for many words that tell the language.
SHORT = [
    ("Was sind Ausnahmen?", "Ausnahmebehandlung mit Fehlerprotokollen.", "Ausnahme|Behandlung|Protokoll"),
    ("Cos'è una funzione?", "Le funzioni restituiscono valori.", "funzioni|valore|restituire"),
    ("Vad är en pekare?", "Pekaren håller minnesadressen.", "pekare|minne|adress"),
    ("Hva er en peker?", "Pekere lagrer minneadresser.", "pekeren|minne|adresse"),
    ("İşaretçi nedir?", "Kilitler bellek adreslerini tutar.", "kilit|adres"),
    ("Co je to ukazatel?", "Ukazatele uchovávají adresy proměnných.", "ukazatelem|adresa"),
    ("Jaki jest wskaźnik?", "Wskaźniki przechowują adresy.", "wskaznika|adres"),
    ("Mi az a mutató?", "A mutatók címeket tárolnak.", "mutatót|tárol"),
    ("Apa itu penunjuk?", "Penunjuk digunakan dalam bahasa.", "menunjuk|penggunaan"),
]


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


def test_entry_is_found_in_other_forms_and_other_letters(bank: Bank) -> None:
    codes = {way: bank.add(f"PY-ADV-{n:03}", title=way[0], answer=way[1]).code for n, way in enumerate(WAYS, start=1)}

    assert [text for way in WAYS for text in way[2].split("|") if codes[way] not in found(text)] == []


def test_word_of_a_short_text_is_found_in_other_forms_in_its_language(bank: Bank) -> None:
    codes = {way: bank.add(f"PY-ADV-{n:03}", title=way[0], answer=way[1]).code for n, way in enumerate(SHORT, start=1)}

    searches = [(codes[way], Search(text)) for way in SHORT for text in way[2].split("|")]

    having = dict(Question.objects.values_list("pk", "code"))
    assert [it.text for code, it in searches if code not in map(having.get, it.full) or it.replaced] == []


@pytest.mark.usefixtures("entries")
@pytest.mark.parametrize("text", ["死锁是什么", "什么是死锁", "为什么死锁", "デッドロックとは"])
def test_words_that_only_ask_need_not_occur(text: str) -> None:
    assert len(Search(text).full) == 1
    assert not Search(text).notices


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
        ("set -euo pipefail", 0),
        ("list -sql", 1),
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
