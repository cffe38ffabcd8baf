"""A plan as wishes of single lines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from carmina import Plan, StanzaPlan

from ..forms.slots import Slot
from ..planning.images import Images
from .poet import LineWish


def wishes_of(studio: Any, plan: Plan, slots: Sequence[Slot]) -> list[LineWish]:
    """One for each line. Lines that an endpoint proposes close, open and end as they come."""
    found = _wishes(studio, plan, slots)
    return [LineWish(nearness=wish.nearness) for wish in found] if studio.pages.kind == "openai" else found


def _wishes(studio: Any, plan: Plan, slots: Sequence[Slot]) -> list[LineWish]:
    images = Images(studio.associations, studio.hidden)
    texts = [word.text for word in studio.sounds.words]
    near: dict[int, np.ndarray | None] = {}
    found = []
    for number, slot in enumerate(slots):
        stanza = plan.stanzas[slot.stanza] if slot.stanza < len(plan.stanzas) else StanzaPlan()
        if slot.stanza not in near:
            near[slot.stanza] = images.nearness(texts, [*stanza.images, *_words(stanza.subject), *plan.keywords])
        found.append(
            LineWish(
                _at(stanza.marks, slot.at),
                _at(stanza.openers, slot.at) != "^",
                end if (end := studio.word(_at(stanza.ends, slot.at))) is not None else -1,
                _images(studio, stanza, slot, slots, number),
                near[slot.stanza],
            )
        )
    return found


def _at(words: Sequence[str], at: int) -> str:
    return words[at] if at < len(words) else ""


def _words(text: str) -> list[str]:
    return [word.strip(".,;:!?'\"").lower() for word in text.split()]


def _images(studio: Any, stanza: StanzaPlan, slot: Slot, slots: Sequence[Slot], number: int) -> tuple[int, ...]:
    """The images whose turn it is: they are spread over the stanza's lines."""
    size = sum(other.stanza == slot.stanza for other in slots)
    many = len(stanza.images)
    turn = stanza.images[many * slot.at // size : many * (slot.at + 1) // size]
    return tuple(at for word in turn if (at := studio.word(word)) is not None)
