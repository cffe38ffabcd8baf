"""The plan of a poem in old forms: occasion, season, hour and place, and for 起 承 转 合 what each part shows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np

from carmina import Plan, StanzaPlan

from ..forms.slots import Slot
from ..planning.said import is_worded, lots
from .arranging import PARTICLES
from .characters import Characters
from .scenes import PARTS, Scene, called, drawn, people, places, scenes
from .task import LineWish
from .world import World

IMAGES = 2  # of a part
PLACED = 0.3  # share of poems that name a place, where the request names none


def parts_of(slots: Sequence[Slot]) -> list[range]:
    """The lines of each part: of one stanza its four quarters (of four lines each a line), else the stanzas."""
    stanzas = 1 + slots[-1].stanza
    if stanzas == 1 and len(slots) % 4 == 0:
        size = len(slots) // 4
        return [range(at * size, (at + 1) * size) for at in range(4)]
    return [
        range(
            next(at for at, slot in enumerate(slots) if slot.stanza == number),
            1 + max(at for at, slot in enumerate(slots) if slot.stanza == number),
        )
        for number in range(stanzas)
    ]


def planned(
    asked: Plan, words: Sequence[str], slots: Sequence[Slot], characters: Characters, rng: np.random.Generator
) -> Plan:
    """The plan filled in: what it says already stays. ``words``: what the request is about, to find the occasion."""
    if is_worded(asked):
        return replace(asked, stanzas=_by_part(asked.stanzas, slots))
    scene = scenes().get(asked.occasion) or called([asked.occasion] if asked.occasion else words)
    season = asked.season or _told("season", words)
    scene = scene or drawn(words, rng, season)
    season = season or str(rng.choice(scene.seasons))
    hour = asked.hour or _told("hour", words) or str(rng.choice(scene.hours))
    place = asked.place or next((name for name in places() if any(name in word for word in words)), "")
    if not place and rng.random() < PLACED and not any(name in word for word in words for name in places()):
        near = [name for name, kinds in places().items() if kinds & set(scene.where)]
        place = str(rng.choice(near)) if near else ""
    world = {"season": season, "hour": hour}
    parts = parts_of(slots)
    whom = people().get(asked.addressee, ())
    lots = _lots(scene, len(parts), (place, *whom), world, [*words, *asked.keywords], characters, rng)
    own = [*asked.stanzas, *[StanzaPlan()] * len(parts)]
    stanzas = tuple(
        replace(given, subject=given.subject or _label(number, len(parts)), images=given.images or tuple(lot))
        for number, (given, lot) in enumerate(zip(own, lots, strict=False))
    )
    images = tuple(dict.fromkeys(word for stanza in stanzas for word in stanza.images))
    filled = replace(asked, occasion=asked.occasion or scene.name, season=season, hour=hour, place=place)
    turn = asked.turn or (max(1, len(parts) - 1) if len(parts) > 1 else 0)
    return replace(filled, images=images, stanzas=stanzas, turn=turn)


def _by_part(stanzas: Sequence[StanzaPlan], slots: Sequence[Slot]) -> tuple[StanzaPlan, ...]:
    """What the lines of stanzas say and end on, as plans of the parts, which may be fewer lines each."""
    sizes = [sum(slot.stanza == number for slot in slots) for number in range(1 + slots[-1].stanza)]
    if len(stanzas) != len(sizes):
        return tuple(stanzas)
    words = [text for stanza, size in zip(stanzas, sizes, strict=True) for text in _sized(stanza.words, size)]
    ends = [text for stanza, size in zip(stanzas, sizes, strict=True) for text in _sized(stanza.ends, size)]
    return tuple(
        StanzaPlan(words=tuple(words[at] for at in part), ends=tuple(ends[at] for at in part))
        for part in parts_of(slots)
    )


def _sized(texts: Sequence[str], size: int) -> list[str]:
    return [*texts, *[""] * size][:size]


def _told(axis: str, words: Sequence[str]) -> str:
    """The season or hour that the request's words say."""
    table = World.shipped().axes[axis]
    for sign in table.signs("，".join(words)):
        if len(table.words[sign]) == 1:
            return next(iter(table.words[sign]))
    return ""


def _label(number: int, many: int) -> str:
    """起 承 转 合, or several of them where there are fewer parts."""
    first, end = number * len(PARTS) // many, max(number * len(PARTS) // many + 1, (number + 1) * len(PARTS) // many)
    return "".join(PARTS[first:end])


def _lots(
    scene: Scene,
    many: int,
    own: Sequence[str],
    world: Mapping[str, str],
    taken: Sequence[str],
    characters: Characters,
    rng: np.random.Generator,
) -> list[list[str]]:
    """Images of each part: of its own words, of one world, no thing twice; one part has a particular thing. ``own``:
    the place, for the first part, and words of whom the poem is for, for the last but one."""
    place, *whom = own
    kept: list[str] = list(taken)
    lots: list[list[str]] = []
    thing_at = int(rng.integers(many))
    for number in range(many):
        labels = [PARTS.index(label) for label in _label(number, many)]
        pool = [str(w) for label in labels for w in rng.permutation(scene.images[label])[: 2 * IMAGES]]
        pool = [str(w) for w in rng.permutation(scene.things)[:2]] + pool if number == thing_at else pool
        pool = [place, *pool] if place and number == 0 else pool
        pool = [*map(str, rng.permutation(whom)[:1]), *pool] if whom and number == max(0, many - 2) else pool
        lot: list[str] = []
        for word in _usable(pool, kept, world, characters):
            if len(lot) < IMAGES + (number == thing_at) + (number == 0 and bool(place)):
                lot.append(word)
                kept.append(word)
        lots.append(lot)
    return lots


def _usable(pool: Sequence[str], kept: list[str], world: Mapping[str, str], characters: Characters) -> Iterator[str]:
    """Words that can be written, share no character with what is kept, and are of the world; asked one by one."""
    judge = World.shipped()
    for word in pool:
        known = all(c in characters.ids for c in word)
        fresh = not set(word) & set("".join(kept)) and judge.twins([*kept, word]) <= judge.twins(kept)
        if known and fresh and not judge.strays([word], world):
            yield word


def wishes(plan: Plan, slots: Sequence[Slot], ends: Sequence[str], must: bool) -> list[LineWish]:
    """What the plan wishes of each line; ``ends``: of every line its drawn ending; ``must``: a person planned it."""
    found = [LineWish()] * len(slots)
    for part, stanza in zip(parts_of(slots), plan.stanzas, strict=False):
        for at, number in enumerate(part):
            told = stanza.ends[at] if at < len(stanza.ends) else ""
            words = [lot[0] for lot in lots(stanza.words[at])] if at < len(stanza.words) else []
            said = tuple(word for word in words if word not in PARTICLES)
            found[number] = LineWish(stanza.images, told or ends[number], said, bool(told) and must and not said)
    return found


def with_ends(plan: Plan, slots: Sequence[Slot], ends: Sequence[str]) -> Plan:
    """The plan with the drawn endings in it."""
    stanzas = [
        replace(stanza, ends=tuple(ends[number] for number in part))
        if not stanza.ends and any(ends[n] for n in part)
        else stanza
        for part, stanza in zip(parts_of(slots), plan.stanzas, strict=False)
    ]
    return replace(plan, stanzas=tuple(stanzas))
