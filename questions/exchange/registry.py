"""The list of formats: every module in `formats/` is one, and says so in its FORMAT."""

from importlib import import_module
from pkgutil import iter_modules

from questions.exchange import formats
from questions.exchange.format import Format

FORMATS: tuple[Format, ...] = tuple(  # in the order of their modules' names
    import_module(f"{formats.__name__}.{module.name}").FORMAT for module in iter_modules(formats.__path__)
)
