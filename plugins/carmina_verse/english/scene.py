"""The scene of a poem: season, hour, sky and place, who is in it, and when; and what a word costs that contradicts it.

It is read from the plan and from the lines that stand, word by word, with a table of words (``data/en-scene.toml``).
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from importlib.resources import files

from .persons import HE, PAST, PERSONS, PRESENT, SHE, THEY, THOU, WE, YOU, I

FIGURE = 0.8  # for a person (a king, a sister) beyond those whom the poem has room for
FIGURES = 2  # persons beyond the plan's whom a poem has room for
LIKELY = 0.4  # for we beside I, and for they beside others
TENSE = 0.4  # for the other tense
SETTLED = 3  # words that tell the tense before it is settled
SURE = 0.75  # share of them
SYNONYM = 0.5  # for a further word of one meaning
STRANGER = 1.0  # for a person who is not of the poem
AWAITED = -1.2  # for one whom the plan names and who has not come yet
WELCOME = -0.12  # for one who has
_GENDERS = {"he": HE, "she": SHE, "they": THEY, "open": 0}


@dataclass(frozen=True)
class Lore:
    """What words tell."""

    axes: Mapping[str, tuple[tuple[str, str], ...]]  # word -> (axis, value)
    weights: Mapping[str, float]  # of each axis
    allied: Mapping[str, frozenset[frozenset[str]]]  # values of an axis that go together
    group: Mapping[str, str]  # word -> the first of its synonyms
    figure: Mapping[str, int]  # noun of a person -> the pronoun's person; 0: any

    @classmethod
    @lru_cache(maxsize=1)
    def shipped(cls) -> Lore:
        """The table that ships."""
        raw = tomllib.loads(files("carmina_verse").joinpath("data", "en-scene.toml").read_text("utf-8"))
        told: dict[str, list[tuple[str, str]]] = {}
        for axis, own in raw["axes"].items():
            for value, words in own["values"].items():
                for word in words.split():
                    told.setdefault(word, []).append((axis, value))
        groups = [row.split() for row in raw["synonyms"]["groups"]]
        return cls(
            {word: tuple(own) for word, own in told.items()},
            {axis: own["weight"] for axis, own in raw["axes"].items()},
            {axis: frozenset(map(frozenset, own.get("allied", ()))) for axis, own in raw["axes"].items()},
            {word: row[0] for row in reversed(groups) for word in row},
            {word: _GENDERS[kind] for kind, words in raw["figures"].items() for word in words.split()},
        )

    def words(self) -> frozenset[str]:
        """All that may ever cost something."""
        return frozenset((*self.axes, *self.group, *self.figure, *PERSONS, *PAST, *PRESENT))


@dataclass(frozen=True)
class Scene:
    """What holds at one place of a poem."""

    told: Mapping[str, frozenset[str]] = field(default_factory=dict)  # axis -> values
    cast: frozenset[int] = frozenset()  # persons of the plan and of the lines
    room: int = 2  # further persons that may come in
    planned: frozenset[int] = frozenset()  # persons of the plan
    wanted: frozenset[int] = frozenset()  # those of them who have not come yet
    figures: frozenset[str] = frozenset()
    spare: int = FIGURES  # further figures that may come in
    tenses: tuple[int, int] = (0, 0)  # words of the past, of the present
    groups: Mapping[str, str] = field(default_factory=dict)  # group -> its word that was told
    free: frozenset[str] = frozenset()  # words that were asked for, and cost nothing
    lore: Lore = field(default_factory=Lore.shipped)

    def cost(self, word: str) -> float:
        """How much a word contradicts what holds; 0 where it does not, less for a person who is awaited."""
        if word in self.free:
            return 0.0
        cost = sum(self._astray(axis, value) for axis, value in self.lore.axes.get(word, ()))
        if word in PERSONS:
            cost += self._person(PERSONS[word])
        if word in self.lore.figure and not self.spare and _stem(word) not in self.figures:
            cost += FIGURE
        if self._other_tense(word):
            cost += TENSE
        group = self.lore.group.get(word)
        return cost + (SYNONYM if group and _stem(self.groups.get(group, word)) != _stem(word) else 0.0)

    def after(self, words: Iterable[str]) -> Scene:
        """The scene when these words have been read, in order."""
        scene = self
        for word in words:
            scene = scene._with(word)
        return scene

    def costs(self, words: Sequence[str]) -> float:
        """What a line costs; each word is held to those before it as well."""
        scene, total = self, 0.0
        for word in words:
            total += scene.cost(word)
            scene = scene._with(word)
        return total

    def turned(self) -> Scene:
        """A scene after the poem's turn: who is in it stays, where and when may change."""
        return replace(self, told={}, tenses=(0, 0))

    def _astray(self, axis: str, value: str) -> float:
        told = self.told.get(axis)
        if not told or value in told:
            return 0.0
        near = any({value, other} in self.lore.allied[axis] for other in told)
        return 0.0 if near else self.lore.weights[axis]

    def _person(self, person: int) -> float:
        if person in self.cast:
            return AWAITED if person in self.wanted else WELCOME if person in self.planned else 0.0
        if {YOU, THOU} <= self.cast | {person} and self.cast & {YOU, THOU}:
            return STRANGER
        if person in (HE, SHE) and self.planned & {HE, SHE}:
            return 2 * STRANGER  # a poem of him is not one of her, though she may be met in it
        if person in (I, WE) and self.planned & {HE, SHE} and not self.planned & {I, WE}:
            return STRANGER  # a plan that speaks of her has nobody who looks on
        if (person == WE and I in self.cast) or (person == THEY and self.cast):
            return LIKELY
        return 0.0 if self.room else STRANGER

    def _other_tense(self, word: str) -> bool:
        past, present = self.tenses
        if past + present < SETTLED:
            return False
        share = past / (past + present)
        return (word in PRESENT and share >= SURE) or (word in PAST and share <= 1 - SURE)

    def _with(self, word: str) -> Scene:
        lore = self.lore
        if word not in lore.axes and word not in PERSONS and word not in lore.figure and word not in lore.group:
            if word in PAST:
                return replace(self, tenses=(self.tenses[0] + 1, self.tenses[1]))
            return replace(self, tenses=(self.tenses[0], self.tenses[1] + 1)) if word in PRESENT else self
        new = self
        for axis, value in lore.axes.get(word, ()):
            if not new.told.get(axis):  # what was told first holds
                new = replace(new, told={**new.told, axis: frozenset({value})})
        if word in PERSONS and PERSONS[word] not in self.cast:
            new = replace(new, cast=new.cast | {PERSONS[word]}, room=max(0, new.room - 1))
        elif word in PERSONS and PERSONS[word] in new.wanted:
            new = replace(new, wanted=new.wanted - {PERSONS[word]})
        if word in lore.figure and _stem(word) not in self.figures:
            new = replace(new, figures=new.figures | {_stem(word)}, spare=max(0, new.spare - 1))
        group = lore.group.get(word)
        return replace(new, groups={**new.groups, group: word}) if group and group not in new.groups else new


