"""Dates and times as the admin shows them, with their zone."""

DATETIME_FORMAT = "j F Y, H:i e"
SHORT_DATETIME_FORMAT = "Y-m-d H:i e"
