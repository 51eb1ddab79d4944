"""`python -m tests.wheelhouse`: a fresh clone is installed from `make wheelhouse` alone, and served, without a network.

It downloads all packages, and so takes a minute or two. Linux alone has the namespaces in which the hub is shut up.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

BASE_DIR = Path(__file__).parents[1]
SHUT_UP = ["unshare", "--map-root-user", "--net", "--pid", "--fork", "--kill-child", "--mount-proc"]
SERVE = """
ip link set lo up
make run WHEELHOUSE=wheelhouse &
curl -fs --retry 180 --retry-delay 1 --retry-connrefused http://127.0.0.1:8000/readyz
"""


def main() -> None:
    """Exit with what went wrong, or with nothing."""
    if subprocess.run([*SHUT_UP, "true"], stderr=subprocess.DEVNULL).returncode:
        sys.exit("This machine does not allow network namespaces, so there is nothing to prove it in.")
    with tempfile.TemporaryDirectory(prefix="hub-wheelhouse-") as name:
        folder = Path(name) / "hub"
        subprocess.run(["git", "clone", "-q", "--depth", "1", f"file://{BASE_DIR}", folder], check=True)
        subprocess.run(["make", "wheelhouse", f"PYTHON={sys.executable}"], cwd=folder, check=True)
        shutil.rmtree(folder / ".venv")
        # Without the pip of this machine: its settings may name other places for packages.
        bare = {"PATH": os.environ["PATH"], "PYTHON": sys.executable, "PIP_CONFIG_FILE": "/dev/null", "HOME": name}
        done = subprocess.run([*SHUT_UP, "sh", "-ec", SERVE], cwd=folder, env=bare, text=True, stdout=subprocess.PIPE)
    sys.stdout.write(done.stdout)
    sys.exit(not done.stdout.endswith("ready\n"))


if __name__ == "__main__":
    main()
