"""Libraries that come with an extra: imported when first needed, named in one line where they are missing."""

from __future__ import annotations

import importlib
from types import ModuleType

from carmina import BadInput


def needed(module: str) -> ModuleType:
    """The module; ``BadInput`` says how to install it."""
    try:
        return importlib.import_module(module)
    except ImportError:
        library = module.partition(".")[0]
        raise BadInput(
            f"sheet music needs {library}, which is not installed. Run: pip install 'carmina[sheet]'"
        ) from None
