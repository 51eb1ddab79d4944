"""How long the texts of one question may take to render, and how deep and wide they may be."""

import time

SECONDS = 1.0  # of the thread's processor time for all texts of one question: a busy machine refuses nothing
MAX_NESTING = 100  # of whatever stands within each other

MAX_COLUMNS = 1_000  # of a table


class Bounds:
    """Checked wherever a parser comes by, so that no text stalls it."""

    def __init__(self, seconds: float = SECONDS) -> None:
        self.end = time.thread_time() + seconds

    def check(self) -> None:
        """Raise TimeoutError when the time is over."""
        if time.thread_time() > self.end:
            raise TimeoutError

    def check_depth(self, depth: int) -> None:
        """Raise ValueError, with a sentence, for what is nested too deeply."""
        if depth > MAX_NESTING:
            raise ValueError(f"This text is nested more than {MAX_NESTING} deep; simplify its Markdown.")

    def check_columns(self, number: int) -> None:
        """Raise ValueError, with a sentence, for a line with more columns than a table may have."""
        if number > MAX_COLUMNS:
            raise ValueError(f"This text has a line of more than {MAX_COLUMNS:,} columns; make its table narrower.")
