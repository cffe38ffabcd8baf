"""What this package offers."""

from __future__ import annotations

import carmina


@carmina.hookimpl
def carmina_languages() -> list[type[carmina.Language]]:
    """English."""
    from .english import English

    return [English]
