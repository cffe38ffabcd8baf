"""Faults planted in English verse, each held against rules that share nothing with the reader that is measured.

What is planted is a fault only where no reading that people use makes the line legal. Metre: beats and offbeats as
Attridge (The Rhythms of English Poetry, 1982) counts them, over every recorded pronunciation. Rhyme: equal sounds from
the last stressed vowel on. Neither knows feet, costs, forms or schemes.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import numpy as np

Stanzas = list[list[str]]
SMALL = frozenset("the a an of to in on and his her my with that so but".split())
ADDED = {1: "old new bright the all some then".split(), 2: "very many little under only golden silent upon".split()}
FALLING = "window garden silver mountain winter summer river water morning city ladder candle".split()  # 10
RISING = "again before between alone beside today below across around away behind belong".split()  # 01
LEANING = frozenset({"the", "to"})
ENDS = {
    "1": "month wolf bulb sixth film desk ninth bronze risk shelf".split(),
    "10": "window garden silver orange angel purple chimney olive butter planet".split(),
}
MOST_WAYS, MOST_SYLLABLES = 96, 24
KEPT = 0.85  # of the lines of a place that must be legal with as many beats, for the poem to keep a pattern
UNEVEN, EVEN = 0.2, 0.85  # of its syllables, by which a line may differ; of the lines
RHYMED = 0.8  # of the lines that must rhyme near by, for it to keep a scheme
ALIKE = 3  # lines of one place, for one to stand out
FEWEST = 8  # lines, or a limerick's five
NEAR = 4  # lines within which a rhyme is looked for
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*['’]?|['’][^\W\d_]+")
KINDS = tuple(
    "a foot less|an end|a syllable less|a syllable more|two syllables more|a stress|"
    "two lines changed|a line lost".split("|")
)


@dataclass(frozen=True, slots=True)
class Fault:
    """A poem with one fault."""

    stanzas: Stanzas
    line: int  # from 1, in the poem as it now stands; of two lines the first
    kind: str


@dataclass
class Rules:
    """Which lines are legal, by every recorded pronunciation of their words."""

    language: Any
    dropped: Counter[str] = field(default_factory=Counter)  # kind -> changes that are no faults

    def __post_init__(self) -> None:
        self.beats = lru_cache(maxsize=None)(self._beats)
        self.rimes = lru_cache(maxsize=None)(self._rimes)

    def _beats(self, text: str) -> frozenset[int]:
        """With how many beats a line can be said."""
        words = [word.lower().replace("’", "'") for word in _WORD.findall(text.replace("-", " "))]
        content = [bool(said and said[-1].content) for said in self.language.syllabify(words)] if words else []
        ways = [self._ways(word) for word in words]
        for at, word in enumerate(words[1:]):  # the air, to obey
            if words[at] in LEANING and word[0] in "aeiouh":
                ways[at] = [*ways[at], ""]
        found: set[int] = set()
        for choice in itertools.islice(itertools.product(*ways), MOST_WAYS):
            row = [
                ("p" if len(way) > 1 and digit == "1" else "c" if len(way) == 1 and full else
                 "m" if len(way) == 1 else "s" if digit == "2" else "w")
                for way, full in zip(choice, content, strict=True) for digit in way
            ]  # fmt: skip
            if 0 < len(row) <= MOST_SYLLABLES:
                found |= legal_beats("".join(row))
        return frozenset(found)

    def _ways(self, word: str) -> list[str]:
        every = [*self.language.pronunciations(word), *self.language.elided(word)]
        return list(dict.fromkeys("".join(str(s.stress or 0) for s in way) for way in every if way)) or ["1"]

    def _rimes(self, word: str) -> frozenset[str]:
        """The sounds from the last stressed vowel on, in every recorded pronunciation."""
        ends = (way[-1].rhyme for way in self.language.pronunciations(word) if way)
        return frozenset(rhyme for rhyme in ends if rhyme)

    def rhyme(self, one: str, other: str) -> bool:
        """Whether two lines rhyme."""
        return bool(self.rimes(end_of(one)) & self.rimes(end_of(other)))


def end_of(text: str) -> str:
    """The last word of a line, in lower case."""
    words = _WORD.findall(text.replace("-", " "))
    return words[-1].lower().replace("’", "'") if words else ""


def legal_beats(row: str) -> set[int]:
    """Numbers of beats that a row of syllables can bear: p a long word's stress, s its second one, w its weak ones,
    c a full word of one syllable, m a small one.

    Between two beats stand one or two offbeats; of one any but a long word's stress, of two only weak ones. A weak
    syllable bears a beat between weak ones.
    """
    count = len(row)
    reached: list[set[int]] = [set() for _ in range(count)]
    for first in range(min(3, count)):
        if _bears(row, first) and _off(row[:first]):
            reached[first].add(1)
    for at in range(count):
        for gap in (1, 2):
            place = at + gap + 1
            if reached[at] and place < count and _bears(row, place) and _off(row[at + 1 : place]):
                reached[place] |= {many + 1 for many in reached[at]}
    ends = reached[-1] | (reached[-2] if count > 1 and row[-1] in "wmcs" else set())
    return ends | (reached[-3] if count > 2 and row[-2:] == "ww" else set())


def _bears(row: str, at: int) -> bool:
    if row[at] != "w":
        return True
    return all(other in "wm" for other in (*row[max(0, at - 1) : at], *row[at + 1 : at + 2]))


def _off(part: str) -> bool:
    return part != "p" if len(part) < 2 else all(one in "wm" for one in part)


# ---- what a poem keeps


def beats_of(stanzas: Stanzas, rules: Rules) -> list[frozenset[int]]:
    """Of each line the numbers of beats that nearly all lines of its place in the stanza can be said with; empty: there
    is none, or the line itself goes against it."""
    lines = [(_place(stanzas, s, n), text) for s, own in enumerate(stanzas) for n, text in enumerate(own)]
    groups: dict[int, list[str]] = {}
    for place, text in lines:
        groups.setdefault(place, []).append(text)
    usual: dict[int, frozenset[int]] = {}
    for place, texts in groups.items():
        counts = Counter(n for text in texts for n in rules.beats(text))
        enough = len(texts) >= ALIKE and _level(texts, rules)
        usual[place] = frozenset(n for n, many in counts.items() if enough and many >= KEPT * len(texts))
    return [usual[place] if usual[place] & rules.beats(text) else frozenset() for place, text in lines]


def _place(stanzas: Stanzas, s: int, n: int) -> int:
    """Lines of one place should be as long as one another: of a limerick, of stanzas of one size, else all."""
    if len(stanzas[s]) == 5 and len(stanzas) == 1:
        return int(n in (2, 3))
    return n if len(stanzas) > 1 and len({len(own) for own in stanzas}) == 1 else 0


def _level(texts: Sequence[str], rules: Rules) -> bool:
    """Whether lines are nearly as long as one another, so that one number of beats is theirs and no other's."""
    sizes = [sum(len(rules._ways(word.lower())[0]) for word in _WORD.findall(text)) for text in texts]
    middle = sorted(sizes)[len(sizes) // 2]
    return sum(abs(size - middle) <= max(1, UNEVEN * middle) for size in sizes) >= EVEN * len(sizes)


def partners_of(lines: Sequence[str], rules: Rules) -> list[list[int]]:
    """Of each line the lines near by that rhyme with it."""
    return [
        [o for o in range(max(0, at - NEAR), min(len(lines), at + NEAR + 1)) if o != at and rules.rhyme(text, lines[o])]
        for at, text in enumerate(lines)
    ]


def rhymed_of(stanzas: Stanzas, rules: Rules) -> list[bool]:
    """Which lines stand in a scheme: all where nearly all rhyme near by, else the even ones where those do."""
    lines = [text for stanza in stanzas for text in stanza]
    has = [bool(own) for own in partners_of(lines, rules)]
    if sum(has) >= RHYMED * len(has):
        return [True] * len(has)
    even = [at % 2 == 1 for stanza in stanzas for at in range(len(stanza))]
    paired = [own for own, wanted in zip(has, even, strict=True) if wanted]
    keeps = paired and sum(paired) >= RHYMED * len(paired) and all(len(s) % 2 == 0 for s in stanzas)
    return even if keeps else [False] * len(has)


def patterns_of(stanzas: Stanzas, rules: Rules) -> list[str]:
    """The rhymes of each stanza as letters."""
    return [_letters(stanza, rules) for stanza in stanzas]


def _letters(stanza: Sequence[str], rules: Rules) -> str:
    out: list[str] = []
    for at, text in enumerate(stanza):
        mate = next((o for o in range(at) if rules.rhyme(stanza[o], text)), None)
        out.append(chr(97 + at) if mate is None else out[mate])
    return "".join("x" if out.count(letter) < 2 else letter for letter in out)


# ---- planting


def planted(stanzas: Stanzas, kind: str, rng: np.random.Generator, rules: Rules) -> Fault | None:
    """The poem with one fault of a kind; ``None`` where it keeps no pattern that could be broken so, or no change that
    was tried is a fault by the rules (those are counted in ``rules.dropped``)."""
    if sum(map(len, stanzas)) < FEWEST and [len(own) for own in stanzas] != [5]:
        return None
    if kind == "two lines changed":
        return _changed(stanzas, rng, rules)
    if kind == "a line lost":
        return _lost(stanzas, rng)
    flat = [(s, n) for s, own in enumerate(stanzas) for n in range(len(own))]
    beats = beats_of(stanzas, rules) if kind != "an end" else []
    rhymed = rhymed_of(stanzas, rules) if kind == "an end" else []
    lines = [text for stanza in stanzas for text in stanza]
    for at in rng.permutation(len(flat)).tolist():
        s, n = flat[at]
        if kind == "an end":
            text = _other_end(lines, at, rng, rules) if rhymed[at] and partners_of(lines, rules)[at] else None
            fault = text is not None
        else:
            text = _other_line(stanzas[s][n], kind, rng) if beats[at] else None
            fault = text is not None and not beats[at] & rules.beats(text)
            rules.dropped[kind] += text is not None and not fault
        if text is not None and fault:
            changed = [list(own) for own in stanzas]
            changed[s][n] = text
            return Fault(changed, at + 1, kind)
    return None


def _other_line(text: str, kind: str, rng: np.random.Generator) -> str | None:
    words = text.split()
    inside = list(range(1, len(words) - 1))
    plain = [_WORD.fullmatch(word) is not None and word.islower() for word in words]
    match kind:
        case "a foot less":
            places, gone = [at for at in inside[:-1] if plain[at] and plain[at + 1]], 2
        case "a syllable less":
            places, gone = [at for at in inside if words[at].lower() in SMALL], 1
        case "a stress":
            places, gone = [at for at in inside if plain[at] and len(words[at]) > 4], 1
        case _:
            places, gone = inside, 0
    if not places:
        return None
    at = places[int(rng.integers(len(places)))]
    pool: list[str] = {
        "a syllable more": ADDED[1], "two syllables more": ADDED[2], "a stress": [*FALLING, *RISING],
    }.get(kind, [])  # fmt: skip
    more = [pool[int(rng.integers(len(pool)))]] if pool else []
    return " ".join([*words[:at], *more, *words[at + gone :]])


def _other_end(lines: Sequence[str], at: int, rng: np.random.Generator, rules: Rules) -> str | None:
    """The line with another last word, of the same rhythm, that rhymes with nothing in the poem."""
    found = list(_WORD.finditer(lines[at]))
    if len(found) < 3:
        return None
    stress = next(iter(rules._ways(found[-1][0].lower())), "1")
    pool = ENDS["10" if stress == "10" else "1"]
    word = pool[int(rng.integers(len(pool)))]
    text = lines[at][: found[-1].start()] + word + lines[at][found[-1].end() :]
    if any(rules.rhyme(text, other) for o, other in enumerate(lines) if o != at):
        rules.dropped["an end"] += 1
        return None
    return text


def _changed(stanzas: Stanzas, rng: np.random.Generator, rules: Rules) -> Fault | None:
    """Two neighbouring lines exchanged, where that breaks the beats of both or the rhymes that most stanzas have."""
    usual, many = Counter(patterns_of(stanzas, rules)).most_common(1)[0]
    if 2 * many <= len(stanzas):
        return None
    beats = beats_of(stanzas, rules)
    starts = [sum(map(len, stanzas[:s])) for s in range(len(stanzas))]
    flat = [(s, n) for s, own in enumerate(stanzas) for n in range(len(own) - 1)]
    for s, n in (flat[at] for at in rng.permutation(len(flat)).tolist()):
        own = list(stanzas[s])
        own[n], own[n + 1] = own[n + 1], own[n]
        line = starts[s] + n
        pair = beats[line : line + 2]
        short = all(pair) and not any(b & rules.beats(text) for b, text in zip(pair, own[n : n + 2], strict=True))
        if short or len(stanzas) > 2 and _letters(stanzas[s], rules) == usual != _letters(own, rules):
            return Fault([*stanzas[:s], own, *stanzas[s + 1 :]], line + 1, "two lines changed")
        rules.dropped["two lines changed"] += 1
    return None


def _lost(stanzas: Stanzas, rng: np.random.Generator) -> Fault | None:
    """A line lost of a poem whose stanzas are of one size, or that is a sonnet."""
    sizes = {len(stanza) for stanza in stanzas}
    if len(sizes) > 1 or (len(stanzas) < 3 and sum(map(len, stanzas)) != 14) or sizes <= {1, 2}:
        return None
    s = int(rng.integers(len(stanzas)))
    n = int(rng.integers(len(stanzas[s])))
    changed = [list(own) for own in stanzas]
    del changed[s][n]
    return Fault(changed, sum(map(len, changed[:s])) + min(n, len(changed[s]) - 1) + 1, "a line lost")
