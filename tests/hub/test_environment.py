"""What an operator may decide: known and checked, or refused with a sentence."""

import os
import re
import stat
import subprocess
import sys
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from hub.env_file import read_into
from hub.environment import BASE_DIR, Environment
from tests.hub.programs import manage

STRONG = "0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEFGHIJKLMNOPQRSTUVWXYZ"
MUST_LOOK_LIKE = "must look like https://hub.example.org"

pytestmark = pytest.mark.one_database

# Starts in each data folder that it is told, one a line.
READ_KEYS = """
import sys
from hub.environment import Environment

for line in sys.stdin:
    print(Environment.from_variables({"HUB_DATA_DIR": line.strip()}).secret_key, flush=True)
"""


def environment(data_dir: Path, **variables: str) -> Environment:
    return Environment.from_variables({"HUB_DATA_DIR": str(data_dir)} | variables)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_defaults_serve_a_laptop(tmp_path: Path) -> None:
    found = environment(tmp_path)

    assert (found.port, found.origin, found.is_https) == (8000, "http://127.0.0.1:8000", False)
    assert (found.log_format, found.debug) == ("text", False)


def test_database_is_sqlite_in_the_data_folder_by_default(tmp_path: Path) -> None:
    database = environment(tmp_path).database

    assert database["ENGINE"] == "django.db.backends.sqlite3"
    assert database["NAME"] == str(tmp_path / "hub.sqlite3")


@pytest.mark.parametrize("name", ["a folder", "50%25", "what?", "#1", "Fragen-für-übermorgen"])
def test_data_folder_may_have_any_name(name: str, tmp_path: Path) -> None:
    found = environment(tmp_path / name)

    assert found.database["NAME"] == str(tmp_path / name / "hub.sqlite3")


def test_data_folder_is_made_for_its_owner_alone(tmp_path: Path) -> None:
    found = environment(tmp_path / "new" / "folder")

    assert mode(found.data_dir) == 0o700


def test_empty_variables_count_as_absent(tmp_path: Path) -> None:
    empty = dict.fromkeys(
        ("PORT", "SITE_URL", "DEBUG", "DATABASE_URL", "LOG_FORMAT", "SECRET_KEY", "SECRET_KEY_FILE"), ""
    )

    assert environment(tmp_path, **empty) == environment(tmp_path)


@pytest.mark.parametrize("name", ["DATABASE_URL", "CACHE_URL", "SECRET_KEY_FALLBACKS"])
def test_secrets_may_stand_in_files(name: str, tmp_path: Path) -> None:
    secret = {"DATABASE_URL": "postgres://hub:pass@db/hub", "CACHE_URL": "redis://:pass@cache/0"}.get(name, STRONG)
    file = tmp_path / "secret"
    file.write_text(f"{secret}\n")

    assert environment(tmp_path, **{f"{name}_FILE": str(file)}) == environment(tmp_path, **{name: secret})


def test_secret_that_is_given_twice_or_in_no_file_is_refused(tmp_path: Path) -> None:
    for name in ("CACHE_URL", "SECRET_KEY"):
        with pytest.raises(ImproperlyConfigured, match=f"{name} and {name}_FILE are both set"):
            environment(tmp_path, **{name: "redis://a", f"{name}_FILE": "/b"})
    with pytest.raises(ImproperlyConfigured, match="CACHE_URL_FILE cannot be read"):
        environment(tmp_path, CACHE_URL_FILE=str(tmp_path / "none"))


def test_database_in_a_folder_that_others_may_read_is_its_owners_alone(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)

    environment(tmp_path)

    assert mode(tmp_path / "hub.sqlite3") == 0o600


def test_browsers_are_bound_for_an_hour_and_this_host_alone_until_the_operator_says_more(
    tmp_path: Path,
) -> None:
    assert (environment(tmp_path).hsts_seconds, environment(tmp_path).hsts_scope) == (3600, "host")
    more = environment(tmp_path, HSTS_SECONDS="31536000", HSTS_SCOPE="preload")
    assert (more.hsts_seconds, more.hsts_scope) == (31_536_000, "preload")
    for wrong in ({"HSTS_SECONDS": "-1"}, {"HSTS_SECONDS": "63072001"}, {"HSTS_SCOPE": "everything"}):
        with pytest.raises(ImproperlyConfigured, match="HSTS_"):
            environment(tmp_path, **wrong)


