"""What this package offers."""

from __future__ import annotations

import carmina


@carmina.hookimpl
def carmina_commands() -> list:
    """``carmina corpus``; other plugins' ``corpus-NAME`` become ``carmina corpus NAME``."""
    from .group import corpus

    return [corpus]
