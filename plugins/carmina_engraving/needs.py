"""Libraries that come with an extra: imported when first needed, named in one line where they are missing."""

from __future__ import annotations

import importlib
from types import ModuleType

from carmina import BadInput, Finding


def needed(module: str) -> ModuleType:
    """The module; ``BadInput`` says how to install it."""
    try:
        return importlib.import_module(module)
    except ImportError:
        library = module.partition(".")[0]
        raise BadInput(
            f"sheet music needs {library}, which is not installed. Run: pip install 'carmina[sheet]'"
        ) from None


def found(module: str, name: str) -> Finding:
    """Whether a library is there, as ``carmina doctor`` tells it."""
    try:
        return Finding(name, "ok", str(getattr(needed(module), "__version__", "")))
    except BadInput as fault:
        return Finding(name, "missing", "no sheet music without it", str(fault))
