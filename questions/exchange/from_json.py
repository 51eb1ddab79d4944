"""Questions and taxonomies from JSON, as `as_json.bank` writes them."""

import json
from pathlib import Path
from typing import Any

from questions.exchange.rows import FileError, Source, quoted, refuse_deep, repeated, source_of, text_of
from questions.limits import WHOLE_FILE


def read(path: Path) -> Source:
    """The content of the file; raises FileError for one that cannot be read."""
    text = text_of(path, WHOLE_FILE)
    try:
        document = json.loads(text, object_pairs_hook=_without_duplicates)
    except json.JSONDecodeError as error:
        raise FileError(f"{path.name} is not JSON: {error.msg} in line {error.lineno:,}.") from None
    except RecursionError:
        raise FileError(f"{path.name} nests too deep.") from None
    except ValueError:  # A number with thousands of digits.
        raise FileError(f"{path.name} has a number that is too long.") from None
    refuse_deep(document, path.name)
    return source_of(document, path.name)


def _without_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    values = dict(pairs)
    if len(values) < len(pairs):
        raise FileError(f"{quoted(repeated(key for key, _ in pairs))} stands twice in the same entry.")
    return values
