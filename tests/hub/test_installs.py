"""A bare server is enough: each pin of the hub installs without a compiler, on each Python that it names.

What is asked is the package registry. Where it cannot be reached the tests are skipped, except where CI is set.
"""

import os
import re
import subprocess
from pathlib import Path

import pytest
from uv import find_uv_bin

from hub.environment import BASE_DIR

pytestmark = [pytest.mark.one_database, pytest.mark.slow]

PYTHONS = ("3.11", "3.12", "3.13", "3.14")
PLATFORMS = (
    "x86_64-manylinux_2_28",
    "aarch64-manylinux_2_28",
    "x86_64-unknown-linux-musl",
    "aarch64-unknown-linux-musl",
)
NO_SOLUTION = 1  # uv's exit code where the registry answers and a wheel is missing; 2 is any other failure.


Done = subprocess.CompletedProcess[str]


def install(lock: str, python: str, platform: str, target: Path) -> Done:
    """Resolve a lock for another machine, from wheels alone, and install nothing."""
    machine: list[str | Path] = ["--python-version", python, "--python-platform", platform, "--target", target]
    exactly = f"--only-binary :all: --require-hashes --no-deps -r requirements/{lock}".split()
    command = [find_uv_bin(), "pip", "install", "--dry-run", *machine, *exactly]
    return subprocess.run(command, cwd=BASE_DIR, text=True, capture_output=True)


@pytest.fixture(scope="module")
def without_wheel(tmp_path_factory: pytest.TempPathFactory) -> Done:
    """What is said of a lock with a package that has to be compiled; skips where the registry does not answer."""
    done = install("fast.txt", PYTHONS[0], PLATFORMS[0], tmp_path_factory.mktemp("target"))
    if done.returncode not in (0, NO_SOLUTION) and not os.environ.get("CI"):
        pytest.skip(f"The package registry cannot be asked: {done.stderr.strip().splitlines()[-1]}")
    return done


def test_a_package_without_a_wheel_is_noticed(without_wheel: Done) -> None:
    assert without_wheel.returncode == NO_SOLUTION
    assert re.search(r"gunicorn-h1c==\S+ has no usable wheels", without_wheel.stderr)


@pytest.mark.usefixtures("without_wheel")
@pytest.mark.parametrize("platform", PLATFORMS)
@pytest.mark.parametrize("python", PYTHONS)
def test_every_pin_installs_without_a_compiler(python: str, platform: str, tmp_path: Path) -> None:
    done = install("run.txt", python, platform, tmp_path)

    assert done.returncode == 0, done.stderr


def test_the_same_versions_of_python_are_named_everywhere() -> None:
    readme, makefile, pyproject = (
        (BASE_DIR / name).read_text(encoding="utf-8") for name in ("README.md", "Makefile", "pyproject.toml")
    )
    (sentence,) = re.findall(r"You need Python (.*?), with", readme)
    (listed,) = re.findall(r"^PYTHONS := (.*)$", makefile, re.MULTILINE)
    (oldest,) = re.findall(r'^requires-python = ">=(.*)"$', pyproject, re.MULTILINE)

    assert tuple(re.findall(r"3\.\d+", sentence)) == PYTHONS
    assert tuple(listed.split()) == PYTHONS
    assert tuple(re.findall(r"Python :: (3\.\d+)", pyproject)) == PYTHONS
    assert oldest == PYTHONS[0]
