"""The question set that comes with the hub."""

from pathlib import Path

FIXTURES = Path(__file__).resolve().parent.parent / "fixtures"


def fixtures() -> list[Path]:
    """The files to load, in one `loaddata` call: taxa first, since questions need them, then questions by file name."""
    return [FIXTURES / "taxonomy.yaml", *sorted(FIXTURES.glob("questions/*.yaml"))]


def images() -> list[Path]:
    """The drawings that the questions show, as the hub keeps them."""
    return sorted((FIXTURES / "images").glob("*.webp"))
