"""`python -m tests.bench.child MODULE ARGUMENTS …`: a part of the bench that needs Django, in a process of its own.

What renders Markdown imports this module again in its process, so nothing happens here on import.
"""

import os
import sys
from importlib import import_module

import django

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hub.settings")
    django.setup()
    import_module(f"tests.bench.{sys.argv[1]}").main(*sys.argv[2:])
