"""What this package offers."""

from __future__ import annotations

import carmina


@carmina.hookimpl
def carmina_commands() -> list:
    """``carmina proof``."""
    from .command import proof

    return [proof]
