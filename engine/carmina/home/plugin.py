"""Offers the user's own styles through the public door. One that cannot be read is told by name and left out."""

from __future__ import annotations

import warnings

from ..contracts import Style
from ..errors import BrokenPluginWarning, CarminaError
from ..hookspecs import hookimpl


@hookimpl
def carmina_styles() -> list[Style]:
    from . import styles_folder
    from .locking import LOCKED, locked_style
    from .styles import CARD, NAME, read_style

    found = []
    for card in sorted(styles_folder().glob(f"*/{CARD}")):
        try:
            found.append(read_style(card.parent))
        except CarminaError as fault:
            warnings.warn(
                f"style {card.parent.name!r} of your own is left out: {fault}", BrokenPluginWarning, stacklevel=2
            )
    names = {style.name for style in found}
    for file in sorted(styles_folder().glob(f"*/{LOCKED}")):
        folder = file.parent
        if (folder / CARD).exists():
            told = "is locked, and readable beside it, so it is not kept secret. Lock it again: carmina style lock"
            warnings.warn(f"style {folder.name!r} of your own {told} {folder.name}", BrokenPluginWarning, stacklevel=2)
        elif NAME.fullmatch(folder.name) and folder.name not in names:
            found.append(locked_style(folder))
    return found
