"""Questions in the forms that readers take away: one module a format, each of which takes questions and yields text."""
