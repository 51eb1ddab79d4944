"""Which version of the hub this is; pyproject.toml is the one place that says it."""

import tomllib

from hub.environment import BASE_DIR

VERSION: str = tomllib.loads((BASE_DIR / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
