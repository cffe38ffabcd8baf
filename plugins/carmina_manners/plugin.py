"""What this package offers."""

from __future__ import annotations

import carmina


@carmina.hookimpl
def carmina_constraints() -> list:
    """What a style's manner welcomes."""
    from .rules import ManneredPitch, ManneredRhythm

    return [ManneredPitch, ManneredRhythm]


@carmina.hookimpl
def carmina_styles() -> list:
    """Composers and kinds of song."""
    from .catalogue import catalogue

    return catalogue()


@carmina.hookimpl
def carmina_writers() -> list:
    """The manner of a piece, and of a style."""
    from .like import MannerWriter, MeasuredWriter

    return [MannerWriter, MeasuredWriter]


@carmina.hookimpl
def carmina_tokenizers() -> list:
    """Phrases, as the model between melodies reads them."""
    from .blending.tokenizer import PhraseTokenizer

    return [PhraseTokenizer]


@carmina.hookimpl
def carmina_commands() -> list:
    """``carmina blend``."""
    from .blending.command import blend

    return [blend]
