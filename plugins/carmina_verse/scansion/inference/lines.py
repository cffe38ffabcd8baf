"""Each line held against the poem's metre: what it takes as licence, what is wrong with it, what would mend it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from carmina import Deviation

from .feet import (
    FEET,
    HEADLESS,
    HEAVY,
    LENGTHENING,
    PRESSED,
    WHOLE,
    WRENCHED,
    Reading,
    read_line,
    takes,
)
from .poem import FALLING, FAULT, NAMES, Readings, keeps
from .saying import words_and_pauses

ADDED = "of"  # a small word that stands for any weak syllable
MOST_MENDED = 12  # lines whose mends are looked for
SHORTENING = ("headless",)
RARE = 0.15  # a licence of length that fewer lines of a poem take is no habit of it
LOOSE = 0.3  # lines that take one licence of length or another, where syllables are not counted
FEWEST = 4  # lines, to tell a habit
ALONE = ", as no other line is"
PENTAMETER, ALEXANDRINE = ("iambic", 5), ("iambic", 6)  # such a line may end a poem
STRICT = frozenset({"feminine ending", "catalectic"})  # the licences of a poem that takes no other
WORST = (HEAVY, WRENCHED, PRESSED)
CLEAN, SHORT = 1.0, 4  # what else may be wrong with a headless line that is a licence even if alone; feet
ROUGH, FEWEST_ROUGH = 0.2, 3  # share of lines, and lines, that may be faulty in a poem that keeps its metre
GROSS, MOST_GROSS = 2, 0.1  # syllables by which a line is off that stands out even there; share of lines


def line_deviations(
    texts: Sequence[str],
    flat: Sequence[Readings],
    own: Sequence[Reading | None],
    feet: Sequence[int],
    metre: str,
    language: Any,
) -> list[Deviation]:
    """Licences and faults of metre, by line; nothing of a poem without a metre."""
    if not metre:
        return []
    uncommon = _uncommon(own, metre)
    if uncommon:
        own = [
            _without_uncommon(text, reading, uncommon, metre, language)
            for text, reading in zip(texts, own, strict=True)
        ]
    odd = _odd_sizes(own, metre)
    found: list[Deviation] = []
    gross: set[int] = set()
    for number, (text, readings, reading) in enumerate(zip(texts, flat, own, strict=True), 1):
        if not readings:
            continue
        kept = keeps(reading)
        if kept and reading is not None and not odd[number - 1] and not _named(reading, uncommon):
            said = ", ".join(reading.licences) if reading.licences != ("catalectic",) else ""
            if said:
                found.append(Deviation(number, "", "metre", f"line {number}: {said}", licence=True))
            continue
        mend = sum(not deviation.licence for deviation in found) < MOST_MENDED
        surplus = odd[number - 1] or _surplus(readings, reading if kept else None, metre, feet[number - 1])
        alone = kept and reading is not None and not odd[number - 1] and not _named(reading, WORST)
        last = number == len(texts) and (metre, feet[number - 1]) == PENTAMETER
        alone = alone or last and keeps(readings.get(ALEXANDRINE))
        found.append(_fault(number, text, metre, feet[number - 1], surplus, language if mend else None, alone))
        gross |= {number} if abs(surplus) >= GROSS else set()
    return _forgiven(found, len(texts), gross)


def _forgiven(found: Sequence[Deviation], lines: int, gross: set[int]) -> list[Deviation]:
    """Faults, as licences where so many lines have one that the poem cannot mean to keep its pattern; but for the few
    lines that are off by far."""
    many = len({deviation.line for deviation in found if not deviation.licence})
    if many <= max(FEWEST_ROUGH, ROUGH * lines):
        return list(found)
    told = gross if len(gross) <= max(1, MOST_GROSS * lines) else set()
    return [own if own.licence or own.line in told else replace(own, licence=True, mends=()) for own in found]


def _odd_sizes(own: Sequence[Reading | None], metre: str) -> list[int]:
    """Of each line of a triple metre, whose feet may be of two syllables or three, by how many syllables it is shorter
    or longer than lines of as many feet are in this poem; 0: it is not."""
    sizes = [len(reading.places) if keeps(reading) and reading is not None else 0 for reading in own]
    out = [0] * len(own)
    if len(next(iter(FEET[metre]))) < 3:
        return out
    for feet in {reading.feet for reading in own if reading is not None}:
        lines = [at for at, reading in enumerate(own) if sizes[at] and reading is not None and reading.feet == feet]
        for at in lines:
            low, high = _usual([sizes[other] for other in lines if other != at])
            out[at] = min(0, sizes[at] - low) + max(0, sizes[at] - high)
    return out


def _usual(sizes: Sequence[int]) -> tuple[int, int]:
    """The least and the most syllables that are ordinary beside other lines: sizes that two of them have; of few lines
    what is one syllable off as well."""
    twice = [size for size, many in Counter(sizes).items() if many > 1]
    if len(sizes) >= FEWEST - 1 and twice:
        return min(twice), max(twice)
    return (min(sizes) - 1, max(sizes) + 1) if len(sizes) > 1 else (0, 99)


def _uncommon(own: Sequence[Reading | None], metre: str) -> tuple[str, ...]:
    """The licences of length that hardly a line of the poem takes, so that one that does stands out."""
    read = [reading for reading in own if reading is not None and keeps(reading)]
    if len(read) < FEWEST:
        return ()
    kinds = (
        *LENGTHENING,
        *(HEAVY + name for name in LENGTHENING),
        *SHORTENING,
        *((WHOLE,) if metre in FALLING else ()),
    )
    shares = {kind: sum(takes(reading.licences, kind) for reading in read) / len(read) for kind in kinds}
    if sum(share for kind, share in shares.items() if kind != WHOLE) > LOOSE:
        kinds = tuple(kind for kind in kinds if kind.startswith(HEAVY))
        shares = {kind: shares[kind] for kind in kinds}
    if any(set(map(_kind, reading.licences)) - STRICT for reading in read if not takes(reading.licences, LENGTHENING)):
        shares |= dict.fromkeys(
            LENGTHENING, 0.0
        )  # one light anapaest is the poet's right, but where nothing else is free
    for kind in (WRENCHED, PRESSED):
        shares[kind] = sum(takes(reading.licences, kind) for reading in read) / len(read)
    return tuple(kind for kind, share in shares.items() if 0 < share <= max(RARE, 1 / len(read)))


def _kind(licence: str) -> str:
    return licence.rstrip("0123456789 ")


def _named(reading: Reading, uncommon: Sequence[str]) -> bool:
    """Whether a line takes an uncommon licence; a short line that only lacks its first weak syllable (*Fools he lureth,
    and the fair*) is none."""
    plain = not set(map(_kind, reading.licences)) - {*SHORTENING, *STRICT}
    clean = plain and reading.feet <= SHORT and reading.cost - HEADLESS <= CLEAN
    return any(takes(reading.licences, kind) for kind in uncommon if not (clean and kind in SHORTENING))


def _without_uncommon(
    text: str, reading: Reading | None, uncommon: tuple[str, ...], metre: str, language: Any
) -> Reading | None:
    """A line's reading; one that does without uncommon licences (*flowers* in one syllable), where there is one."""
    if reading is None or not keeps(reading) or not _named(reading, uncommon):
        return reading
    other = read_line(language, text, metre, tuple(dict.fromkeys((*uncommon, *WORST)))).get((metre, reading.feet))
    return other if keeps(other) else reading


