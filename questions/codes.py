"""Question codes such as PY-ADV-004, as they are written, counted, and stand in addresses."""

PATTERN = r"[A-Z]{2,4}-[A-Z]{3}-[0-9]{3,5}"
LONGEST = 14  # characters
LAST = 99_999  # the highest number


class CodeConverter:
    """A path part that has the form of a code, in any letter case."""

    regex = PATTERN.replace("A-Z", "A-Za-z")

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value
