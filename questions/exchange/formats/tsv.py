"""Questions as tab-separated values: CSV with another sign between."""

from functools import partial

from questions.exchange.format import Format
from questions.exchange.formats import csv

FORMAT = Format(
    name="TSV",
    endings=(".tsv",),
    media_type="text/tab-separated-values",
    about="CSV with tabs",
    read=csv.read,
    export=partial(csv.export, delimiter="\t"),
)
