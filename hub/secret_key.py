"""What only the operator may know: in a variable, in a file that another variable names, or made on the first start."""

import secrets
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured


def secret_of(variables: Mapping[str, str], name: str) -> str:
    """What a variable says, or the file that NAME_FILE names; or an empty text."""
    value, file = variables.get(name) or "", variables.get(f"{name}_FILE") or ""
    if value and file:
        raise ImproperlyConfigured(f"{name} and {name}_FILE are both set; keep one of them.")
    try:
        return Path(file).read_text(encoding="utf-8").strip() if file else value
    except (OSError, UnicodeDecodeError) as error:
        raise ImproperlyConfigured(f"{name}_FILE cannot be read: {error}.") from None


def secret_key(variables: Mapping[str, str], data_dir: Path) -> str:
    """The key that is given, or the data folder's own, made on the first start."""
    if given := variables.get("SECRET_KEY_FILE") or (variables.get("SECRET_KEY") and "SECRET_KEY"):
        return strong(given, secret_of(variables, "SECRET_KEY"))
    try:
        path = _generated_key_file(data_dir)
        return strong(str(path), path.read_text(encoding="utf-8").strip())
    except (OSError, UnicodeDecodeError) as error:
        raise ImproperlyConfigured(f"The secret key cannot be read: {error}.") from None


def strong(source: str, key: str) -> str:
    """The same key, unless it is too weak to be one."""
    if len(key) < 50 or len(set(key)) < 5:
        raise ImproperlyConfigured(f"The secret key in {source} needs 50 characters or more, not all the same.")
    return key


def _generated_key_file(data_dir: Path) -> Path:
    path = data_dir / "secret_key"
    if not path.exists():
        draft = data_dir / f"secret_key.{secrets.token_hex(8)}"
        draft.touch(mode=0o600, exist_ok=False)
        draft.write_text(secrets.token_urlsafe(60), encoding="utf-8")
        with suppress(FileExistsError):
            path.hardlink_to(draft)  # Of processes that start at once, the first wins and all read its key.
        draft.unlink()
        sys.stderr.write(
            f"A secret key was made in {data_dir}. If the hub has its data elsewhere, say where in HUB_ENV_FILE.\n"
        )
    return path
