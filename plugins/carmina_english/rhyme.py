"""Rhyme on phones: the class of an ending, and how two words rhyme."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from .lexicon import Phones, is_vowel

Rhyme = Literal["perfect", "slant", "identical"]
FAMILIES = {
    phone: family
    for family, phones in enumerate(("P T K", "B D G", "F TH S SH CH", "V DH Z ZH JH", "M N NG", "L R"))
    for phone in phones.split()
}
NEAR_VOWELS = (
    frozenset(("IH", "IY")),
    frozenset(("AH", "UH")),
    frozenset(("UH", "UW")),
    frozenset(("AA", "AO")),
    frozenset(("EH", "AE")),
    frozenset(("AA", "AH")),
    frozenset(("AO", "OW")),
    frozenset(("EH", "IH")),
    frozenset(("EH", "EY")),
)


def start(phones: Phones) -> int:
    """Where the rhyming part starts: the last stressed vowel, or the last vowel when two or more weak ones follow
    it."""
    places = [place for place, phone in enumerate(phones) if is_vowel(phone)]
    stressed = [place for place in places if phones[place][-1] in "12"]
    if not stressed or len(places) - places.index(stressed[-1]) > 2:
        return places[-1] if places else 0
    return stressed[-1]


def rhyme_class(phones: Phones) -> str:
    """The rhyming part without stress digits, e.g. ``AY T``; words of one class rhyme."""
    return _class_from(phones, start(phones))


def _class_from(phones: Phones, place: int) -> str:
    """Before R the lexicon writes one vowel in two ways (here HH IY1 R, near N IH1 R)."""
    plain = [phone.rstrip("012") for phone in phones[place:]]
    return " ".join(
        "IY" if phone == "IH" and after == "R" else phone for phone, after in zip(plain, [*plain[1:], ""], strict=True)
    )


def _heard(phones: Phones, place: int) -> str:
    """The rhyming part as it is heard: weak IH and AH are one sound (*poet* and *know it*, *spirit*)."""
    weak = tuple("AH0" if phone == "IH0" and at > place else phone for at, phone in enumerate(phones))
    return _class_from(weak, place)


def _starts(phones: Phones) -> Sequence[int]:
    """Where the rhyming part may start. The lexicon gives many open last syllables a second stress that hardly sounds
    (to-mor-row, wil-low, pho-ny beside sor-row, pil-low, po-ny): there also the main stress before it."""
    last = start(phones)
    places = [place for place, phone in enumerate(phones) if is_vowel(phone)]
    open_end = len(places) > 1 and last == places[-1] == len(phones) - 1 and phones[last][-1] == "2"
    return (last, places[-2]) if open_end and phones[places[-2]][-1] == "1" else (last,)


def relation(first: Sequence[Phones], second: Sequence[Phones]) -> Rhyme | None:
    """The best rhyme that any two pronunciations make; ``None``: none.

    perfect: one class, other sounds before it; identical: one class and the same consonants before it; slant: as many
    syllables, vowels equal and consonants of one family, or consonants equal and vowels near.
    """
    kinds = {_kind(one, other) for one in first for other in second}
    return next((kind for kind in ("perfect", "identical", "slant") if kind in kinds), None)


def _kind(first: Phones, second: Phones) -> Rhyme | None:
    one, other = _dactyl(first), _dactyl(second)
    if one is not None and other is not None and _heard(first, one) == _heard(second, other):  # carry us, various
        return _kind_from(first, one, second, other)
    ones, others = _starts(first), _starts(second)
    if len(ones) == len(others) == 2:  # both rhyme from the main stress on
        ones, others = ones[1:], others[1:]
    kinds = [_kind_from(first, at, second, to) for at in ones for to in others]
    return next((kind for kind in ("perfect", "identical", "slant") if kind in kinds), None)


def _dactyl(phones: Phones) -> int | None:
    """The main stress that just two weak syllables follow, from which a triple rhyme is heard."""
    places = [place for place, phone in enumerate(phones) if is_vowel(phone)]
    return places[-3] if [phones[at][-1] for at in places[-3:]] == ["1", "0", "0"] else None


def _kind_from(first: Phones, at: int, second: Phones, to: int) -> Rhyme | None:
    one, other = _heard(first, at), _heard(second, to)
    if one == other:
        return "identical" if _onset(first, at) == _onset(second, to) else "perfect"
    return "slant" if _alike(one.split(), other.split()) else None


def _onset(phones: Phones, end: int) -> Phones:
    """The consonants just before the rhyming part."""
    begin = end
    while begin and not is_vowel(phones[begin - 1]):
        begin -= 1
    return phones[begin:end]


def _alike(one: list[str], other: list[str]) -> bool:
    if len(one) != len(other) or len(one) == 1:
        return False
    pairs = [(a, b) for a, b in zip(one, other, strict=True) if a != b]
    return len(pairs) == 1 and all(_close(a, b) for a, b in pairs)


def _close(one: str, other: str) -> bool:
    if is_vowel(one) or is_vowel(other):
        return frozenset((one, other)) in NEAR_VOWELS
    return FAMILIES.get(one, one) == FAMILIES.get(other, other)