def _stem(word: str) -> str:
    return word.removesuffix("'s").removesuffix("s")


def opening(words: Sequence[str], speaker: str, addressed: bool, old: bool, told: Sequence[str] = ()) -> Scene:
    """The scene that a plan sets: ``words`` it asks for; who speaks (I, we, he, ...; empty: left open), whether
    somebody is spoken to. ``told``: the words that say where, when and of whom it is."""
    lore = Lore.shipped()
    scene = Scene(free=frozenset(words))
    values: dict[str, frozenset[str]] = {}
    for word in told:
        for axis, value in lore.axes.get(word, ()):
            values[axis] = values.get(axis, frozenset()) | {value}
    figures = [word for word in told if word in lore.figure]
    cast = {lore.figure[word] for word in figures} - {0} if not addressed else set()
    cast |= {PERSONS[speaker.lower()]} if speaker.lower() in PERSONS else set()
    cast |= {THOU if old else YOU} if addressed else set()
    cast |= {THEY} if len(figures) > 1 and not addressed else set()
    room = 0 if len(cast) > 1 or addressed else 1 if cast else 2
    return replace(
        scene,
        told=values,
        cast=frozenset(cast),
        planned=frozenset(cast - {THEY}),
        wanted=frozenset(cast - {THEY}),
        room=room,
        figures=frozenset(map(_stem, figures)),
        spare=max(0, FIGURES - len(figures)),
        groups={lore.group[word]: word for word in told if word in lore.group},
    )
