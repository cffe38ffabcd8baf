"""What this package offers."""

from __future__ import annotations

import carmina


@carmina.hookimpl
def carmina_commands() -> list:
    """``carmina words`` and ``carmina translate``."""
    from .command import words
    from .translating.command import translate

    return [words, translate]


@carmina.hookimpl
def carmina_evaluators() -> list:
    """Of translations."""
    from .translating.evaluator import Translation

    return [Translation]