def test_root_makes_nothing_in_a_data_folder_of_somebody_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if os.geteuid() == 0:
        os.chown(tmp_path, 65534, -1)
    monkeypatch.setattr(os, "geteuid", lambda: 0)

    with pytest.raises(ImproperlyConfigured, match=f"{tmp_path} belongs to .+: run the same as that user"):
        environment(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_file_of_settings_says_what_the_environment_does_not(tmp_path: Path) -> None:
    file = tmp_path / "hub.env"
    file.write_text('# The hub.\nPORT=9000\nSITE_URL="https://hub.example.org"\nLOG_FORMAT=json\n')

    found = read_into({"HUB_ENV_FILE": str(file), "LOG_FORMAT": "text"})

    assert (found["PORT"], found["SITE_URL"], found["LOG_FORMAT"]) == ("9000", "https://hub.example.org", "text")


def test_setting_that_a_shell_has_otherwise_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "hub.env"
    file.write_text("PORT=9000\nHUB_DATA_DIR=/srv/hub\n")

    read_into({"PORT": "9001"}, default=file)

    assert (
        capsys.readouterr().err
        == f"PORT is set in the environment, otherwise than in {file}; the environment counts.\n"
    )


def test_file_of_settings_that_is_named_must_be_there(tmp_path: Path) -> None:
    assert read_into({}, default=tmp_path / "none") == {}
    with pytest.raises(ImproperlyConfigured, match="HUB_ENV_FILE cannot be read"):
        read_into({"HUB_ENV_FILE": str(tmp_path / "none")})


@pytest.mark.parametrize("line", ["this is none", "SITE_URL", 'PORT="9001'])
def test_line_of_the_file_that_is_no_setting_is_refused_by_its_number(line: str, tmp_path: Path) -> None:
    file = tmp_path / "hub.env"
    file.write_text(f"# Settings\nLOG_FORMAT=json\n{line}\n")

    with pytest.raises(ImproperlyConfigured, match=r"hub\.env, line 3, is not NAME=value\.$"):
        read_into({}, default=file)


def test_new_secret_key_is_told_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for _ in range(2):
        environment(tmp_path)

    assert capsys.readouterr().err.count(f"A secret key was made in {tmp_path}.") == 1


def test_variables_of_other_programs_are_no_concern(tmp_path: Path) -> None:
    assert environment(tmp_path, PATH="/bin", LANG="C") == environment(tmp_path)


def test_port_moves_the_default_site(tmp_path: Path) -> None:
    found = environment(tmp_path, PORT="8123")

    assert (found.port, found.origin) == (8123, "http://127.0.0.1:8123")


def test_postgresql_is_read_from_database_url(tmp_path: Path) -> None:
    database = environment(tmp_path, DATABASE_URL="postgres://ann:p%40ss@db.example.org:5433/hub").database

    assert database["ENGINE"] == "django.db.backends.postgresql"
    assert [database[part] for part in ("USER", "PASSWORD", "HOST", "PORT", "NAME")] == [
        "ann", "p@ss", "db.example.org", 5433, "hub",
    ]  # fmt: skip


@pytest.mark.parametrize("url", ["https://hub.example.org", "https://hub.example.org/", "HTTPS://Hub.Example.ORG"])
def test_site_url_decides_origin_and_hosts(url: str, tmp_path: Path) -> None:
    found = environment(tmp_path, SITE_URL=url)

    assert (found.origin, found.hosts, found.is_https) == ("https://hub.example.org", ["hub.example.org"], True)


def test_port_of_the_site_is_part_of_its_origin_and_not_of_its_hosts(tmp_path: Path) -> None:
    found = environment(tmp_path, SITE_URL="http://hub.example.org:8080")

    assert (found.origin, found.hosts) == ("http://hub.example.org:8080", ["hub.example.org"])


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]"])
def test_names_of_the_loopback_interface_stand_for_each_other(host: str, tmp_path: Path) -> None:
    found = environment(tmp_path, SITE_URL=f"http://{host}:8000")

    assert found.hosts == ["127.0.0.1", "localhost", "[::1]"]


