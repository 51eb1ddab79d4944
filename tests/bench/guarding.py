"""What the guard in front of everything costs a page that comes from memory."""

from statistics import median

from tests.bench.banks import Child
from tests.bench.rows import Row

ROUNDS = 15
HITS = 2_000


def row(child: Child) -> Row:
    """The time of hits with the guard, as a multiple of that without, which take turns."""
    rounds = [[child.ask("hits", HITS, has_guard)[0] for has_guard in (True, False)] for _ in range(ROUNDS)]
    guarded, bare = (median(times) * 1_000 / HITS for times in zip(*rounds, strict=True))
    detail = f"{guarded:.1f} and {bare:.1f} µs"
    return Row("hit with the guard ÷ without", median(a / b for a, b in rounds), "×", at_most=1.1, detail=detail)
