"""nginx with the hub's own site, on loopback, in front of hubs that a test runs."""

import re
import socket
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from hub.environment import BASE_DIR
from tests.browser.running_hub import free_port

SITE = "hub.example.org"
SECONDS = 20
SITE_FILE = BASE_DIR / "deploy" / "nginx" / "hub.conf"


@contextmanager
def program(*command: str | Path) -> Iterator[None]:
    """A program that runs, and is ended."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield
    finally:
        process.terminate()
        process.wait(SECONDS)


def self_signed(folder: Path) -> tuple[Path, Path]:
    """A certificate for SITE and its key."""
    certificate, key = folder / "certificate.pem", folder / "key.pem"
    subject = ["-subj", f"/CN={SITE}", "-addext", f"subjectAltName=DNS:{SITE}"]
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", *subject]
    subprocess.run([*command, "-keyout", key, "-out", certificate], check=True, capture_output=True)
    return certificate, key


@contextmanager
def nginx(ports: Sequence[int], folder: Path, backup: int | None = None) -> Iterator[int]:
    """nginx with the hub's site in front of the hubs at these ports, and of one that it asks when all of them fail.

    Its own port for https is given.
    """
    servers = [f"server 127.0.0.1:{one} fail_timeout=1s;" for one in ports]
    servers += [f"server 127.0.0.1:{backup} backup;"] if backup else []
    port, (certificate, key) = free_port(), self_signed(folder)
    site = SITE_FILE.read_text()
    for pattern, replacement in (
        (r"listen \[::\]:.*;\n", ""),
        (r"listen 80;", f"listen 127.0.0.1:{free_port()};"),
        (r"listen 443 ", f"listen 127.0.0.1:{port} "),
        (r"server 127\.0\.0\.1:8000;", " ".join(servers)),
        (r"/etc/letsencrypt/\S+fullchain.pem", str(certificate)),
        (r"/etc/letsencrypt/\S+privkey.pem", str(key)),
        (r"/var/cache/nginx/hub", str(folder / "cache")),
    ):
        site, number = re.subn(pattern, replacement, site)
        assert number, pattern
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    paths = "".join(f"{kind}_temp_path {folder}/{kind};" for kind in kinds)
    user = "user root;" if folder.stat().st_uid == 0 else ""
    (folder / "nginx.conf").write_text(
        f"{user} pid {folder}/pid; error_log {folder}/error.log; daemon off; events {{}} "
        f"http {{ access_log off; {paths}\n{site}\n}}"
    )
    with program("nginx", "-p", folder, "-c", folder / "nginx.conf"):
        _wait_for(port)
        yield port


def _wait_for(port: int) -> None:
    deadline = time.monotonic() + SECONDS
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except ConnectionRefusedError:
            assert time.monotonic() < deadline, "nginx does not start."
            time.sleep(0.05)
