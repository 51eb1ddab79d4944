"""Question codes such as PY-ADV-004, as they stand in addresses."""


class CodeConverter:
    """A path part that has the form of a code, in any letter case."""

    regex = "[A-Za-z]{2,4}-[A-Za-z]{3}-[0-9]{3}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value