@pytest.mark.parametrize("port", ["abc", "0", "65536", "-1", " 80", "8_000", "80.0", "٨٠٠٠", "9" * 5000])
def test_port_that_is_none_is_refused(port: str, tmp_path: Path) -> None:
    with pytest.raises(ImproperlyConfigured, match=r"^PORT is '.*', but must be a number from 1 to 65535\.$"):
        environment(tmp_path, PORT=port)


@pytest.mark.parametrize(
    "url",
    [
        "hub.example.org",
        "ftp://hub.example.org",
        "https://",
        "https://hub.example.org/sub/",
        "https://hub.example.org/?q=1",
        "https://hub.example.org/#top",
        "https://ann:secret@hub.example.org",
        "https://hub.example.org:99999",
        "https://hub.example.org:0",
        "https://hub.example.org:port",
        "https://[::1",
        "https://hub example.org",
        "https://hub.example.org\n",
        "https://bücher.example.org",
    ],
)
def test_malformed_site_url_is_refused(url: str, tmp_path: Path) -> None:
    with pytest.raises(ImproperlyConfigured, match=f"^SITE_URL is .*{MUST_LOOK_LIKE}$"):
        environment(tmp_path, SITE_URL=url)


@pytest.mark.parametrize("url", ["https://*", "https://*.example.org", "https://.example.org"])
def test_site_url_cannot_open_the_hub_to_every_host(url: str, tmp_path: Path) -> None:
    with pytest.raises(ImproperlyConfigured, match=MUST_LOOK_LIKE):
        environment(tmp_path, SITE_URL=url)


@pytest.mark.parametrize("url", ["mysql://localhost/hub", "hub.sqlite3", "localhost/hub"])
def test_database_of_another_kind_is_refused(url: str, tmp_path: Path) -> None:
    with pytest.raises(ImproperlyConfigured, match=r"^DATABASE_URL must begin with sqlite:///, postgres:// or"):
        environment(tmp_path, DATABASE_URL=url)


@pytest.mark.parametrize("url", ["postgres://ann:[secret@localhost/hub", "postgres://ann:sec/ret@localhost/hub"])
def test_malformed_database_url_is_refused_without_telling_its_password(url: str, tmp_path: Path) -> None:
    with pytest.raises(ImproperlyConfigured, match=r"^DATABASE_URL cannot be read: .*\.$") as refusal:
        environment(tmp_path, DATABASE_URL=url)

    assert "sec" not in str(refusal.value)


def test_unknown_log_format_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ImproperlyConfigured, match=r"^LOG_FORMAT is 'xml', but must be text or json\.$"):
        environment(tmp_path, LOG_FORMAT="xml")


@pytest.mark.parametrize("value", ["true", "yes", "2", "False"])
def test_debug_that_is_neither_0_nor_1_is_refused(value: str, tmp_path: Path) -> None:
    with pytest.raises(ImproperlyConfigured, match=rf"^DEBUG is '{value}', but must be 0 or 1\.$"):
        environment(tmp_path, DEBUG=value)


@pytest.mark.parametrize("value", ["true", "yes", "2"])
def test_require_otp_that_is_neither_0_nor_1_is_refused(value: str, tmp_path: Path) -> None:
    with pytest.raises(ImproperlyConfigured, match=rf"^REQUIRE_OTP is '{value}', but must be 0 or 1\.$"):
        environment(tmp_path, REQUIRE_OTP=value)


def test_no_proxy_is_trusted_by_default(tmp_path: Path) -> None:
    assert environment(tmp_path).trusted_proxies == ()


