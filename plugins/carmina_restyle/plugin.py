"""What this package offers."""

from __future__ import annotations

import carmina


@carmina.hookimpl
def carmina_constraints() -> list:
    """What draws a restyled tune toward its source."""
    from .rules import KeptPitch, KeptRhythm

    return [KeptPitch, KeptRhythm]


@carmina.hookimpl
def carmina_writers() -> list:
    """Tunes in another style."""
    from .restyling import RestyleWriter

    return [RestyleWriter]


@carmina.hookimpl
def carmina_commands() -> list:
    """``carmina restyle``."""
    from .command import restyle

    return [restyle]
