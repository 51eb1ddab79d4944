"""What keeps an operation from being done."""


class OperationError(Exception):
    """The text is a sentence that tells an operator why."""
