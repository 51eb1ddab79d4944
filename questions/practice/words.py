"""What practice says of days."""

from datetime import date

SOON = 60  # days that are counted one by one


def comes_again(day: date, today: date) -> str:
    """When a question comes again, as its button says it."""
    days = (day - today).days
    if days < 2:
        return "tomorrow"
    return f"in {days} days" if days < SOON else f"in {round(days / 30.4)} months"
