"""What this package offers."""

from __future__ import annotations

import carmina


@carmina.hookimpl
def carmina_constraints() -> list:
    """On English and on Chinese verse."""
    from .constraints import ChineseFilter, EnglishFilter, ProseFilter, WordFilter

    return [EnglishFilter, WordFilter, ProseFilter, ChineseFilter]


@carmina.hookimpl
def carmina_commands() -> list:
    """``carmina filter``."""
    from .command import filter_

    return [filter_]
