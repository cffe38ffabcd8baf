"""Offers the user's own styles through the public door. One that cannot be read is told by name and left out."""

from __future__ import annotations

import warnings

from ..contracts import Style
from ..errors import BrokenPluginWarning, CarminaError
from ..hookspecs import hookimpl


@hookimpl
def carmina_styles() -> list[Style]:
    from . import styles_folder
    from .styles import CARD, read_style

    found = []
    for card in sorted(styles_folder().glob(f"*/{CARD}")):
        try:
            found.append(read_style(card.parent))
        except CarminaError as fault:
            warnings.warn(
                f"style {card.parent.name!r} of your own is left out: {fault}", BrokenPluginWarning, stacklevel=2
            )
    return found
