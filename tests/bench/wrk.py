"""The external load generator: wrk, from Debian."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping

CONNECTIONS = 16
SECONDS = 3


def install() -> None:
    """Make sure that wrk is there, where that is allowed."""
    if shutil.which("wrk"):
        return
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        sys.exit("The bench needs the Debian package wrk; install it and try again.")
    subprocess.run(["apt-get", "update", "-qq"], check=True)
    quietly = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "install", "-y", "-qq", "--no-install-recommends", "wrk"], check=True, env=quietly)


def requests_a_second(url: str, headers: Mapping[str, str] | None = None, seconds: int = SECONDS) -> float:
    """How many requests are answered; raises RuntimeError where one fails."""
    said = [argument for name, value in (headers or {}).items() for argument in ("-H", f"{name}: {value}")]
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", *said, url]
    output = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    rate = re.search(r"Requests/sec:\s*([0-9.]+)", output)
    if not rate or "Non-2xx" in output:
        raise RuntimeError(f"wrk says:\n{output}")
    return float(rate[1])
