"""The world of a poem: season, time of day, sun or moon, and one thing under two names (``data/world-zh.toml``).

A word allows some values of an axis (雁 spring or autumn). A poem is of one world where some value of each axis is
allowed by all its words; of the hours, two neighbours (a poem may pass from dusk into night).
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib.resources import files
from itertools import pairwise

NO_SIGN = r"[一二两三四五六七八九十正腊几累岁年数闰每][月]|春秋|千秋|月[日旬]|[秦汉]月|春坊|秋毫|阳春白雪"
"""Words in which a sign of the world is none: months, years, names."""


@dataclass(frozen=True)
class Axis:
    """One of season, hour, light."""

    order: tuple[str, ...]  # its values, around the circle
    window: int  # neighbouring values that a poem may hold together
    words: Mapping[str, frozenset[str]]  # word -> values that it allows

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The words, longer ones first; between those of two characters and those of one what is no sign."""
        long = sorted((word for word in self.words if len(word) > 1), key=len, reverse=True)
        return re.compile("|".join([*long, NO_SIGN, *(word for word in self.words if len(word) == 1)]))

    @cached_property
    def _windows(self) -> list[frozenset[str]]:
        size = len(self.order)
        return [frozenset(self.order[(at + n) % size] for n in range(self.window)) for at in range(size)]

    def signs(self, text: str) -> list[str]:
        """The words of the axis in a text, in order; of two that overlap the longer."""
        return [word for word in self.pattern.findall(text) if word in self.words]

    def strays(self, words: Iterable[str]) -> int:
        """How many of some words must go before the rest are of one world; 0: they are."""
        sets = [self.words[word] for word in words]
        return min(sum(not own & window for own in sets) for window in self._windows) if sets else 0


class World:
    """The axes and the names of one thing."""

    def __init__(self, raw: Mapping[str, object]):
        self.axes = {name: _axis(table) for name, table in raw.items() if isinstance(table, dict) and "order" in table}
        same = raw["same"]
        assert isinstance(same, dict)
        self.groups = [tuple(text.split()) for text in same["groups"]]
        self._group = {word: number for number, words in enumerate(self.groups) for word in words}
        acts = raw["acts"]
        assert isinstance(acts, dict)
        self._acts = {verb: number for number, verbs in enumerate(acts["groups"].split()) for verb in verbs}
        self._names = re.compile("|".join(sorted(self._group, key=len, reverse=True)))

    @classmethod
    @lru_cache(maxsize=1)
    def shipped(cls) -> World:
        """The one of this package."""
        return cls(tomllib.loads(files("carmina_verse").joinpath("data", "world-zh.toml").read_text("utf-8")))

    def strays(self, lines: Sequence[str], planned: Mapping[str, str] | None = None) -> int:
        """Signs that contradict the rest of the lines, or the planned value of an axis (``season``: 秋)."""
        total = 0
        for name, axis in self.axes.items():
            signs = [word for line in lines for word in axis.signs(line)]
            own = (planned or {}).get(name, "")
            if own:
                total += sum(own not in axis.words[word] for word in signs) if axis.window == 1 else 0
            total += axis.strays(signs) if not own or axis.window > 1 else 0
        return total

    def twins(self, lines: Sequence[str]) -> int:
        """Names beyond the first of each thing (落日 and 斜阳), a name that stands twice counted too, and what is done
        to one object again (寻僧 and 访僧)."""
        named = Counter(self._group[word] for line in lines for word in self._names.findall(line))
        return sum(many - 1 for many in (*named.values(), *self._done(lines).values()))

    def _done(self, lines: Sequence[str]) -> Counter[tuple[int, str]]:
        """How often each thing is done to each object (寻僧 and 访僧 are one)."""
        return Counter(
            (self._acts[verb], thing)
            for line in lines
            for verb, thing in pairwise(line)
            if verb in self._acts and thing not in self._acts
        )

    def named(self, lines: Sequence[str]) -> set[int]:
        """The groups that lines name already."""
        return {self._group[word] for line in lines for word in self._names.findall(line)}

    def barred(self, lines: Sequence[str], planned: Mapping[str, str]) -> set[str]:
        """Characters that alone would contradict the plan or the lines, or name a thing again."""
        found = {word for number in self.named(lines) for word in self.groups[number] if len(word) == 1}
        for name, axis in self.axes.items():
            signs = [axis.words[word] for line in lines for word in axis.signs(line)]
            signs += [frozenset((planned[name],))] if planned.get(name) else []
            if signs and axis.window == 1 and (kept := frozenset.intersection(*signs)):
                found |= {word for word, own in axis.words.items() if len(word) == 1 and not own & kept}
        return found


def _axis(table: Mapping[str, object]) -> Axis:
    words = {
        word: frozenset(values.split())
        for values, text in table.items()
        if values not in ("order", "window")
        for word in str(text).split()
    }
    return Axis(tuple(str(table["order"]).split()), int(str(table["window"])), words)
