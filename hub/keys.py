"""Keys of rows as addresses and forms send them: what is none finds nothing, on either database."""

import re
from collections.abc import Iterable

from django.db.models import IntegerField
from django.db.models.lookups import In

KEY = re.compile("[0-9]{1,18}")  # So many digits fit a column.


def key_of(text: object) -> int | None:
    """The key that a text is, or None."""
    return int(str(text)) if KEY.fullmatch(str(text)) else None


def keys_of(texts: Iterable[object]) -> list[int]:
    """The keys among some texts."""
    return [key for text in texts if (key := key_of(text)) is not None]


@IntegerField.register_lookup
class IntegerIn(In):
    """Leave out numbers that no column can hold, as Django does for a single one: SQLite cannot take them."""

    def process_rhs(self, compiler, connection):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201
        if self.rhs_is_direct_value():
            low, high = connection.ops.integer_field_range("BigIntegerField")
            self.rhs = [value for value in self.rhs if not isinstance(value, int) or low <= value <= high]
        return super().process_rhs(compiler, connection)
