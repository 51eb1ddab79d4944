"""Whether a time grows with the size of what is read, and no faster."""

import time
from collections.abc import Callable
from typing import Any

SIZE = 20_000  # characters, to begin with
FACTOR = 10
MOST_RATIO = 40  # of the times; what grows with the square comes to 100
NOISE = 0.02  # seconds that a machine may take for nothing


def assert_linear(read: Callable[[str], Any], text: Callable[[int], str], size: int = SIZE) -> None:
    """Fail if a text ten times as large takes far more than ten times as long, thrice in a row: machines stumble."""
    ratios = []
    for _ in range(3):
        small, large = _seconds(read, text(size)), _seconds(read, text(size * FACTOR))
        ratios.append(large / max(small, NOISE / FACTOR))
        if ratios[-1] < MOST_RATIO:
            return
    raise AssertionError(f"Ten times the text takes {min(ratios):.0f} times as long.")


def _seconds(read: Callable[[str], Any], text: str) -> float:
    start = time.process_time()
    read(text)
    return time.process_time() - start
