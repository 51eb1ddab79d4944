"""Plain text where something else is expected."""

import re

# What Markdown would not show as it stands, wherever it is in a line. An underscore within a word is harmless.
SPECIAL = re.compile(r"[\\`*\[\]<>~]|(?<![^\W_])_|_(?![^\W_])|&(?=#?\w+;)|(?<!\S)#")


def escaped(text: str) -> str:
    """Plain text as Markdown that shows just that, on one line."""
    return SPECIAL.sub(r"\\\g<0>", re.sub(r"\s*[\r\n]\s*", " ", text.strip()))
