"""What each format can contain: a module for each, with marker words in its parts; ``docs/attachments.md`` describes them."""

from importlib import import_module
from pkgutil import iter_modules

_MAKERS = ("document", "workbook", "presentation")


def files() -> dict[str, bytes]:
    """Return a file of each format with all its parts, by name.

    A module has them as ``FILES``, or makes one with a function without arguments: ``document()``, or one named like the
    module.
    """
    found: dict[str, bytes] = {}
    for name in (one.name for one in iter_modules(__path__)):
        module = import_module(f"{__name__}.{name}")
        makers = (*_MAKERS, name) if hasattr(module, "PARTS") else ()
        make = next((getattr(module, maker) for maker in makers if hasattr(module, maker)), None)
        if hasattr(module, "FILES"):
            found |= module.FILES
        elif make is not None:
            found[f"a.{name}"] = make()
    return found
