"""What `deploy/` holds runs as it stands, but for names, ports and certificates."""

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import IPv4Network
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
import yaml
from django.core.management import get_commands

from hub.env_file import read_into
from hub.environment import BASE_DIR, Environment
from tests.browser.running_hub import RestingHub, RunningHub, copy_of, free_port
from tests.hub.nginx_server import SECONDS, SITE, nginx, program, self_signed

pytestmark = [pytest.mark.slow, pytest.mark.one_database]

DEPLOY = BASE_DIR / "deploy"
CONTAINER = DEPLOY / "container"
SITE_NAME = "${SITE_NAME:?put SITE_NAME=hub.example.org into .env}"
KEY = "".join(map(chr, range(48, 123)))
UNITS = sorted((DEPLOY / "systemd").iterdir())

needs_systemd = pytest.mark.skipif(
    not shutil.which("systemd-analyze"), reason="Nobody but systemd can say whether units are right."
)


@pytest.fixture(scope="module")
def hub(resting_hub: RestingHub, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningHub]:
    """A hub that a proxy on this machine stands in front of."""
    with copy_of(resting_hub, tmp_path_factory.mktemp("deploy"), SITE_URL=f"https://{SITE}") as hub:
        yield hub


def get(port: int, path: str = "/questions/", body: bytes | None = None) -> tuple[int, dict[str, str]]:
    """Status and headers of an answer over TLS, under the site's name, whoever has signed the certificate."""
    command = ["curl", "-sk", "-D", "-", "-o", "/dev/null", "--noproxy", "*", "-H", f"Host: {SITE}", "-H", "Expect:"]
    command += ["--resolve", f"{SITE}:{port}:127.0.0.1", f"https://{SITE}:{port}{path}"]
    command += ["--data-binary", "@-"] if body else []
    deadline = time.monotonic() + SECONDS
    while (done := subprocess.run(command, input=body, capture_output=True)).returncode:
        assert time.monotonic() < deadline, done.stderr
        time.sleep(0.1)
    status, *lines = done.stdout.decode().strip().splitlines()
    headers = {name.title(): value for name, _, value in (line.partition(": ") for line in lines)}
    return int(status.split()[1]), headers


def test_nginx_serves_the_hub_keeps_its_pages_and_lets_imports_pass(hub: RunningHub, tmp_path: Path) -> None:
    with nginx([hub.port], tmp_path) as port:
        first, second = get(port), get(port)
        assert (first[0], first[1]["X-Cache"]) == (200, "MISS")
        assert (second[0], second[1]["X-Cache"]) == (200, "HIT")

        status, headers = get(port, "/admin/questions/question/import/", b"x" * 2_000_000)
        assert (status, "Content-Security-Policy" in headers) == (
            413,
            True,
        )  # The hub's own refusal of a stranger, not nginx's.
        assert get(port, "/readyz")[0] == 200


def test_nginx_serves_pages_while_the_hub_is_away(resting_hub: RestingHub, tmp_path: Path) -> None:
    with (
        copy_of(resting_hub, tmp_path / "away", SITE_URL=f"https://{SITE}") as hub,
        nginx([hub.port], tmp_path) as port,
    ):
        get(port)
        hub.stop()
        assert get(port)[0] == 200


def test_nginx_asks_the_standbys_hub_where_the_others_have_no_database_and_else_says_that_all_are_away(
    hub: RunningHub, tmp_path: Path
) -> None:
    with ExitStack() as stack:
        without = [stack.enter_context(answers_503()) for _ in range(2)]
        for backup in (hub.port, free_port()):
            (folder := tmp_path / str(backup)).mkdir()
            with nginx(without, folder, backup) as port:
                answers = [get(port, f"/questions/?q={number}") for number in range(6)]
            if backup == hub.port:
                assert {status for status, _ in answers} == {200}
            else:
                assert {(status, headers["Retry-After"]) for status, headers in answers} == {(503, "10")}


