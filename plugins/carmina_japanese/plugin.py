"""What this package offers."""

from __future__ import annotations

import carmina


@carmina.hookimpl
def carmina_languages() -> list[type[carmina.Language]]:
    """Japanese."""
    from .language import Japanese

    return [Japanese]
