"""The file of settings that the service and every shell read alike, so that both mean the same hub."""

import sys
from collections.abc import MutableMapping
from io import StringIO
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from dotenv import dotenv_values
from dotenv.parser import parse_stream

DEFAULT = Path(__file__).resolve().parent.parent / "hub.env"


def read_into(variables: MutableMapping[str, str], default: Path = DEFAULT) -> MutableMapping[str, str]:
    """Add what HUB_ENV_FILE says, or `hub.env` beside manage.py; what the environment says counts, and is told.

    The file has lines as systemd's EnvironmentFile: `SITE_URL=https://hub.example.org`.
    """
    named = variables.get("HUB_ENV_FILE")
    path = Path(named or default)
    if not named and not path.exists():
        return variables
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ImproperlyConfigured(f"HUB_ENV_FILE cannot be read: {error}.") from None
    for line in parse_stream(StringIO(text)):
        if line.error or (line.key and line.value is None):
            raise ImproperlyConfigured(f"{path}, line {line.original.line}, is not NAME=value.")
    for name, value in dotenv_values(stream=StringIO(text), interpolate=False).items():
        if variables.setdefault(name, value or "") != (value or ""):
            sys.stderr.write(f"{name} is set in the environment, otherwise than in {path}; the environment counts.\n")
    return variables
