"""Occasions of old verse: where and when each is, what is seen, remembered and left (``data/scenes-zh.toml``)."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

import numpy as np

from ..drafting.associations import Associations

PARTS = ("起", "承", "转", "合")
HEAT = 0.08  # of the draw among scenes that nobody named


@dataclass(frozen=True)
class Scene:
    """One occasion."""

    name: str
    also: tuple[str, ...]  # words of a request that call for it
    seasons: tuple[str, ...]
    hours: tuple[str, ...]
    where: tuple[str, ...]  # kinds of place
    images: tuple[tuple[str, ...], ...]  # of each of PARTS
    things: tuple[str, ...]  # particular ones
    only_called: bool = False  # whether it comes only where a request calls for it

    @property
    def words(self) -> list[str]:
        """All its images."""
        return [*(word for own in self.images for word in own), *self.things]


@lru_cache(maxsize=1)
def _raw() -> Mapping[str, Mapping[str, Any]]:
    return tomllib.loads(files("carmina_verse").joinpath("data", "scenes-zh.toml").read_text("utf-8"))


@lru_cache(maxsize=1)
def scenes() -> Mapping[str, Scene]:
    """Name -> scene."""
    found = {}
    for name, table in _raw()["scenes"].items():
        lists = {key: tuple(text.split()) for key, text in table.items()}
        images = tuple(lists[key] for key in ("open", "carry", "turn", "close"))
        shown = lists["also"], lists["seasons"], lists["hours"], lists["where"], images, lists["things"]
        found[name] = Scene(name, *shown, "only" in table)
    return found


@lru_cache(maxsize=1)
def places() -> Mapping[str, frozenset[str]]:
    """Name of a place -> of what kinds it is."""
    return {name: frozenset(str(kinds).split()) for name, kinds in _raw()["places"].items()}


@lru_cache(maxsize=1)
def people() -> Mapping[str, tuple[str, ...]]:
    """Whom a poem may be for -> images that go with them."""
    return {name: tuple(str(text).split()) for name, text in _raw()["people"].items()}


@lru_cache(maxsize=1)
def of_old() -> Mapping[str, str]:
    """Words of today -> how old verse says them, where a request only tells what it is about."""
    return _raw()["of_old"]


@lru_cache(maxsize=1)
def moods() -> Mapping[str, tuple[str, ...]]:
    """Mood (of ``carmina.MOODS``) -> characters that keep it company."""
    return {name: tuple(str(text).split()) for name, text in _raw()["moods"].items()}


def addressee(words: Sequence[str]) -> str:
    """Whom words of a request name; empty where they name nobody."""
    return next((name for word in words for name in people() if name in word), "")


def called(words: Sequence[str]) -> Scene | None:
    """The scene that words of a request call for: a festival and the like before others, else in the request's order;
    for one word, by the longest name that it holds."""
    found = [scene for word in words if (scene := _of(word)) is not None]
    return next((scene for scene in found if scene.only_called), found[0] if found else None)


def _of(word: str) -> Scene | None:
    known = [
        (len(name), scene)
        for scene in scenes().values()
        for name in (scene.name, *scene.also)
        if name == word or (len(name) > 1 and name in word)
    ]
    return max(known, key=lambda pair: pair[0])[1] if known else None


def drawn(words: Sequence[str], rng: np.random.Generator, season: str = "") -> Scene:
    """A scene for words that name none: one that has them among its images, else one whose images keep them company."""
    free = [scene for scene in scenes().values() if not scene.only_called]
    usable = [scene for scene in free if not season or season in scene.seasons] or free
    having = [scene for scene in usable if any(word in scene.words for word in words)]
    if having:
        return having[int(rng.integers(len(having)))]
    table = Associations.shipped("zh")
    about = [c for word in words for c in word]
    near = np.array([table.nearness([c for word in scene.words for c in word], about) for scene in usable])
    return usable[int(np.argmax(near / HEAT + rng.gumbel(size=len(usable))))]
