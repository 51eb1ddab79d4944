"""What Django says of a value that a model refuses, in sentences that name the value: a report shows no form."""

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import Field, Model, SlugField

from questions.exchange.rows import quoted, shortened

Reasons = dict[str, list[str]]  # by column; none for the whole row


def reasons(error: ValidationError, model: type[Model]) -> Reasons:
    """What is wrong with the values of a model, by column."""
    if not hasattr(error, "error_dict"):
        return {"": error.messages}
    return {
        "" if column == NON_FIELD_ERRORS else column: [_sentence(it, model, column) for it in found]
        for column, found in error.error_dict.items()
    }


def _sentence(error: ValidationError, model: type[Model], column: str) -> str:
    """A reason in our words; what the hub says itself stays as it is."""
    value = (error.params or {}).get("value")
    if error.code in ("blank", "null"):
        return f"It says no {column}."
    if value is None:
        return " ".join(error.messages)
    return _about(error, model._meta.get_field(column), value)  # type: ignore[arg-type]  # Columns are fields.


def _about(error: ValidationError, field: Field, value: object) -> str:
    params = error.params or {}
    match error.code:
        case "max_value":
            return f"{shortened(value)} is above {params['limit_value']:,}."
        case "min_value":
            return f"{shortened(value)} is below {params['limit_value']:,}."
        case "max_length":
            return f"{quoted(value)} has {params['show_value']:,} characters; at most {params['limit_value']:,} fit."
        case "invalid_choice":
            known = ", ".join(str(it) for it, _ in field.flatchoices)
            return f"There is no {field.name} {quoted(value)}; there are {known}."
    said = "A slug has letters, digits, hyphens and underscores." if isinstance(field, SlugField) else error.messages[0]
    return f"{quoted(value)} does not fit. {said}"
