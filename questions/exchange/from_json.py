"""Questions and taxonomies from JSON, as `as_json.bank` writes them."""

import json
from pathlib import Path
from typing import Any

from questions.exchange.rows import MEGABYTE, FileError, Source, source_of, text_of

LIMIT = 50 * MEGABYTE  # It is read as a whole.


def read(path: Path) -> Source:
    """The content of the file; raises FileError for one that cannot be read."""
    text = text_of(path, LIMIT)
    try:
        return source_of(json.loads(text, object_pairs_hook=_without_duplicates), path.name)
    except json.JSONDecodeError as error:
        raise FileError(f"{path.name} is not JSON: {error.msg} in line {error.lineno:,}.") from None
    except RecursionError:
        raise FileError(f"{path.name} nests too deep.") from None
    except ValueError:  # A number with thousands of digits.
        raise FileError(f"{path.name} has a number that is too long.") from None


def _without_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    values = dict(pairs)
    if len(values) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise FileError(f"“{twice}” stands twice in the same entry.")
    return values