def test_trusted_proxies_are_addresses_and_networks(tmp_path: Path) -> None:
    found = environment(tmp_path, TRUSTED_PROXIES="127.0.0.1, 10.0.0.0/8,2001:db8::/32").trusted_proxies

    assert [str(network) for network in found] == ["127.0.0.1/32", "10.0.0.0/8", "2001:db8::/32"]


@pytest.mark.parametrize("value", ["1.2.3", "proxy.example.org", "10.0.0.1/8", "127.0.0.1,", "*"])
def test_malformed_trusted_proxies_are_refused(value: str, tmp_path: Path) -> None:
    with pytest.raises(ImproperlyConfigured, match=r"^TRUSTED_PROXIES is '.*', but must be addresses or networks"):
        environment(tmp_path, TRUSTED_PROXIES=value)


@pytest.mark.parametrize("name", ["ADMIN_USER", "ADMIN_PASSWORD_FILE"])
def test_first_admin_needs_both_name_and_file(name: str, tmp_path: Path) -> None:
    with pytest.raises(
        ImproperlyConfigured, match=r"^ADMIN_USER and ADMIN_PASSWORD_FILE are set together or not at all"
    ):
        environment(tmp_path, **{name: "ann"})


@pytest.mark.parametrize("name", ["ann smith", "a" * 151, "ann\n"])
def test_first_admin_with_an_impossible_name_is_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(
        ImproperlyConfigured, match=r"^ADMIN_USER is '.*', but may have letters, digits and @\.\+-_ only"
    ):
        environment(tmp_path, ADMIN_USER=name, ADMIN_PASSWORD_FILE="/run/password")


def test_debug_over_https_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ImproperlyConfigured, match=r"^DEBUG .* cannot be used with https\.$"):
        environment(tmp_path, DEBUG="1", SITE_URL="https://hub.example.org")


def test_misspelt_settings_are_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(ImproperlyConfigured, match=r"^HUB_DATADIR, HUB_PORT is not a setting of the hub\.$"):
        environment(tmp_path, HUB_PORT="8000", HUB_DATADIR="var")


def test_data_folder_that_is_a_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.touch()

    with pytest.raises(ImproperlyConfigured, match=r"^HUB_DATA_DIR cannot be used: "):
        environment(path)


def test_refused_configuration_leaves_no_folder_behind(tmp_path: Path) -> None:
    with pytest.raises(ImproperlyConfigured):
        environment(tmp_path / "new", PORT="abc")

    assert not (tmp_path / "new").exists()


def test_secret_key_is_made_once_and_kept(tmp_path: Path) -> None:
    first = environment(tmp_path).secret_key
    second = environment(tmp_path).secret_key

    assert first == second == (tmp_path / "secret_key").read_text()
    assert len(first) >= 50


def test_secret_keys_of_two_hubs_differ(tmp_path: Path) -> None:
    assert environment(tmp_path / "a").secret_key != environment(tmp_path / "b").secret_key


def test_generated_secret_key_is_for_its_owner_alone(tmp_path: Path) -> None:
    environment(tmp_path)

    assert mode(tmp_path / "secret_key") == 0o600
    assert [path.name for path in tmp_path.glob("secret*")] == ["secret_key"]


def keys_read_at_once(folders: list[Path]) -> list[set[str]]:
    """The secret keys that two processes read in each folder, told of it at the same time."""
    start: Any = partial(
        subprocess.Popen,
        [sys.executable, "-c", READ_KEYS],
        cwd=BASE_DIR,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        bufsize=1,
    )
    keys = []
    with start() as one, start() as other:
        for folder in folders:
            for process in (one, other):
                process.stdin.write(f"{folder}\n")
            keys.append({process.stdout.readline().strip() for process in (one, other)})
    return keys


def test_processes_that_start_at_once_read_one_secret_key(tmp_path: Path) -> None:
    folders = [tmp_path / str(number) for number in range(200)]

    keys = keys_read_at_once(folders)

    assert keys == [{(folder / "secret_key").read_text()} for folder in folders]
    assert {path.name for path in tmp_path.glob("*/secret*")} == {"secret_key"}


