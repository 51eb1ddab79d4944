"""The one place that reads environment variables: known and checked, or refused with a sentence."""

import re
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from importlib.util import find_spec
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Any, Self
from urllib.parse import SplitResult, parse_qsl, quote, unquote, urlsplit

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

from hub.owner import refuse_root
from hub.secret_key import secret_key, secret_of, strong

MOST_SECONDS = 63_072_000  # two years
BASE_DIR = Path(__file__).resolve().parent.parent
INSTALL = f"{sys.executable} -m pip install"
LOOPBACK = ("127.0.0.1", "localhost", "::1")

# Names and addresses alone: Django would take `*` and `.example.org` for patterns of many hosts.
SITE_URL = re.compile(r"https?://([a-z0-9]([a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:.]+\])(:[1-9][0-9]{0,4})?/?")

# The client would pass over the parts of an address that it does not know.
REDIS_URL = re.compile(r"rediss?://[^/?#\s]+(/[0-9]*)?(\?[^#\s]+)?|unix://[^?#\s]+(\?[^#\s]+)?")

DSN = re.compile(r"https?://[^/@:\s]+(:[^/@\s]+)?@[^/@\s]+(/[^\s?#]*)?/[0-9]+")

OWN = ("HUB_DATA_DIR", "HUB_ENV_FILE")
BUCKET = re.compile(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")

USERNAME = re.compile(r"[\w.@+-]{1,150}")  # As Django has it.

Networks = tuple[IPv4Network | IPv6Network, ...]


@dataclass(frozen=True)
class Environment:
    """What the operator decided; `from_variables` raises ImproperlyConfigured for what it cannot accept."""

    data_dir: Path
    port: int
    workers: int
    site_url: SplitResult
    database: dict[str, Any]
    cache_url: str
    image_storage: dict[str, Any]
    secret_key: str
    secret_key_fallbacks: list[str]
    hsts_seconds: int
    hsts_scope: str
    log_format: str
    metrics_address: tuple[str, int] | None
    error_reports_dsn: str
    trusted_proxies: Networks
    require_otp: bool
    publish_needs: str
    admin_user: str
    admin_password_file: str
    debug: bool

    @classmethod
    def from_variables(cls, variables: Mapping[str, str]) -> Self:
        if unknown := [name for name in variables if name.startswith("HUB_") and name not in OWN]:
            raise ImproperlyConfigured(f"{', '.join(sorted(unknown))} is not a setting of the hub.")
        data_dir = Path(variables.get("HUB_DATA_DIR") or BASE_DIR / "var").absolute()
        port = _number("PORT", variables.get("PORT") or "8000", 65535)
        site_url = _site_url(variables.get("SITE_URL") or f"http://127.0.0.1:{port}")
        debug = _one_of("DEBUG", variables.get("DEBUG") or "0", ("0", "1")) == "1"
        if debug and site_url.scheme == "https":
            raise ImproperlyConfigured("DEBUG shows the inside of the hub to anyone and cannot be used with https.")
        admin_user, admin_password_file = _first_admin(variables)
        trusted_proxies = _networks("TRUSTED_PROXIES", variables.get("TRUSTED_PROXIES") or "")
        _make_private_folder(data_dir)
        return cls(
            data_dir=data_dir,
            port=port,
            workers=_number("WEB_CONCURRENCY", variables.get("WEB_CONCURRENCY") or "2", 99),
            site_url=site_url,
            database=_database(secret_of(variables, "DATABASE_URL") or _private_sqlite(data_dir / "hub.sqlite3")),
            cache_url=_cache_url(secret_of(variables, "CACHE_URL")),
            image_storage=_image_storage(variables.get("IMAGES_URL") or "", data_dir),
            secret_key=secret_key(variables, data_dir),
            secret_key_fallbacks=[
                strong("SECRET_KEY_FALLBACKS", key) for key in secret_of(variables, "SECRET_KEY_FALLBACKS").split()
            ],
            hsts_seconds=_number("HSTS_SECONDS", variables.get("HSTS_SECONDS") or "3600", MOST_SECONDS, least=0),
            hsts_scope=_one_of("HSTS_SCOPE", variables.get("HSTS_SCOPE") or "host", ("host", "subdomains", "preload")),
            metrics_address=_metrics_address(variables.get("METRICS_ADDRESS") or "", port),
            error_reports_dsn=_error_reports_dsn(variables),
            log_format=_one_of("LOG_FORMAT", variables.get("LOG_FORMAT") or "text", ("text", "json")),
            trusted_proxies=trusted_proxies,
            require_otp=_one_of("REQUIRE_OTP", variables.get("REQUIRE_OTP") or "0", ("0", "1")) == "1",
            publish_needs=_one_of(
                "PUBLISH_NEEDS", variables.get("PUBLISH_NEEDS") or "everything", ("everything", "answer")
            ),
            admin_user=admin_user,
            admin_password_file=admin_password_file,
            debug=debug,
        )

    @property
    def has_key_for_itself(self) -> bool:
        """Whether the secret key is this data folder's own, though other hubs may share its database or cache."""
        path = self.data_dir / "secret_key"
        is_own = path.is_file() and path.read_text(encoding="utf-8").strip() == self.secret_key
        return is_own and bool(self.cache_url or "sqlite" not in self.database["ENGINE"])

    @property
    def is_https(self) -> bool:
        return self.site_url.scheme == "https"

    @property
    def origin(self) -> str:
        """Scheme, host and port, as in `https://hub.example.org`: what absolute links begin with."""
        return f"{self.site_url.scheme}://{self.site_url.netloc}"

    @property
    def hosts(self) -> list[str]:
        """The Host headers that are answered; the names of the loopback interface stand for each other."""
        host = self.site_url.hostname or ""
        names = LOOPBACK if host in LOOPBACK else (host,)
        return [f"[{name}]" if ":" in name else name for name in names]


def _one_of(name: str, value: str, accepted: tuple[str, ...]) -> str:
    if value not in accepted:
        raise ImproperlyConfigured(f"{name} is {value!r}, but must be {' or '.join(accepted)}.")
    return value


def _number(name: str, value: str, most: int, least: int = 1) -> int:
    if not (re.fullmatch(r"[0-9]{1,9}", value) and least <= int(value) <= most):
        raise ImproperlyConfigured(f"{name} is {value!r}, but must be a number from {least} to {most}.")
    return int(value)


def _networks(name: str, value: str) -> Networks:
    try:
        return tuple(ip_network(part.strip()) for part in value.split(",") if value)
    except ValueError:
        raise ImproperlyConfigured(
            f"{name} is {value!r}, but must be addresses or networks with commas between, such as 127.0.0.1,192.0.2.10."
        ) from None


def _first_admin(variables: Mapping[str, str]) -> tuple[str, str]:
    """The name of an account to make at the start, and the file with its password; or two empty texts."""
    name, file = variables.get("ADMIN_USER") or "", variables.get("ADMIN_PASSWORD_FILE") or ""
    if bool(name) != bool(file):
        raise ImproperlyConfigured("ADMIN_USER and ADMIN_PASSWORD_FILE are set together or not at all.")
    if name and not USERNAME.fullmatch(name):
        raise ImproperlyConfigured(f"ADMIN_USER is {name!r}, but may have letters, digits and @.+-_ only, at most 150.")
    return name, file


def _private_sqlite(path: Path) -> str:
    """The address of a SQLite database that only its owner reads, whatever the umask; its journals follow its mode."""
    with suppress(OSError):  # Whoever writes to it says what is wrong with the folder.
        path.touch(mode=0o600, exist_ok=False)
    return f"sqlite:///{quote(str(path))}"


def _site_url(value: str) -> SplitResult:
    try:
        parts = urlsplit(value.lower())
        complete = SITE_URL.fullmatch(value.lower()) and (parts.port or True)  # A port above 65535 raises.
    except ValueError:
        complete = False
    if not complete:
        raise ImproperlyConfigured(f"SITE_URL is {value!r}, but must look like https://hub.example.org")
    return parts


def _database(url: str) -> dict[str, Any]:
    if not url.startswith(("sqlite://", "postgres://", "postgresql://")):
        raise ImproperlyConfigured("DATABASE_URL must begin with sqlite:///, postgres:// or postgresql://.")
    try:
        return dict(dj_database_url.parse(url))
    except ValueError:
        raise ImproperlyConfigured("DATABASE_URL cannot be read: its parts may need percent-encoding.") from None


def _cache_url(url: str) -> str:
    """The address of a Redis, or an empty text."""
    if not url:
        return url
    if not url.startswith(("redis://", "rediss://", "unix://")):
        raise ImproperlyConfigured("CACHE_URL must begin with redis://, rediss:// or unix://.")
    try:
        complete = REDIS_URL.fullmatch(url) and _redis_understands(url)
    except (TypeError, ValueError):
        complete = False
    if not complete:
        raise ImproperlyConfigured("CACHE_URL cannot be read: its parts may need percent-encoding.")
    return url


def _redis_understands(url: str) -> bool:
    """Have the Redis client read the address, with every option in it, but not connect."""
    import redis  # Takes long to load, and few hubs need it.

    return bool(redis.ConnectionPool.from_url(url).make_connection())


def _metrics_address(value: str, port: int) -> tuple[str, int] | None:
    """Host and port, or None; a port of its own, since the hub's is everybody's."""
    if not value:
        return None
    try:
        parts = urlsplit(f"//{value}")
        host, own = parts.hostname, parts.port
    except ValueError:
        host = own = None
    if not (host and own and own != port and parts.netloc == value and "@" not in value):
        raise ImproperlyConfigured(
            f"METRICS_ADDRESS is {value!r}, but must be a host and a port that is not PORT, such as 127.0.0.1:9464."
        )
    return host, own


def _error_reports_dsn(variables: Mapping[str, str]) -> str:
    """Where errors are reported to, or an empty text."""
    name = "SENTRY_DSN" if variables.get("SENTRY_DSN") else "ERROR_REPORTS_DSN"
    dsn = secret_of(variables, name)
    if dsn and not DSN.fullmatch(dsn):
        raise ImproperlyConfigured(f"{name} must look like https://key@errors.example.org/1.")
    if dsn and not find_spec("sentry_sdk"):
        raise ImproperlyConfigured(f"{name} needs one more package: {INSTALL} sentry-sdk.")
    return dsn


def _image_storage(url: str, data_dir: Path) -> dict[str, Any]:
    """How Django reaches the images: in the data folder, or in the bucket of an s3: address."""
    if not url:
        return {"BACKEND": "hub.image_storage.ImageFolder", "OPTIONS": {"location": data_dir / "images"}}
    try:
        parts = urlsplit(url)
        asked = dict(parse_qsl(parts.query, strict_parsing=bool(parts.query), keep_blank_values=True))
    except ValueError:
        raise _bad_images_url(url) from None
    endpoint, region = asked.pop("endpoint", None), asked.pop("region", None)
    is_sound = parts.scheme == "s3" and BUCKET.fullmatch(parts.netloc) and not asked and not parts.fragment
    if not is_sound or not _is_endpoint(endpoint) or (region is not None and not re.fullmatch("[a-z0-9-]+", region)):
        raise _bad_images_url(url)
    if not find_spec("storages") or not find_spec("boto3"):
        raise ImproperlyConfigured(f"IMAGES_URL needs one more package: {INSTALL} 'django-storages[s3]'.")
    options = {
        "bucket_name": parts.netloc,
        "location": unquote(parts.path).strip("/"),
        "endpoint_url": endpoint,
        "region_name": region,
        "file_overwrite": True,
    }
    return {"BACKEND": "hub.object_storage.ObjectStorage", "OPTIONS": options}


def _is_endpoint(url: str | None) -> bool:
    return url is None or SITE_URL.fullmatch(url) is not None


def _bad_images_url(url: str) -> ImproperlyConfigured:
    return ImproperlyConfigured(
        f"IMAGES_URL is {url!r}, but must look like s3://bucket/folder?endpoint=https://s3.example.org&region=eu-west-1."
    )


def _make_private_folder(path: Path) -> None:
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        refuse_root(path)
    except OSError as error:
        raise ImproperlyConfigured(f"HUB_DATA_DIR cannot be used: {error}.") from None
