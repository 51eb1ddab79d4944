"""The first account of an unattended set-up."""

from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ImproperlyConfigured

from hub.accounts.first_admin import make_first_admin

PASSWORD = "correct horse battery"

pytestmark = pytest.mark.django_db


@pytest.fixture
def password_file(tmp_path: Path) -> Path:
    path = tmp_path / "password"
    path.write_text(f"{PASSWORD}\n")
    path.chmod(0o600)
    return path


def test_account_is_made_with_the_password_in_the_file(password_file: Path) -> None:
    said = make_first_admin("ann", password_file)

    user = User.objects.get(username="ann")
    assert said == "The account ann was made and may do everything."
    assert (user.is_superuser, user.is_staff, user.check_password(PASSWORD)) == (True, True, True)


def test_existing_account_is_left_as_it_is(password_file: Path) -> None:
    User.objects.create_superuser("ann", password="another long phrase")

    said = make_first_admin("ann", password_file)

    assert said == "The account ann is there already and was left as it is."
    assert User.objects.get(username="ann").check_password("another long phrase")


def test_existing_account_needs_no_password_file() -> None:
    User.objects.create_superuser("ann", password="another long phrase")

    assert "left as it is" in make_first_admin("ann", Path("/nowhere"))


def test_existing_account_gets_no_more_rights(password_file: Path) -> None:
    User.objects.create_user("ann")

    said = make_first_admin("ann", password_file)

    assert said.endswith("left as it is, though it may not do everything.")
    assert not User.objects.get(username="ann").is_superuser


def test_file_that_others_can_read_is_told(password_file: Path) -> None:
    password_file.chmod(0o644)

    said = make_first_admin("ann", password_file)

    assert said.endswith(f"but others can read {password_file}: chmod 600 it, or delete it.")
    assert User.objects.filter(username="ann").exists()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "ADMIN_PASSWORD_FILE must hold one line, the password, and nothing else."),
        (b"\n", "ADMIN_PASSWORD_FILE must hold one line"),
        (b"correct horse\nbattery staple\n", "ADMIN_PASSWORD_FILE must hold one line"),
        (b"ab" * 4000, "ADMIN_PASSWORD_FILE must hold one line"),
        (b"\xff" * 20, "ADMIN_PASSWORD_FILE cannot be read: it is not UTF-8."),
        (b"hunter2", "The password in ADMIN_PASSWORD_FILE is refused: This password is too short."),
    ],
)
def test_unusable_password_is_refused_without_telling_it(content: bytes, sentence: str, password_file: Path) -> None:
    password_file.write_bytes(content)

    with pytest.raises(ImproperlyConfigured) as refusal:
        make_first_admin("ann", password_file)

    assert str(refusal.value).startswith(sentence)
    assert "hunter2" not in str(refusal.value)
    assert not User.objects.exists()


def test_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(
        ImproperlyConfigured, match=r"^ADMIN_PASSWORD_FILE cannot be read: No such file or directory\.$"
    ):
        make_first_admin("ann", tmp_path / "nowhere")