def test_secret_key_given_is_used_and_none_is_made(tmp_path: Path) -> None:
    found = environment(tmp_path, SECRET_KEY=STRONG)

    assert found.secret_key == STRONG
    assert not list(tmp_path.glob("secret*"))


def test_secret_key_file_given_is_read(tmp_path: Path) -> None:
    path = tmp_path / "key"
    path.write_text(f"{STRONG}\n")

    found = environment(tmp_path / "data", SECRET_KEY_FILE=str(path))

    assert found.secret_key == STRONG


@pytest.mark.parametrize("key", ["short", "a" * 60, STRONG[:49]])
def test_weak_secret_key_is_refused_without_telling_it(key: str, tmp_path: Path) -> None:
    with pytest.raises(ImproperlyConfigured, match=r"^The secret key in SECRET_KEY needs 50 characters") as refusal:
        environment(tmp_path, SECRET_KEY=key)

    assert key not in str(refusal.value)


def test_weak_secret_key_in_a_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "key"
    path.write_text("short")

    with pytest.raises(ImproperlyConfigured, match=rf"^The secret key in {re.escape(str(path))} needs 50 characters"):
        environment(tmp_path, SECRET_KEY_FILE=str(path))


@pytest.mark.parametrize("content", [None, b"\xff" * 60])
def test_secret_key_file_that_cannot_be_read_is_refused(content: bytes | None, tmp_path: Path) -> None:
    path = tmp_path / "key"
    if content:
        path.write_bytes(content)

    with pytest.raises(ImproperlyConfigured, match=r"^SECRET_KEY_FILE cannot be read: "):
        environment(tmp_path, SECRET_KEY_FILE=str(path))


@pytest.mark.parametrize("command", ["check", "migrate", "serve"])
def test_commands_tell_a_misconfiguration_in_one_sentence(command: str, tmp_path: Path) -> None:
    done = manage(tmp_path, command, PORT="abc")

    assert done.returncode != 0
    assert done.stderr == "The hub is not configured well: PORT is 'abc', but must be a number from 1 to 65535.\n"


def test_images_are_kept_in_the_data_folder_by_default(tmp_path: Path) -> None:
    storage = environment(tmp_path).image_storage

    assert storage == {"BACKEND": "hub.image_storage.ImageFolder", "OPTIONS": {"location": tmp_path / "images"}}


@pytest.mark.parametrize(
    ("url", "options"),
    [
        ("s3://images", {"bucket_name": "images", "location": "", "endpoint_url": None, "region_name": None}),
        (
            "s3://my-bucket/a%20hub/images/?endpoint=http://10.0.0.1:9000&region=eu-west-1",
            {
                "bucket_name": "my-bucket",
                "location": "a hub/images",
                "endpoint_url": "http://10.0.0.1:9000",
                "region_name": "eu-west-1",
            },
        ),
    ],
)
def test_images_may_be_kept_in_a_bucket(tmp_path: Path, url: str, options: dict[str, Any]) -> None:
    storage = environment(tmp_path, IMAGES_URL=url).image_storage

    assert storage["BACKEND"] == "hub.object_storage.ObjectStorage"
    assert storage["OPTIONS"] == options | {"file_overwrite": True}


@pytest.mark.parametrize(
    "url",
    [
        *("images", "file:///images", "https://example.org", "s3:", "s3://", "s3://B", "s3://a", "s3://bucket#x"),
        *("s3://bucket?region", "s3://bucket?region=", "s3://bucket?region=a b", "s3://bucket?zone=1", "s3://[::1"),
        *("s3://bucket?endpoint=s3.example.org", "s3://bucket?endpoint=", "s3://key:secret@bucket"),
    ],
)
def test_address_of_images_that_cannot_be_used_is_refused(tmp_path: Path, url: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=r"^IMAGES_URL is .*, but must look like s3://bucket/folder"):
        environment(tmp_path, IMAGES_URL=url)


def test_a_bucket_without_its_package_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hub.environment.find_spec", lambda name: None)

    with pytest.raises(ImproperlyConfigured, match=r"^IMAGES_URL needs one more package: \S+ -m pip install"):
        environment(tmp_path, IMAGES_URL="s3://images")
