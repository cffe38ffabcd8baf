"""The rhymes of a poem: a class for each rhyme letter, and end words that belong to what each line is about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from carmina import NoSolution

from ..forms.slots import Slot
from .characters import Characters, group_of
from .given import classes_of
from .rhyme_words import drawn, people, shares, unused
from .tails import Tails

LEAST_CLASS = 14  # common characters that a rhyme must have
POOL = 60  # endings of a class, the best of which are drawn among
HEAT = 0.35  # of that draw
NEAREST = 2.5  # what the nearness of an ending to the images counts for, beside the logarithm of its count (0.25)


class Rhyming:
    """Chooses for one request."""

    def __init__(self, characters: Characters, book: str, near: Mapping[str, tuple[str, ...]]):
        self.characters, self.book, self.near = characters, book, near
        rare = unused().get(book, {})
        self.rhymes = {
            name: own & ~characters.mask(rare.get(name, ())) for name, own in characters.rhymes(book).items()
        }
        self.levels = characters.levels(book)
        self.often = people(characters, book)

    def classes(
        self,
        slots: Sequence[Slot],
        patterns: Sequence[str],
        given: Sequence[str],
        wanted: str,
        about: np.ndarray | None,
        asked: np.ndarray,
        seed: int,
        text: str,
    ) -> dict[str, str]:
        """A class for each rhyme letter: rich enough, the common ones likelier, those of the subject too, no two
        alike. ``asked`` (V,): characters that may be written though they are rare."""
        chosen: dict[str, str] = {}
        for at, slot in enumerate(slots):
            letter = slot.line.rhyme
            if not letter or letter in chosen:
                continue
            if at < len(given):
                chosen[letter] = self._of_given(slots, patterns, given, at)
            elif wanted and not chosen:
                chosen[letter] = wanted
            else:
                lasts = [patterns[n][-1] for n, own in enumerate(slots) if own.line.rhyme == letter]
                chosen[letter] = self._drawn(lasts, set(chosen.values()), about, asked, seed, text)
        return chosen

    def _of_given(self, slots: Sequence[Slot], patterns: Sequence[str], given: Sequence[str], at: int) -> str:
        mates = [line for line, slot in zip(given, slots, strict=False) if slot.line.rhyme == slots[at].line.rhyme]
        classes = classes_of(self.characters, mates, self.book) or classes_of(self.characters, mates[:1], self.book)
        level = self.levels[patterns[at][-1]]
        return next((name for name in classes if (self.rhymes[name] & level).any()), classes[0])

    def _drawn(
        self, lasts: Sequence[str], taken: set[str], about: np.ndarray | None, asked: np.ndarray, seed: int, text: str
    ) -> str:
        need = max(LEAST_CLASS, 3 * len(lasts))
        allowed = (self.characters.common | asked) & self.levels[lasts[0]]
        sizes = {name: int((mask & allowed).sum()) for name, mask in self.rhymes.items() if name not in taken}
        rich = sorted(name for name, size in sizes.items() if size >= need) or sorted(sizes, key=sizes.__getitem__)[-3:]
        return drawn(rich, shares(rich, self.rhymes, allowed, self.often, about), seed, text, len(taken))

    def mask(self, name: str) -> np.ndarray:
        """(V,) what rhymes in a class; of the ci book both levels of its group, the pattern saying which."""
        names = (name, *self.near.get(name, ()))
        if self.book != "cilin":
            return np.logical_or.reduce([self.rhymes[other] for other in names if other in self.rhymes])
        groups = {group_of(other) for other in names}
        return np.logical_or.reduce([own for other, own in self.rhymes.items() if group_of(other) in groups])

    def ends(
        self,
        slots: Sequence[Slot],
        patterns: Sequence[str],
        classes: Mapping[str, str],
        images: Sequence[Sequence[str]],
        associations: Any,
        free: Sequence[bool],
        rng: np.random.Generator,
    ) -> list[str]:
        """For every line that rhymes and is free an ending of two characters: usual, fit for its pattern, near to the
        images of its line, and no character twice; "" for the others."""
        found, used = [""] * len(slots), {c for own in images for word in own for c in word}
        for at, slot in enumerate(slots):
            if not slot.line.rhyme or slot.copies is not None or not free[at] or len(patterns[at]) < 4:
                continue
            word = self._end(patterns[at], classes[slot.line.rhyme], images[at], associations, used, rng)
            found[at] = word
            used |= set(word)
        return found

    def _end(
        self,
        pattern: str,
        name: str,
        images: Sequence[str],
        associations: Any,
        used: set[str],
        rng: np.random.Generator,
    ) -> str:
        sure, text = self.characters.sure(self.book), self.characters.text
        lasts = self.mask(name) & sure[pattern[-1]] & self.characters.common
        before = sure[pattern[-2]] & self.characters.common
        rows = [
            (text[ids[0]] + text[ids[1]], many)
            for ids, many in Tails.shipped().endings(2, lasts)
            if before[ids[0]] and ids[0] != ids[1] and not {text[ids[0]], text[ids[1]]} & used
        ]
        rows = sorted(rows, key=lambda row: -row[1])[: 4 * POOL]
        about = [c for word in images for c in word]
        scores = np.array(
            [0.25 * np.log(many) + NEAREST * associations.nearness(list(word), about) for word, many in rows]
        )
        best = np.argsort(-scores, kind="stable")[:POOL]
        if not len(best):
            return ""
        keys = scores[best] + HEAT * rng.gumbel(size=len(best))
        return rows[int(best[int(np.argmax(keys))])][0]


def wanted_class(characters: Characters, asked: str, book: str, level: np.ndarray, book_name: str, form: str) -> str:
    """The class that a person asks for, by its name, by a class of another book or by characters of it; the last two
    are named in the error. Raises ``NoSolution``."""
    least = 5  # common characters that it must have
    rhymes = characters.rhymes(book)
    short = asked.removesuffix("韵")
    named = [name for name in rhymes if short and (short in (name, name[-1], name[1:]) or name.startswith(short))]
    shared = set.intersection(*(set(characters.classes(c, book)) for c in asked)) if not named and asked else set()
    sizes = {name: int((mask & level & characters.common).sum()) for name, mask in rhymes.items()}
    for name in (*named, *sorted(shared), *_of_another_book(characters, short, book)):
        if sizes[name] >= least:
            return name
    fit = sorted((name for name in rhymes if sizes[name] >= least), key=lambda name: -sizes[name])
    raise NoSolution(
        f"no rhyme for {asked!r} fits: {book_name} has "
        f"{'too few characters in ' + named[0] if named else 'no such class'} at the tone that {form} asks for; relax "
        f"one of --rhyme, --book, --form. Classes that fit: {' '.join(fit[:12])}."
    )


def _of_another_book(characters: Characters, name: str, book: str) -> list[str]:
    """The class of this book that most characters of a class of 平水韵 belong to (一东 is 第一部平 in 词林正韵)."""
    members = characters.rhymes("pingshui").get(name)
    if members is None:
        return []
    common = members & characters.common
    return sorted(characters.rhymes(book), key=lambda own: -int((characters.rhymes(book)[own] & common).sum()))[:1]
