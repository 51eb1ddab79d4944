"""The one of the two databases' modules that is in use: `find`, `beginning` and `words_like`."""

from django.db import connection

if connection.vendor == "sqlite":
    from questions.finding.search.sqlite import beginning, find, words_like
else:
    from questions.finding.search.postgres import beginning, find, words_like

__all__ = ["beginning", "find", "words_like"]
