"""What `deploy/` holds runs as it stands, but for names, ports and certificates."""

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import get_commands

from hub.env_file import read_into
from hub.environment import BASE_DIR, Environment
from tests.browser.running_hub import RestingHub, RunningHub, copy_of, free_port
from tests.hub.nginx_server import SECONDS, SITE, nginx, program, self_signed

pytestmark = [pytest.mark.slow, pytest.mark.one_database]

DEPLOY = BASE_DIR / "deploy"
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
def test_service_is_hardly_exposed() -> None:
    done = subprocess.run(
        ["systemd-analyze", "security", "--offline=true", "--threshold=20", DEPLOY / "systemd" / "hub.service"],
        text=True,
        capture_output=True,
    )

    assert done.returncode == 0, done.stdout[-300:]


def test_file_of_settings_is_what_the_hub_understands(tmp_path: Path) -> None:
    variables = read_into({"HUB_ENV_FILE": str(DEPLOY / "hub.env")})

    assert Environment.from_variables(dict(variables) | {"HUB_DATA_DIR": str(tmp_path)}).is_https


def test_image_has_all_that_the_hub_needs(tmp_path: Path) -> None:
    text = (DEPLOY / "container" / "Containerfile").read_text()
    if has_builder():
        command: list[str | Path] = ["docker", "build", "-q", "-f", DEPLOY / "container" / "Containerfile", BASE_DIR]
        assert subprocess.run(command, capture_output=True).returncode == 0
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


def has_builder() -> bool:
    return bool(shutil.which("docker")) and subprocess.run(["docker", "info"], capture_output=True).returncode == 0
