#!/usr/bin/env python
"""Django's command line, with what an operator can mend told in one sentence: settings, packages, database, Ctrl-C."""

import os
import sys

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hub.settings")
    try:
        from django.core.exceptions import ImproperlyConfigured
        from django.core.management import execute_from_command_line
        from django.db import Error
    except ModuleNotFoundError:
        sys.exit("Django is not installed for this Python: run `make upgrade`, then `.venv/bin/python manage.py …`.")
    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        sys.exit(f"The hub is not configured well: {error}")
    except ModuleNotFoundError as error:
        if (error.name or "").startswith(("hub", "questions")):
            raise
        sys.exit(f"The package {error.name} is not installed, as after a checkout of a newer hub: run `make upgrade`.")
    except Error as error:
        from hub.operations.errors import why

        if not (sentence := why(error)):
            raise
        sys.exit(sentence)
    except KeyboardInterrupt:
        print("Interrupted.", file=sys.stderr)  # noqa: T201
        sys.exit(130)  # As shells tell it.
