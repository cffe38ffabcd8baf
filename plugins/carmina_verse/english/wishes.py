"""A plan as wishes of single lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from carmina import Plan, StanzaPlan

from ..forms.slots import Slot
from ..planning.images import Images
from ..planning.stanzas import MOOD_IMAGES, OPPOSITES, TURNS
from .saying import Saying
from .scene import Scene, opening
from .task import LineWish

FREE, PLAIN = "", "^"  # what a plan says of a line's beginning: anything; no And, But, When and their like
RING = 2  # lines at the end in which the ending is welcome


def scene_of(studio: Any, plan: Plan, allowed: Sequence[str]) -> Scene:
    """What the plan says of where and when it is, and who is in it. ``allowed``: words that were asked for."""
    told = [*plan.keywords, *_words(plan.subject), *_words(plan.occasion)]
    whole = [*told, *_words(plan.addressee)]
    speaks = plan.speaker if studio.pages.kind != "openai" else ""
    return opening([*allowed, *whole], speaks, bool(plan.addressee), plan.diction == "old", whole)


def wishes_of(studio: Any, plan: Plan, slots: Sequence[Slot], asked: Plan, freedom: float = 0.0) -> list[LineWish]:
    """One for each line; end words and marks that were ``asked`` for are firm, those that were drawn for the plan are
    not. Lines that an endpoint proposes close, open and end as they come. ``freedom``: with which they say what is
    planned, see ``planning.said``."""
    given = [bool(stanza.ends or stanza.marks) for stanza in asked.stanzas]
    found = [
        replace(wish, firm=slot.stanza < len(given) and given[slot.stanza])
        for wish, slot in zip(_wishes(studio, plan, slots, freedom), slots, strict=True)
    ]
    return [LineWish(nearness=wish.nearness) for wish in found] if studio.pages.kind == "openai" else found


def _wishes(studio: Any, plan: Plan, slots: Sequence[Slot], freedom: float) -> list[LineWish]:
    images = Images(studio.associations, studio.hidden)
    texts = [word.text for word in studio.sounds.words]
    near: dict[int, np.ndarray | None] = {}
    found, mood = [], _mood(images, texts, plan)
    saying = Saying(studio, images, freedom)
    ending = at if (at := studio.word(plan.ending)) is not None else -1
    for number, slot in enumerate(slots):
        stanza = plan.stanzas[slot.stanza] if slot.stanza < len(plan.stanzas) else StanzaPlan()
        if slot.stanza not in near:
            near[slot.stanza] = images.nearness(texts, [*stanza.images, *_words(stanza.subject), *plan.keywords])
        opener, turns = _at(stanza.openers, slot.at), slot.at == 0 and slot.stanza == plan.turn - 1 and number > 0
        own = (opener,) if opener not in (FREE, PLAIN) else TURNS if turns else ()
        ring = ending if ending >= 0 and number >= len(slots) - RING and len(slots) > 2 * RING else -1
        found.append(
            LineWish(
                _at(stanza.marks, slot.at),
                opener != PLAIN,
                end if (end := studio.word(_at(stanza.ends, slot.at))) is not None else -1,
                images=_images(studio, stanza, slot, slots, number) + ((ring,) if ring >= 0 else ()),
                nearness=near[slot.stanza],
                mood=mood,
                openers=own,
                turns=turns or opener in TURNS,
                echo=ring,
                said=saying.words(_at(stanza.words, slot.at), number),
            )
        )
    return found


def _mood(images: Images, texts: Sequence[str], plan: Plan) -> np.ndarray | None:
    """(words,) how near each word is to the plan's mood, less how near it is to the opposite one; -1..1."""
    if not plan.mood:
        return None
    own = images.nearness(texts, MOOD_IMAGES[plan.mood].split())
    other = images.nearness(texts, MOOD_IMAGES.get(OPPOSITES.get(plan.mood, ""), "").split())
    return own if other is None or own is None else own - other


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
