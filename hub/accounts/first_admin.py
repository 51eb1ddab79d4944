"""The first account of an unattended set-up, from ADMIN_USER and ADMIN_PASSWORD_FILE."""

from pathlib import Path

from django.contrib.auth.models import User
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.db import IntegrityError, transaction

LONGEST_FILE = 4096  # bytes


def make_first_admin(name: str, password_file: Path) -> str:
    """Make a superuser of that name unless there is an account of that name; return a sentence on what was done.

    Raises ImproperlyConfigured if the password cannot be read or is too weak. No sentence tells the password.
    """
    existing = User.objects.filter(username=name).first()
    if existing:
        return f"The account {name} is there already and was left as it is{_doubt(existing)}."
    password = _password_in(password_file)
    try:
        validate_password(password, User(username=name))
        with transaction.atomic():
            User.objects.create_superuser(name, password=password)
    except ValidationError as error:
        raise ImproperlyConfigured(
            f"The password in ADMIN_PASSWORD_FILE is refused: {' '.join(error.messages)}"
        ) from None
    except IntegrityError:  # Another process, started at the same time, was quicker.
        return f"The account {name} is there already and was left as it is."
    return f"The account {name} was made and may do everything{_warning(password_file)}."


def _doubt(user: User) -> str:
    return "" if user.is_superuser and user.is_active else ", though it may not do everything"


def _warning(path: Path) -> str:
    """Secrets that a container is given are often readable to all in it, so this is no reason to refuse them."""
    return f"; but others can read {path}: chmod 600 it, or delete it" if path.stat().st_mode & 0o077 else ""


def _password_in(path: Path) -> str:
    try:
        with path.open("rb") as file:
            text = file.read(LONGEST_FILE + 1).decode()
    except (OSError, UnicodeDecodeError) as error:
        raise ImproperlyConfigured(
            f"ADMIN_PASSWORD_FILE cannot be read: {getattr(error, 'strerror', 'it is not UTF-8')}."
        ) from None
    password = text.removesuffix("\n").removesuffix("\r")
    if not password or len(text) > LONGEST_FILE or len(password.splitlines()) > 1:
        raise ImproperlyConfigured("ADMIN_PASSWORD_FILE must hold one line, the password, and nothing else.")
    return password
