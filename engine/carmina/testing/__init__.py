"""Public page 2: the checks that every entry must pass, for plugin authors' own tests.

    from carmina.testing import check
    check(MyRenderer)            # raises AssertionError with what is wrong

Each check tries an entry on small works and on odd ones. They hold for the built-in plugins too: a test says so. Some
kinds can be tried further with something of your own: ``check_tokenizer(entry, work)``, ``check_network(entry,
config)``, ``check_constraint(entry, states)``, ``check_writer(entry, workshop, brief)``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ..contracts import (
    Constraint,
    Decoder,
    Evaluator,
    Form,
    Language,
    Network,
    Reader,
    Renderer,
    Style,
    Tokenizer,
    Writer,
)
from .described import check_command, check_described, check_form, check_option, check_style
from .formats import check_reader, check_renderer, check_suffixes
from .languages import check_language, check_places, check_verse
from .samples import ODD_WORDS, lyrics, song
from .sequences import check_constraint, check_decoder, check_network, check_tokenizer
from .states import Moment, moments
from .works import check_evaluator, check_writer

__all__ = [
    "CHECKS",
    "ODD_WORDS",
    "Moment",
    "check",
    "check_command",
    "check_constraint",
    "check_decoder",
    "check_described",
    "check_evaluator",
    "check_form",
    "check_language",
    "check_network",
    "check_option",
    "check_places",
    "check_reader",
    "check_renderer",
    "check_style",
    "check_suffixes",
    "check_tokenizer",
    "check_verse",
    "check_writer",
    "lyrics",
    "moments",
    "song",
]

CHECKS: Mapping[type, Callable[..., None]] = {
    Language: check_language,
    Tokenizer: check_tokenizer,
    Network: check_network,
    Constraint: check_constraint,
    Decoder: check_decoder,
    Writer: check_writer,
    Renderer: check_renderer,
    Reader: check_reader,
    Evaluator: check_evaluator,
}


def check(entry: Any) -> None:
    """Every check that fits the entry: a class, a style, a form or a command."""
    if hasattr(entry, "main"):
        return check_command(entry)
    check_described(entry)
    if isinstance(entry, Style):
        return check_style(entry)
    if isinstance(entry, Form):
        return check_form(entry)
    if isinstance(entry, type):
        for contract, test in CHECKS.items():
            if issubclass(entry, contract):
                test(entry)
    return None
