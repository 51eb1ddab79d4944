"""Which images a text may show: the hub's own. One that is elsewhere becomes a link to it."""

PREFIX = "/images/"  # of the addresses at which the hub serves its images


def is_ours(source: str) -> bool:
    """Whether an address is one at which the hub serves an image."""
    return source.startswith(PREFIX)
