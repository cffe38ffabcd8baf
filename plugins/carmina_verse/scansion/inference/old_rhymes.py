"""Rhymes that were none to a modern ear but to the poets' own, or that verse has always allowed.

Sources: Wyld, Studies in English Rhymes from Surrey to Pope (1923), for the vowels (*appear* and *there*, *joined* and
*mind*, *come* and *gloom*, *worth* and *fourth*); Saintsbury, A History of English Prosody (1906-10), for weak endings
that bear the rhyme (*influence* and *whence*). Final voicing (*eyes* and *paradise*) is common from Spenser to
Swinburne.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

VOWELS = ({"IH", "IY", "EH", "EY"}, {"UH", "UW", "AO", "OW"}, {"ER", "AO", "AA"}, {"ER", "EH"})  # of each, one before R
ANYWHERE = ({"OY", "AY"}, {"AO", "AA"}, {"UW", "AH"}, {"UH", "AH"}, {"EY", "IY"})  # blood and mood, sea and obey
VOICED = ({"S", "Z"}, {"F", "V"}, {"TH", "DH"})
LAX = frozenset("IH EH AE AH AA AO UH".split())
LEAST = 3  # syllables of a word whose weak last one may bear the rhyme


def historical(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two words (ARPAbet) rhymed once, or rhyme by a weak last syllable that bears the beat."""
    return any(_met(a, b) for a in _tails(one) for b in _tails(other))


def slant(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two words (ARPAbet) rhyme as modern poets let them: but for one last consonant (*step* and *kept*), by
    two consonants or more after the vowel (*hand* and *mend*), or but for an R that much of English does not say (*saw*
    and *door*)."""
    return any(_nearly(a, b) for a in _tails(one) for b in _tails(other))


def _nearly(one: Sequence[str], other: Sequence[str]) -> bool:
    plain = [[phone.rstrip("012") for phone in _unsaid_r(tail)] for tail in (one, other)]
    if plain[0] == plain[1]:
        return True
    if _after_ng(plain[0]) == _after_ng(plain[1]):
        return True
    many = [sum(phone[-1].isdecimal() for phone in tail) for tail in (one, other)]
    if many == [2, 2] and plain[0][1:] == plain[1][1:]:  # wonder and tender
        return len(plain[0]) > 3 and not (one[2][-1].isdecimal() or other[2][-1].isdecimal())
    if many != [1, 1] or "0" in (one[0][-1], other[0][-1]):
        return False
    codas = [tail[1:] for tail in plain]
    short, long = sorted(codas, key=len)
    longer = len(long) - len(short) <= 1 and long[: len(short)] == short
    return longer if plain[0][0] == plain[1][0] else codas[0] == codas[1] and len(short) > 1


def _after_ng(tail: Sequence[str]) -> list[str]:
    """A tail without a G after NG, which people say or not: longer, wronger."""
    return [phone for at, phone in enumerate(tail) if phone != "G" or at == 0 or tail[at - 1] != "NG"]


def _unsaid_r(tail: Sequence[str]) -> Iterator[str]:
    """A tail without an R that no vowel follows."""
    for at, phone in enumerate(tail):
        if phone != "R" or tail[at + 1 : at + 2] and tail[at + 1][-1].isdecimal():
            yield phone


def _tails(phones: Sequence[str]) -> Iterator[list[str]]:
    """What may bear the rhyme: from the last syllable on, and from the one before it where that has the stress."""
    full = [part for phone in phones for part in _with_r(phone)]
    places = [at for at, phone in enumerate(full) if phone[-1].isdecimal()]
    if not places:
        return
    last = places[-1]
    before = full[places[-2]][-1] if len(places) > 1 else "0"
    borne = before == "0" and (full[last][-1] == "2" or len(places) >= LEAST)
    if full[last][-1] == "1" or borne:
        yield full[last:]
    elif len(places) > 1:
        yield full[places[-2] :]


def _with_r(phone: str) -> tuple[str, ...]:
    if phone == "ER0":
        return "AH0", "R"
    return (phone, "R") if phone.startswith("ER") else (phone,)


def _met(one: Sequence[str], other: Sequence[str]) -> bool:
    if len(one) != len(other):
        return False
    for at, (a, b) in enumerate(zip(one, other, strict=True)):
        if not _same(a, b, one[at + 1 : at + 2] == ["R"], at + 1 == len(one)):
            return False
    return True


def _same(one: str, other: str, before_r: bool, final: bool) -> bool:
    a, b = one.rstrip("012"), other.rstrip("012")
    if a == b:
        return True
    if not (one[-1].isdecimal() and other[-1].isdecimal()):
        return final and {a, b} in VOICED
    if "0" in (one[-1], other[-1]):
        return {a, b} <= LAX and not final
    return {a, b} in ANYWHERE or before_r and any({a, b} <= own for own in VOWELS)


__all__ = ["historical", "slant"]