@contextmanager
def answers_503() -> Iterator[int]:
    """The port of a server that can make no page."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(503)
            self.send_header("Retry-After", "10")
            self.end_headers()

        def log_message(self, *arguments: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield server.server_port
        server.shutdown()
        thread.join()


def test_caddy_serves_the_hub(hub: RunningHub, tmp_path: Path) -> None:
    port = free_port()
    text = (DEPLOY / "caddy" / "Caddyfile").read_text().replace("127.0.0.1:8000", f"127.0.0.1:{hub.port}")
    certificate, key = self_signed(tmp_path)
    text = text.replace(f"{SITE} {{", f"https://{SITE}:{port} {{\n\ttls {certificate} {key}\n\tbind 127.0.0.1", 1)
    config = tmp_path / "Caddyfile"
    config.write_text(f"{{\n\tadmin off\n\tauto_https disable_redirects\n\tskip_install_trust\n}}\n{text}")

    with program("caddy", "run", "--adapter", "caddyfile", "--config", config):
        status, headers = get(port)

    assert (status, headers["Strict-Transport-Security"]) == (200, "max-age=3600")


@needs_systemd
@pytest.mark.parametrize("unit", UNITS, ids=lambda path: path.name)
def test_units_are_what_systemd_understands(unit: Path) -> None:
    done = subprocess.run(["systemd-analyze", "verify", unit], text=True, capture_output=True)

    about = [line for line in done.stderr.splitlines() if "/opt/hub" not in line and "hub" in line]
    assert about == []


def test_units_run_commands_that_there_are() -> None:
    named = {name for unit in UNITS for name in re.findall(r"^ExecStart=.* manage\.py (\w+)", unit.read_text(), re.M)}

    assert named <= get_commands().keys()
    assert {"backup", "clearsessions", "forget_learners", "forget_imports", "run_examples"} <= named


def test_command_for_a_shell_is_the_service_in_another_form() -> None:
    text, service = (DEPLOY / "hub").read_text(), (DEPLOY / "systemd" / "hub.service").read_text()
    value = dict(line.split("=", 1) for line in service.splitlines() if "=" in line)

    folder = value["WorkingDirectory"]
    assert f"runuser -u {value['User']} -- {folder}/.venv/bin/python {folder}/manage.py" in text
    assert re.search("HUB_ENV_FILE=(.+)", service)[1] in text  # type: ignore[index]
    assert f"umask {value['UMask'][1:]}" in text
    assert os.access(DEPLOY / "hub", os.X_OK)


def test_guide_names_files_commands_and_targets_that_there_are() -> None:
    text = (BASE_DIR / "docs" / "operating.md").read_text()

    files = set(re.findall(r"\bdeploy/[\w./-]*\w", text))
    commands = set(re.findall(r"^(?:.*&& |[A-Z_]+=.* )?hub ([a-z_]+)|`hub ([a-z_]+)", text, re.M))
    targets = set(re.findall(r"^(?:.*&& )?make ([a-z]+)|`make ([a-z]+)", text, re.M))
    assert [name for name in files if not (BASE_DIR / name).exists() and not list(BASE_DIR.glob(f"{name}*"))] == []
    assert {name for names in commands for name in names if name} <= get_commands().keys()
    makefile = (BASE_DIR / "Makefile").read_text()
    assert [name for names in targets for name in names if name and f"\n{name}:" not in makefile] == []
    assert (len(files) > 5, len(commands) > 5, len(targets) > 1) == (True, True, True)


@needs_systemd
@pytest.mark.parametrize("unit", sorted((DEPLOY / "systemd").glob("*.service")), ids=lambda path: path.name)
def test_services_are_hardly_exposed(unit: Path) -> None:
    done = subprocess.run(
        ["systemd-analyze", "security", "--offline=true", "--threshold=20", unit],
        text=True,
        capture_output=True,
    )

    assert done.returncode == 0, done.stdout[-300:]


def test_file_of_settings_is_what_the_hub_understands(tmp_path: Path) -> None:
    variables = read_into({"HUB_ENV_FILE": str(DEPLOY / "hub.env")})

    assert Environment.from_variables(dict(variables) | {"HUB_DATA_DIR": str(tmp_path)}).is_https


def test_image_has_all_that_the_hub_needs(tmp_path: Path) -> None:
    text = (CONTAINER / "Containerfile").read_text()
    if builder := builder_with(re.findall(r"^FROM (\S+)", text, re.MULTILINE)[0]):
        done = subprocess.run(
            [builder, "build", "--network=host", "-q", "-f", CONTAINER / "Containerfile", BASE_DIR],
            text=True,
            capture_output=True,
        )
        assert done.returncode == 0, done.stderr
        return
    for sources in re.findall(r"^COPY (.+) \S+$", text, re.MULTILINE):
        for source in sources.split():
            target = tmp_path / "opt" / source
            target.parent.mkdir(parents=True, exist_ok=True)
            (shutil.copytree if (BASE_DIR / source).is_dir() else shutil.copy)(BASE_DIR / source, target)

    done = subprocess.run(
        [sys.executable, "manage.py", "upgrade"],
        cwd=tmp_path / "opt",
        env={"HUB_DATA_DIR": str(tmp_path / "data")},
        text=True,
        capture_output=True,
    )

    assert done.returncode == 0, done.stderr
    assert "The hub is ready to be started." in done.stdout


def builder_with(base: str) -> str | None:
    """A program that builds images here, if it has the one that others are made from, or can get it, and runs it."""
    for builder in filter(shutil.which, ("docker", "podman")):
        if subprocess.run([builder, "run", "--rm", base, "true"], capture_output=True).returncode == 0:
            return builder
    return None


def test_images_get_all_that_they_copy_and_nothing_private() -> None:
    sent = set(re.findall(r"^!(.+)$", (BASE_DIR / ".dockerignore").read_text(), re.MULTILINE))
    copied = re.findall(r"^COPY (.+) \S+$", (CONTAINER / "Containerfile").read_text(), re.MULTILINE)

    assert {source.split("/")[0] for line in copied for source in line.split()} == sent
    assert not sent & {"deploy", "var", "hub.env", ".git"}


def test_every_container_is_read_only_and_without_capabilities() -> None:
    services = compose()["services"]

    assert services.keys() == {"hub", "database", "redis", "proxy"}
    for name, service in services.items():
        given = [service.get(key) for key in ("read_only", "cap_drop", "cap_add", "security_opt")]
        assert given == [True, ["ALL"], None, ["no-new-privileges:true"]], name
        assert "root" not in user_of(service), name


def user_of(service: dict[str, Any]) -> str:
    """Who runs it: by its own word, else by the last one of the file that its image is built with."""
    if "user" in service:
        return str(service["user"])
    file = CONTAINER / Path(service["build"]["dockerfile"]).name
    return str(re.findall(r"^USER (\S+)$", file.read_text(), re.MULTILINE)[-1])


def test_hub_in_a_container_gets_what_it_understands_and_believes_the_proxy_alone(tmp_path: Path) -> None:
    services, networks = compose()["services"], compose()["networks"]
    variables = {name: value.replace(SITE_NAME, SITE) for name, value in services["hub"]["environment"].items()}
    for secret, text in (("secret_key", KEY), ("database_url", "postgres://hub:word@database/hub")):
        (tmp_path / secret).write_text(text)
        variables[f"{secret.upper()}_FILE"] = str(tmp_path / secret)

    environment = Environment.from_variables(variables | {"HUB_DATA_DIR": str(tmp_path / "data")})

    assert environment.origin == f"https://{SITE}"
    proxy = IPv4Network(services["proxy"]["networks"]["inside"]["ipv4_address"])
    assert environment.trusted_proxies == (proxy,)
    assert variables["FORWARDED_ALLOW_IPS"] == str(proxy.network_address)
    inside = networks["inside"]["ipam"]["config"][0]
    assert proxy.subnet_of(IPv4Network(inside["subnet"]))
    assert not proxy.overlaps(IPv4Network(inside["ip_range"]))


def compose() -> dict[str, Any]:
    return dict(yaml.safe_load((CONTAINER / "compose.yaml").read_text()))
