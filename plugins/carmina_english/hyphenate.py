"""Where the spelling of a word is cut so that each part is one sung syllable.

Between two syllables' vowels lies a run of letters that may be cut; inside it the printed tradition decides: suffixes
stay whole (sing-ing), doubled letters part (hap-py), a stressed short vowel keeps its consonant (heav-en), a long one
gives it away (o-pen). Hyphenation patterns (pyphen) decide where they know better, as long as they cut inside the run.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import accumulate

from .align import align
from .lexicon import Phones, data, is_vowel

DIGRAPHS = frozenset("th sh ch ph gh ck wh ng tz dg sc".split())
SHORT = frozenset("AE EH IH AH UH AA".split())
LIQUIDS = ("l", "r")
ONSETS = frozenset(
    "bl br ch cl cr dr dw fl fr gl gr kl kn kr ph pl pr qu sc sh sk sl sm sn sp squ st sw th tr tw wh wr "
    "chr phr sch scr shr spl spr str thr".split()
)
SUFFIXES = ("ings", "ing", "in'", "ed", "eth", "est", "ish")
HEAVY_SUFFIXES = ("ly", "ness", "less", "ful", "ment")  # never stressed, so that re-ply is none
Known = Callable[[str], int]  # a stem -> its syllables; 0: no word


@dataclass(frozen=True, slots=True)
class _Word:
    """One aligned word: letters, phones of each letter, and where syllables have their cores."""

    letters: str
    chunks: tuple[Phones, ...]
    cores: tuple[int, ...]

    def silent(self, place: int) -> bool:
        return not self.chunks[place]


def cuts(letters: str, phones: Phones, known: Known, forced: Sequence[int] = ()) -> list[int] | None:
    """Places in ``letters`` (a-z, apostrophes) before which a new sung syllable starts; ``None``: cannot be shared out.

    ``known`` gives the syllables of a stem, 0 when it is no word; ``forced`` are cuts that the author made.
    """
    lengths = align(letters, phones)
    if lengths is None:
        return None
    word = _word(letters, phones, lengths)
    printed = exceptions().get(letters) or exceptions().get(letters.removesuffix("s").removesuffix("'"), ())
    if not forced and len(printed) == len(word.cores) - 1:
        return list(printed)
    ending = _suffix(word, known)
    return [
        _cut(word, left, right, (*forced, ending), known)
        for left, right in zip(word.cores, word.cores[1:], strict=False)
    ]


@cache
def exceptions() -> dict[str, tuple[int, ...]]:
    """Words printed otherwise than the rules say: word -> its cuts."""
    words = [line for line in data("hyphens.txt").decode().split("\n") if line and not line.startswith("#")]
    return {word.replace("-", ""): tuple(accumulate(map(len, word.split("-")[:-1]))) for word in words}


def _word(letters: str, phones: Phones, lengths: Sequence[int]) -> _Word:
    chunks, at = [], 0
    for length in lengths:
        chunks.append(phones[at : at + length])
        at += length
    cores = tuple(place for place, chunk in enumerate(chunks) if any(map(is_vowel, chunk)))
    return _Word(letters, tuple(chunks), cores)


def _cut(word: _Word, left: int, right: int, wished: Sequence[int], known: Known) -> int:
    """The cut between the syllables whose cores are the letters ``left`` and ``right``."""
    for place in wished:
        if left < place <= right:
            return place
    if word.letters[:2] == "ar" and left == 1:  # a-round, a-rise: the r alone sounds as ER
        return 1
    start, end = _run(word, left, right, known)
    units = _graphemes(word, start, end)
    if not units:
        return start
    hints = [place for place in _patterns(word.letters) if start <= place <= end and not _inside(units, place)]
    if len(hints) == 1:
        return hints[0]
    if _stem_stays(word.letters, end, known):
        return end
    core = next(phone for phone in word.chunks[left] if is_vowel(phone))
    closed = core[-1] in "12" and core[:-1] in SHORT and not any(word.chunks[left + 1 : start])
    if not is_vowel(word.chunks[right][0]) or word.letters[right] not in "lmn":
        place = _between(word.letters, units, closed)
        return place - 1 if word.letters[place - 1] == "'" and place > start else place  # ev-'ry
    takes = word.letters[right] == "l" and word.letters[units[-1][1] - 1] != "k"  # ta-ble, but tick-le and rhyth-m
    return units[-1][0] if takes else right


def _stem_stays(letters: str, end: int, known: Known) -> bool:
    """Whether a stem with a vowel written by two letters, or in -ight, keeps its end: great-er, sleep-y, might-y."""
    stem, pair = letters[:end], letters[max(0, end - 3) : end - 1]
    long = pair in ("ea", "ee", "oo", "ai", "oa", "ou") or stem.endswith("ight")
    return long and letters[end:] in ("er", "ers", "or", "ors", "y") and known(stem) == 1 and stem[-1] != "l"


def _run(word: _Word, left: int, right: int, known: Known) -> tuple[int, int]:
    """The letters between two cores that may go either way: silent vowels belong to a neighbour."""
    start, end = left + 1, right
    while start < end and _leans_right(word, left, end - 1, known):
        end -= 1
    while start < end and word.silent(start) and (word.letters[start] in "aeiouyw" or _rhotic(word, start)):
        start += 1
    for place in range(start, end):
        if word.silent(place) and word.letters[place] in "aeiouy":
            start = place + 1
    return start, end


def _leans_right(word: _Word, left: int, place: int, known: Known) -> bool:
    """Whether a silent vowel before a core is spelt with it (cov-er, re-joice), not with what is before (some-one)."""
    after = word.chunks[place + 1]
    if not (word.silent(place) and word.letters[place] in "aeiouy") or (after and not is_vowel(after[0])):
        return False
    if word.letters[place : place + 2] == "ou" and word.letters[left] in "ieu":
        return True  # glo-ri-ous
    if not any(word.chunks[left + 1 : place]) and not set(word.letters[left:place]) & {"w", "y"}:
        return False  # no consonant between: see-ing
    before = word.letters[: place + 1]
    return not (len(before) > 3 and before[-1] == "e" and word.letters[place + 1] not in "ry" and known(before))


def _rhotic(word: _Word, place: int) -> bool:
    return place > 1 and word.letters[place] == "r" and any(phone[:2] == "ER" for phone in word.chunks[place - 1])


def _graphemes(word: _Word, start: int, end: int) -> list[tuple[int, int]]:
    """Consonant letters as units that sound once: (first, after last)."""
    units: list[tuple[int, int]] = []
    for place in range(start, end):
        pair = word.letters[place - 1 : place + 1]
        if units and pair in DIGRAPHS and (word.silent(place) or word.silent(place - 1)):
            units[-1] = (units[-1][0], place + 1)
        else:
            units.append((place, place + 1))
    return units


def _inside(units: list[tuple[int, int]], place: int) -> bool:
    return any(first < place < after for first, after in units)


def _between(letters: str, units: list[tuple[int, int]], closed: bool) -> int:
    """The cut among consonants; ``closed``: the syllable before is stressed and short, and wants one."""
    first, after = units[0]
    if len(units) == 1:
        return after if closed or letters[first:after] in ("x", "ck", "ng") else first
    second = letters[units[1][0] : units[1][1]]
    if len(units) == 2 and not closed and letters[first:after] + second in ONSETS and (second in LIQUIDS or first < 3):
        return first
    if letters[first] == letters[units[1][0]]:
        return after
    for place, _ in units[1:-1]:
        if letters[place : units[-1][1]].replace("'", "") in ONSETS:
            return place
    return units[-1][0]


def _suffix(word: _Word, known: Known) -> int:
    """Where a suffix starts that stays whole after its stem; 0: none."""
    heavy = () if any(phone[-1] == "1" for phone in word.chunks[word.cores[-1]]) else HEAVY_SUFFIXES
    for suffix in (*SUFFIXES, *heavy):
        stem = word.letters.removesuffix(suffix)
        if stem == word.letters or len(stem) < 2 or (stem[-1] == stem[-2] and stem[-1] not in "lsfz"):
            continue
        sung = sum(core < len(stem) for core in word.cores)
        if sung in (known(stem), known(stem + "e")):
            return len(stem)
    return 0


@cache
def _dictionary():
    import pyphen

    return pyphen.Pyphen(lang="en_US", left=1, right=2)


@lru_cache(maxsize=8192)
def _patterns(letters: str) -> tuple[int, ...]:
    return tuple(int(place) for place in _dictionary().positions(letters))
