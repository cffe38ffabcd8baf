"""Which form a poem is, near enough: of all forms that fit it in lines, feet and rhymes, the one that asks most."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from carmina import Deviation, Form

from ..faults import expected
from .poem import FALLING, FAULT, SHORT_METRE, Readings, Shape
from .rhyme import RhymeReader, broken_rhymes, grouped

MOST_FAULTY = 0.2  # of a form's lines and rhymes, for a poem to be called by its name; one of each is forgiven
MOST_LOOSE = 4  # lines of a sonnet without a rhyme
ROUGH = 2.3  # what a line of a sonnet may cost
IDLE = 0.6  # of lines that rhyme where the form asks for no rhyme: hardly by chance
DEARER, SAME = (
    0.6,
    0.3,
)  # so much more a line may a form cost than the poem's own guess, in another metre and in the same
MOST_OTHER = 0.6  # of the lines whose places have another length in the poem
CLEARLY = 0.8  # by which a line goes worse
FEWEST = 4  # lines, for one fault to be forgiven


@dataclass(frozen=True, slots=True)
class Named:
    """A form that a poem is."""

    name: str  # with its variant
    metre: str
    feet: tuple[int, ...]  # of each line
    rhymes: tuple[str, ...]  # of each line the name of its rhyme; empty: none is asked
    broken: tuple[Deviation, ...]  # rhymes


@dataclass(frozen=True, slots=True)
class Heard:
    """What was read of a poem before its form is known."""

    stanzas: Sequence[Sequence[str]]
    readings: Sequence[Readings]  # of each line
    ends: Sequence[str]
    letters: Sequence[str]
    rhymes: RhymeReader
    shape: Shape


def named_form(heard: Heard, forms: Mapping[str, Form], asked: str = "") -> Named | None:
    """The form of a poem; ``asked``: only this one, however far the poem is from it, if its lines are as many."""
    tried = []
    for form, variant, lines in _candidates(heard.stanzas, forms):
        if asked and form.name != asked or (foot := _foot(lines)) is None:
            continue
        found = _fit(heard, form, variant, lines, foot, bool(asked))
        tried += [found] if found else []
    return min(tried, key=lambda entry: entry[0])[1] if tried else None


def _fit(
    heard: Heard, form: Form, variant: str, lines: Sequence[Any], foot: str, asked: bool
) -> tuple[float, Named] | None:
    feet = tuple(line.patterns[0].count("+") for line in lines)
    mean = _mean_cost(heard.readings, foot, feet)
    falling = heard.shape.metre in FALLING and foot not in FALLING
    dearer = SAME if foot == heard.shape.metre else DEARER
    if not asked and _other_lengths(heard, foot, feet):
        return None
    if not asked and (falling or heard.shape.metre and mean > heard.shape.cost + dearer):
        return None
    off = sum(_off(line, foot, own) for line, own in zip(heard.readings, feet, strict=True))
    names = tuple(line.rhyme for line in lines)
    groups = grouped(names)
    broken = broken_rhymes(groups, heard.ends, heard.rhymes)
    pairs = sum(len(group) - 1 for group in groups)
    forgiven = len(lines) >= FEWEST
    faulty = off > max(forgiven, MOST_FAULTY * len(feet)) or len(broken) > max(1, MOST_FAULTY * pairs) * bool(pairs)
    if not asked and (faulty or pairs and len(broken) >= pairs or off + len(broken) > max(1, 0.4 * len(lines))):
        return None
    if not asked and any(line.refrain for line in lines) and not _refrains(lines, heard.ends):
        return None
    share = (off + len(broken)) / (len(feet) + pairs)
    idle = sum(letter != "x" and not name for letter, name in zip(heard.letters, names, strict=True)) / len(lines)
    worth = share + IDLE * idle + 0.3 * mean - 0.02 * _demand(lines, form)
    return worth, Named(f"{form.name} {variant}".strip(), foot, feet, names, tuple(broken))


def _other_lengths(heard: Heard, foot: str, feet: Sequence[int]) -> bool:
    """Whether lines of some place in the stanza have another length throughout than a form asks of them."""
    shape, places = heard.shape, [place for stanza in heard.stanzas for place in range(len(stanza))]
    if shape.metre != foot or shape.period < 0:
        return False
    other = [n for n, (own, place) in enumerate(zip(feet, places, strict=True)) if shape.at(n, place) != own]
    off = sum(_dearer(heard.readings[n], foot, feet[n], shape.at(n, places[n])) for n in other)
    return off >= MOST_OTHER * len(other) and (off > 1 or shape.feet == SHORT_METRE)


def _dearer(readings: Readings, foot: str, feet: int, own: int) -> bool:
    """Whether a line goes worse with so many feet than with the poem's own number."""
    asked, shaped = readings.get((foot, feet)), readings.get((foot, own))
    return asked is None or shaped is not None and asked.cost >= min(FAULT, shaped.cost + CLEARLY)


def rough_sonnet(letters: Sequence[str], flat: Sequence[Readings]) -> bool:
    """Whether fourteen rhymed lines are pentameters by their rhymes' leave, as rough as Donne's."""
    rhymed = len(letters) == 14 and letters.count("x") <= MOST_LOOSE
    return rhymed and _mean_cost(flat, "iambic", [5] * 14) <= ROUGH


def sonnet(letters: Sequence[str], shape: Shape) -> str:
    """Fourteen rhymed pentameters are a sonnet, in whatever order they rhyme: Petrarch's where the octave is closed."""
    if len(letters) != 14 or shape.name != "iambic pentameter" or letters.count("x") > MOST_LOOSE:
        return ""
    octave = "".join(letters[:8])
    return "petrarchan" if re.fullmatch(r"(.)(.)\2\1(?:\1(.)\3\1|(.)(.)\5\4)", octave) else "sonnet"


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
    if any("--" in pattern for pattern in patterns):
        return "anapaestic"
    return "trochaic" if all(pattern.startswith("+") for pattern in patterns) else "iambic"


def _mean_cost(flat: Sequence[Readings], metre: str, feet: Sequence[int]) -> float:
    costs = [
        FAULT if (own := line.get((metre, n))) is None else min(FAULT, own.cost)
        for line, n in zip(flat, feet, strict=True)
    ]
    return sum(costs) / max(1, len(costs))


def _off(readings: Readings, metre: str, feet: int) -> bool:
    own = readings.get((metre, feet))
    return own is None or own.cost >= FAULT


def _refrains(lines: Sequence[Any], ends: Sequence[str]) -> bool:
    first: dict[str, str] = {}
    whole = [(line.refrain, end) for line, end in zip(lines, ends, strict=True) if line.refrain[:1] not in ("", "^")]
    return sum(first.setdefault(name, end) == end for name, end in whole) >= 0.8 * len(whole)


def _demand(lines: Sequence[Any], form: Form) -> int:
    """How much a form asks: of two that a poem keeps, the one that asks more names it better."""
    rhymed = sum(bool(line.rhyme) for line in lines) / len(lines)
    return round(4 * rhymed) + 3 * any(line.refrain for line in lines) + 3 * (not form.repeat)
