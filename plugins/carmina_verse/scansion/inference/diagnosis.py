"""A poem's metre, rhymes and form, and every line that goes against them: as a licence, or as a fault with its mend."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from carmina import Form

from ..faults import expected
from .feet import FEET, Reading, read_line, words_and_pauses
from .poem import FAULT, Readings, Shape, shape_of
from .rhyme import RhymeReader

MOST_FAULTY = 0.2  # of a form's lines and rhymes, for a poem to be called by its name
FREE_DEMAND = 2  # rhymes or feet that say little; see _demand
MOST_LOOSE = 3  # lines of a sonnet without a rhyme
RHYMINGS = {
    2: {"aa": "couplets"},
    3: {"aaa": "triplets"},
    4: {
        "abab": "cross-rhymed quatrains",
        "abba": "envelope quatrains",
        "xaxa": "ballad-rhymed quatrains",
        "aaxa": "rubaiyat",
    },
    5: {"aabba": "limerick stanzas"},
}
IDLE = 0.6  # of lines that rhyme where the form asks for no rhyme: hardly by chance
DEARER = 0.6  # so much more a line may a form's metre cost than the poem's own guess
LETTERS = "abcdefghijklmnopqrstuvwyz"


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What a poem is, and where it departs from that."""

    shape: Shape
    form: str  # the form it is by name; empty: none
    licences: tuple[str, ...]  # one line each: "line 3: inverted foot 1"
    faults: tuple[str, ...]  # "line 8 is one syllable short of iambic trimeter: ..."
    letters: tuple[str, ...]  # of the rhyme of each line; x: none
    readings: tuple[Reading | None, ...]  # each line in the poem's metre


def diagnosed(stanzas: Sequence[Sequence[str]], language: Any, forms: Mapping[str, Form]) -> Diagnosis:
    """Read a whole poem of a language that counts stresses."""
    texts = [text for stanza in stanzas for text in stanza]
    readings = [[read_line(language, text) for text in stanza] for stanza in stanzas]
    shape = shape_of(readings)
    rhymes = RhymeReader(language)
    ends = [(words_and_pauses(text)[0] or [""])[-1] for text in texts]
    flat = [line for stanza in readings for line in stanza]
    letters = _letters(ends, rhymes)
    form, wanted, rhyme_faults = _named(stanzas, flat, ends, letters, rhymes, shape, forms) or (
        _sonnet(letters, shape),
        None,
        [],
    )
    feet = wanted or [shape.at(n, place) for n, place in enumerate(_places(stanzas))] if shape.metre else []
    metre = shape.metre
    own = [line.get((metre, n)) for line, n in zip(flat, feet, strict=True)] if feet else [None] * len(flat)
    licences, faults = _told(texts, flat, own, feet, shape)
    return Diagnosis(shape, form, tuple(licences), (*faults, *rhyme_faults), tuple(letters), tuple(own))


def _places(stanzas: Sequence[Sequence[str]]) -> list[int]:
    return [place for stanza in stanzas for place in range(len(stanza))]


# ---- each line


def _told(
    texts: Sequence[str], flat: Sequence[Readings], own: Sequence[Reading | None], feet: Sequence[int], shape: Shape
) -> tuple[list[str], list[str]]:
    licences, faults = [], []
    for number, (text, readings, reading) in enumerate(zip(texts, flat, own, strict=True), 1):
        if not shape.metre or not readings:
            continue
        if reading is not None and reading.cost < FAULT:
            said = ", ".join(reading.licences) if reading.licences != ("catalectic",) else ""
            licences += [f"line {number}: {said}"] if said else []
            continue
        faults.append(f"line {number} {_missing(readings, shape.metre, feet[number - 1])}: {text}")
    return licences, faults


def _missing(readings: Readings, metre: str, feet: int) -> str:
    """What a line lacks or has too much of."""
    wanted = feet * len(next(iter(FEET[metre])))
    sizes = [len(reading.places) for (own, _), reading in readings.items() if own == metre and reading.cost < FAULT]
    size = min(sizes, key=lambda n: abs(n - wanted), default=None)
    if size is None or size == wanted:
        return f"does not go as {metre} of {feet} feet"
    short = abs(wanted - size)
    return f"is {_count(short)} {'short' if size < wanted else 'long'} of {metre} of {feet} feet"


def _count(number: int) -> str:
    return "one syllable" if number == 1 else f"{number} syllables"


# ---- rhyme


def _letters(ends: Sequence[str], rhymes: RhymeReader) -> list[str]:
    groups: list[list[int]] = []
    for at, end in enumerate(ends):
        kinds = [(group, [rhymes.kind(ends[other], end) for other in group]) for group in groups]
        sure = [group for group, kind in kinds if end and any(k in ("perfect", "identical") for k in kind)]
        near = [
            group
            for group, kind in kinds
            if end and any(k in ("eye", "historical") for k in kind) and at - group[-1] < 6
        ]
        home = next(iter(sure or near), None)
        if home is None:
            groups.append([at])
        else:
            home.append(at)
    letters, names = ["x"] * len(ends), iter(LETTERS * 40)
    for group in (group for group in groups if len(group) > 1):
        letter = next(names)
        for at in group:
            letters[at] = letter
    return letters


# ---- form