def _fault(
    number: int, text: str, metre: str, feet: int, surplus: int, language: Any, alone: bool = False
) -> Deviation:
    """``surplus``: as of :func:`_surplus`; ``language``: to look for a mend, ``None``: none is looked for; ``alone``:
    it is a licence but for no other line's taking it."""
    name = f"{metre} {NAMES[feet]}"
    word, mends = _mend(text, metre, feet, language, surplus) if language else ("", ())
    if surplus:
        size = "one syllable" if abs(surplus) == 1 else f"{abs(surplus)} syllables"
        said = f"line {number} is {size} {'short' if surplus < 0 else 'long'} of {name}"
    else:
        said = f"line {number} does not go as {name}"
    return Deviation(number, word, "metre", f"{said}{ALONE if alone else ''}: {text}", mends)


def _surplus(readings: Readings, kept: Reading | None, metre: str, feet: int) -> int:
    """How many syllables a line has too much (above 0) or lacks (below); 0: only its stresses are wrong."""
    if kept is not None:
        longer = sum(licence.removeprefix(HEAVY).startswith(LENGTHENING) for licence in kept.licences)
        if metre in FALLING and not longer:
            return int("catalectic" not in kept.licences)
        return longer - ("headless" in kept.licences)
    wanted = feet * len(next(iter(FEET[metre])))
    sizes = {len(reading.places) for (own, _), reading in readings.items() if own == metre}
    ends = {wanted, wanted + 1} if metre in ("iambic", "anapaestic") else {wanted, wanted - 1}
    if sizes & ends or not sizes:
        return 0
    size = min(sizes, key=lambda n: min(abs(n - end) for end in ends))
    return size - wanted


def _mend(text: str, metre: str, feet: int, language: Any, surplus: int) -> tuple[str, tuple[str, ...]]:
    """(the word that it is about, what would put the line right): of all single words that may go, and of all places
    where a syllable may come in, the one after which the line costs least."""
    words, _ = words_and_pauses(language, text)
    if not 1 < len(words) <= 24:
        return (words[0] if words else ""), ()
    found = []
    for cost, word, mend in (*_without(words, metre, feet, language), *_with(words, metre, feet, language)):
        if (surplus > 0 and not mend.startswith("leave")) or (surplus < 0 and mend.startswith("leave")):
            continue
        found.append((cost, word, mend))
    best = sorted(found, key=lambda entry: entry[0])[:2]
    if not best or best[0][0] >= FAULT:
        return "", ()
    return best[0][1], tuple(mend for cost, _, mend in best if cost < FAULT)


def _without(words: Sequence[str], metre: str, feet: int, language: Any) -> Iterator[tuple[float, str, str]]:
    for at, word in enumerate(words):
        yield _cost([*words[:at], *words[at + 1 :]], metre, feet, language), word, f"leave out {word!r}"


def _with(words: Sequence[str], metre: str, feet: int, language: Any) -> Iterator[tuple[float, str, str]]:
    for at, word in enumerate(words):
        cost = _cost([*words[:at], ADDED, *words[at:]], metre, feet, language)
        yield cost, word, f"add a syllable before {word!r}"


def _cost(words: Sequence[str], metre: str, feet: int, language: Any) -> float:
    reading = read_line(language, " ".join(words), metre).get((metre, feet))
    return FAULT if reading is None else reading.cost
