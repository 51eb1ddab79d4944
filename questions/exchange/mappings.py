"""A file that says which column is which, for who imports the same kind of bank again and again."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from questions.exchange.columns import plain, survey
from questions.exchange.formats import yaml
from questions.exchange.plan import Plan
from questions.exchange.rows import COLUMNS, FileError, Source, quoted, text_of
from questions.limits import MEGABYTE


def mapped(plan: Plan, source: Source, path: Path) -> Plan:
    """The plan with what a YAML file says: columns with what they are, or the other way round; nothing: passed over.

    Raises FileError for a file that cannot be read, and for names that neither the bank nor questions have.
    """
    try:
        said = yaml.load(text_of(path, MEGABYTE), path.name)
    except OSError as error:
        raise FileError(f"{path} cannot be read: {error.strerror}.") from None
    if not isinstance(said, dict) or not all(isinstance(it, str) for it in said.values()):
        raise FileError(f"{path.name} is no list of columns such as “Frage: title”.")
    _, columns = survey(source)
    known = {plain(name): name for name in columns}
    chosen = dict(_pair(known, key, value, path.name) for key, value in said.items())
    kept = {name: "" if target in chosen.values() else target for name, target in plan.columns.items()}
    return replace(plan, columns={**kept, **chosen})


def _pair(known: Mapping[str, str], key: Any, value: str, name: str) -> tuple[str, str]:
    """A column with what it is, in whichever order they stand."""
    for column, target in ((key, value), (value, key)):
        if plain(column) in known and (target in COLUMNS or target in ("", "~", "null")):
            return known[plain(column)], target if target in COLUMNS else ""
    raise FileError(
        f"{name} says {quoted(f'{key}: {value}')}, but the file has {', '.join(known.values())}, and questions have "
        f"{', '.join(COLUMNS)}."
    )
