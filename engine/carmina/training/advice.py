"""What may be expected of a corpus of this size, in words. The thresholds come from docs/experiments.md."""

from __future__ import annotations

from collections.abc import Iterator

from .splits import Sides

SCANT, SMALL, FAIR = 10, 50, 150  # pieces


def advice(sides: Sides, before: float | None = None, after: float | None = None) -> list[str]:
    """Lines for the report: what so many pieces teach, how far its figures can be trusted, what to do next."""
    return [*_size(sides.train_pieces), *_figures(sides), *_gain(before, after)]


def _size(pieces: int) -> Iterator[str]:
    if pieces < SCANT:
        yield (
            f"{pieces} pieces teach a flavour, not a language: favourite metre, range, cadences. "
            "Other verses, other keys and more songs of the kind help most."
        )
    elif pieces < SMALL:
        yield f"{pieces} pieces shift the model's habits a little; from about {SMALL} on the style is heard in most songs."  # noqa: E501
    elif pieces < FAIR:
        yield f"{pieces} pieces are a good size for an adapter."
    else:
        yield f"{pieces} pieces: `--method full` may do better than an adapter; compare both on validation."


def _figures(sides: Sides) -> Iterator[str]:
    if not sides.validation_pieces:
        yield "One piece leaves nothing to validate on: the loss shown is of training, and says nothing of new words."
    elif sides.validation_pieces < 5:
        yield (
            f"Validation is {sides.validation_pieces} piece{'s' * (sides.validation_pieces > 1)}: "
            "a difference below about .05 nats is chance."
        )
    if sides.redrawn and sides.validation_pieces:
        yield "The corpus had no usable split, so pieces were held out by chance (`carmina corpus split` makes one that lasts)."  # noqa: E501


def _gain(before: float | None, after: float | None) -> Iterator[str]:
    if before is None or after is None:
        return
    if after >= before:
        yield (
            "The held-out pieces are predicted no better than before: the shipped model knows this kind already, "
            "or the pieces are "
            "too few or too unlike. The style still sets metres, range and tempo."
        )
