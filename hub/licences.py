"""Under which licences the hub's dependencies stand, and whether somebody who hosts the hub may pass them on."""

import re
from dataclasses import dataclass
from importlib.metadata import PackageMetadata, PackageNotFoundError, distribution

from hub.environment import BASE_DIR

PERMISSIVE = """0BSD Apache-2.0 BSD BSD-2-Clause BSD-3-Clause CC0-1.0 ISC MIT MIT-0 MIT-CMU PostgreSQL PSF-2.0 Unlicense
    Zlib""".split()
# These ask for the source of the library alone, and the hub takes libraries as they are, each in a folder of its own
# where it can be replaced. The GPL and the AGPL would ask for the hub's, and whatever forbids a use is not open.
WEAK_COPYLEFT = "LGPL-2.1-only LGPL-2.1-or-later LGPL-3.0-only LGPL-3.0-or-later MPL-2.0".split()
ACCEPTED = frozenset(PERMISSIVE + WEAK_COPYLEFT)

# What packages write that state no SPDX expression.
CLASSIFIERS = {
    "License :: OSI Approved :: Apache Software License": "Apache-2.0",
    "License :: OSI Approved :: BSD License": "BSD",
    "License :: OSI Approved :: MIT License": "MIT",
    "License :: OSI Approved :: Python Software Foundation License": "PSF-2.0",
    "License :: OSI Approved :: Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
}
# Packages whose metadata names none; it stands in the licence file that comes with them.
IN_THEIR_FILES = {"axe-playwright-python": "MIT"}
# Files of others in static/vendor/, each in a folder with its licences beside it.
VENDORED = {"easymde-2.21.0": "MIT AND BSD-3-Clause"}

MISSING = "not installed here"  # A pin for another platform or Python, or of an extra.


@dataclass(frozen=True)
class Dependency:
    """A work of others, its version, and its licence as an SPDX expression."""

    name: str
    version: str
    licence: str
    is_for_tests: bool = False  # and not passed on with the hub

    @property
    def is_accepted(self) -> bool:
        """Whether it may be passed on: each part, where there is a choice under one of them; or else need not be."""
        choices = [choice.split(" AND ") for choice in self.licence.split(" OR ")]
        return self.is_for_tests or self.licence == MISSING or any(ACCEPTED.issuperset(parts) for parts in choices)


def dependencies() -> list[Dependency]:
    """Whatever the lock files pin and static/vendor/ holds, by name."""
    shipped, pins = {**_pins("run"), **_pins("fast")}, _pins("test")
    pins |= shipped
    vendored = [path.name.rpartition("-") for path in sorted((BASE_DIR / "static" / "vendor").iterdir())]
    packages = [Dependency(name, pins[name], _licence(name), name not in shipped) for name in sorted(pins)]
    return packages + [
        Dependency(name, version, VENDORED.get(f"{name}-{version}", "")) for name, _, version in vendored
    ]


def _pins(lock: str) -> dict[str, str]:
    """The packages of a lock file, each with its version."""
    text = (BASE_DIR / "requirements" / f"{lock}.txt").read_text(encoding="utf-8")
    return dict(re.findall(r"^([a-z0-9.-]+)(?:\[.*?\])?==(\S+)", text, re.MULTILINE))


def _licence(name: str) -> str:
    try:
        return IN_THEIR_FILES.get(name) or stated(distribution(name).metadata)
    except PackageNotFoundError:
        return MISSING


def stated(metadata: PackageMetadata) -> str:
    """The licence that a package's metadata states, in the best of the three ways in which it may."""
    if "License-Expression" in metadata:
        return metadata["License-Expression"]
    classifiers = [line for line in metadata.get_all("Classifier") or [] if line.startswith("License :: ")]
    known = [CLASSIFIERS.get(line, line.rpartition(" :: ")[2]) for line in classifiers]
    return " AND ".join(known) or (metadata.get_all("License") or [""])[0].partition("\n")[0]