def _named(
    stanzas: Sequence[Sequence[str]],
    flat: Sequence[Readings],
    ends: Sequence[str],
    letters: Sequence[str],
    rhymes: RhymeReader,
    shape: Shape,
    forms: Mapping[str, Form],
) -> tuple[str, list[int], list[str]] | None:
    """(form, feet of each line, faults of rhyme) of the form that asks most of those that the poem is, near enough."""
    tried = []
    for form, variant, lines in _candidates(stanzas, forms):
        foot = _foot(lines)
        if foot is None:
            continue
        feet = [line.patterns[0].count("+") for line in lines]
        if foot != shape.metre and _mean_cost(flat, foot, feet) > shape.cost + DEARER:
            continue
        off = [n for n, (line, own) in enumerate(zip(flat, feet, strict=True)) if _off(line, foot, own)]
        broken, pairs = _broken(lines, ends, rhymes)
        if len(off) > MOST_FAULTY * len(feet) or len(broken) > max(1, MOST_FAULTY * pairs) * bool(pairs):
            continue
        if any(line.refrain for line in lines) and not _refrains(lines, ends):
            continue
        share = (len(off) + len(broken)) / (len(feet) + pairs)
        idle = sum(letter != "x" and not line.rhyme for letter, line in zip(letters, lines, strict=True)) / len(lines)
        worth = share + IDLE * idle + 0.3 * _mean_cost(flat, foot, feet) - 0.02 * _demand(lines, form)
        tried.append((worth, f"{form.name} {variant}".strip(), feet, broken))
    if not tried:
        return None
    _, name, feet, broken = min(tried, key=lambda entry: entry[0])
    return name, feet, broken


def _sonnet(letters: Sequence[str], shape: Shape) -> str:
    """Fourteen rhymed pentameters are a sonnet, in whatever order they rhyme: Petrarch's where the octave is closed."""
    if len(letters) != 14 or shape.name != "iambic pentameter" or letters.count("x") > MOST_LOOSE:
        return ""
    octave = "".join(letters[:8])
    return "petrarchan" if re.fullmatch(r"(.)(.)\2\1(?:\1(.)\3\1|(.)(.)\5\4)", octave) else "sonnet"


def described(letters: Sequence[str], sizes: Sequence[int]) -> str:
    """How stanzas rhyme, in words: ``couplets``, ``cross-rhymed quatrains``; empty where it is none that has a name."""
    text = "".join(letters)
    for size, patterns in RHYMINGS.items():
        if len(text) % size or any(own % size for own in sizes):
            continue
        parts = {_canonical(text[at : at + size]) for at in range(0, len(text), size)}
        for pattern, name in patterns.items():
            if parts == {pattern}:
                return name
    return ""


def _canonical(part: str) -> str:
    names: dict[str, str] = {}
    return "".join(letter if letter == "x" else names.setdefault(letter, LETTERS[len(names)]) for letter in part)


def _candidates(stanzas: Sequence[Sequence[str]], forms: Mapping[str, Form]) -> Iterator[tuple[Form, str, list]]:
    count = sum(map(len, stanzas))
    for form in forms.values():
        if form.language == "zh" or form.name == "acrostic":
            continue
        for variant, base in form.variants.items():
            size = sum(map(len, base))
            times = count // size if form.repeat and size and count % size == 0 else 1
            lines = [line for stanza in expected(form, variant, [len(own) for own in base] * times) for line in stanza]
            if len(lines) == count and _cuts_fit(stanzas, [len(stanza) for stanza in base]):
                yield form, variant, lines


def _cuts_fit(stanzas: Sequence[Sequence[str]], base: Sequence[int]) -> bool:
    """Printed whole, in the form's own stanzas, or in stanzas of which some make one of the form's."""
    own = [len(stanza) for stanza in stanzas]
    ends, at = set(), 0
    for size in list(base) * (1 + sum(own) // max(1, sum(base))):
        at += size
        ends.add(at)
    edges, at = set(), 0
    for size in own:
        at += size
        edges.add(at)
    return edges <= ends or len(own) == 1 or ends & set(range(sum(own))) <= edges


def _foot(lines: Sequence[Any]) -> str | None:
    patterns = [line.patterns[0] for line in lines]
    if any(set(pattern) - {"+", "-"} for pattern in patterns):
        return None
    return "anapaestic" if any("--" in pattern for pattern in patterns) else "iambic"


def _mean_cost(flat: Sequence[Readings], metre: str, feet: Sequence[int]) -> float:
    costs = [
        FAULT if (own := line.get((metre, n))) is None else min(FAULT, own.cost)
        for line, n in zip(flat, feet, strict=True)
    ]
    return sum(costs) / max(1, len(costs))


def _off(readings: Readings, metre: str, feet: int) -> bool:
    own = readings.get((metre, feet))
    return own is None or own.cost >= FAULT


def _broken(lines: Sequence[Any], ends: Sequence[str], rhymes: RhymeReader) -> tuple[list[str], int]:
    """(pairs that should rhyme and do not, how many pairs there are)."""
    last: dict[str, int] = {}
    found, pairs = [], 0
    for at, line in enumerate(lines):
        if line.rhyme and line.rhyme in last:
            pairs += 1
            other = last[line.rhyme]
            if rhymes.kind(ends[other], ends[at]) is None:
                found.append(f"lines {other + 1} and {at + 1}: {ends[other]} and {ends[at]} do not rhyme")
        if line.rhyme:
            last[line.rhyme] = at
    return found, pairs


def _refrains(lines: Sequence[Any], ends: Sequence[str]) -> bool:
    first: dict[str, str] = {}
    whole = [(line.refrain, end) for line, end in zip(lines, ends, strict=True) if line.refrain[:1] not in ("", "^")]
    return sum(first.setdefault(name, end) == end for name, end in whole) >= 0.8 * len(whole)


def _demand(lines: Sequence[Any], form: Form) -> int:
    """How much a form asks: of two that a poem keeps, the one that asks more names it better."""
    rhymed = sum(bool(line.rhyme) for line in lines) / len(lines)
    return round(4 * rhymed) + 3 * any(line.refrain for line in lines) + 3 * (not form.repeat)
