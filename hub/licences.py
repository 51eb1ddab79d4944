"""Under which licences the hub's dependencies stand, and whether somebody who hosts the hub may pass them on."""

import re
from dataclasses import dataclass
from importlib.metadata import PackageMetadata, PackageNotFoundError, distribution

from hub.environment import BASE_DIR

PERMISSIVE = "0BSD Apache-2.0 BSD BSD-2-Clause BSD-3-Clause ISC MIT PostgreSQL PSF-2.0 Unlicense Zlib".split()
# These ask for the source of the library alone, and the hub takes libraries as they are, each in a folder of its own
# where it can be replaced. The GPL and the AGPL would ask for the hub's, and whatever forbids a use is not open.
WEAK_COPYLEFT = "LGPL-2.1-only LGPL-2.1-or-later LGPL-3.0-only LGPL-3.0-or-later MPL-2.0".split()
ACCEPTED = frozenset(PERMISSIVE + WEAK_COPYLEFT)

# What packages write that state no SPDX expression.
CLASSIFIERS = {
    "License :: OSI Approved :: Apache Software License": "Apache-2.0",
    "License :: OSI Approved :: BSD License": "BSD",
    "License :: OSI Approved :: MIT License": "MIT",
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

    @property
    def is_accepted(self) -> bool:
        """Whether every part stands under a licence that is accepted, where there is a choice under one of them."""
        choices = [choice.split(" AND ") for choice in self.licence.split(" OR ")]
        return self.licence == MISSING or any(ACCEPTED.issuperset(parts) for parts in choices)


def dependencies() -> list[Dependency]:
    """Whatever the lock files pin and static/vendor/ holds, by name."""
    pins: dict[str, str] = {}
    for lock in (BASE_DIR / "requirements").glob("*.txt"):
        pins |= re.findall(r"^([a-z0-9.-]+)(?:\[.*?\])?==(\S+)", lock.read_text(encoding="utf-8"), re.MULTILINE)
    vendored = [path.name.rpartition("-") for path in sorted((BASE_DIR / "static" / "vendor").iterdir())]
    return [Dependency(name, version, _licence(name)) for name, version in sorted(pins.items())] + [
        Dependency(name, version, VENDORED.get(f"{name}-{version}", "")) for name, _, version in vendored
    ]


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
