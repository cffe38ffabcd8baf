"""Other ways to sing a known pronunciation: fire in one syllable or two, glo-rious, ev-'ry, bless-ed."""

from __future__ import annotations

import re

from .lexicon import Phones, is_vowel, vowels

ONE_FIRST = re.compile("[iy]re|oirs?$|^fier|^(fl|h|s|sc|dev)?our")
GLIDES = {"IY0": "Y", "UW0": "W", "OW0": "W"}  # glo-rious, mu-tual, sha-dowy
SONORANTS = ("R", "L", "N")


def settled(phones: Phones) -> Phones:
    """A lexicon's pronunciation with the second stress that it gives some weak vowels taken off: lib-ER2-al.

    ER between the main stress and another vowel, and IY or UW before a weak one (in-si-di-ous, tu-mul-tu-ous), are weak
    in speech; their second stress hides that they may be left out.
    """
    return tuple(
        phone[:-1] + "0"
        if phone in ("ER2", "IY2", "UW2")
        and at + 1 < len(phones)
        and is_vowel(phones[at + 1])
        and (phone == "ER2" or phones[at + 1][-1] == "0")
        and vowels(phones[:at])[-1:] != []
        else phone
        for at, phone in enumerate(phones)
    )


def spread(word: str, found: tuple[Phones, ...]) -> tuple[Phones, ...]:
    """The pronunciations of a word and what singers make of them, the likeliest first.

    Default choices: ``-ire`` and ``-our`` words in one syllable (fire, hour), ``-ower`` in two, ``-ious`` as written in
    the lexicon.
    """
    smooth = tuple(made for phones in found if (made := _triphthong(phones)))
    base = (*smooth, *found) if ONE_FIRST.search(word) else (*found, *smooth)
    if word.endswith("ling"):  # trem-bling before trem-b-ling
        base = tuple(sorted(base, key=lambda phones: len(vowels(phones))))
    more = [made for phones in base for change in (_glide, _syncope, _syllabic_end) if (made := change(phones))]
    ed = [made for phones in base if (made := _full_ed(word, phones))]
    wide = [made for phones in base if (made := _widened(word, phones))]
    return tuple(dict.fromkeys((*base, *more, *ed, *wide)))


def _triphthong(phones: Phones) -> Phones | None:
    """AY ER -> AY R, AW ER -> AW R: one syllable for two."""
    for place in range(len(phones) - 1):
        if phones[place][:2] in ("AY", "AW") and phones[place + 1] == "ER0":
            return (*phones[: place + 1], "R", *phones[place + 2 :])
    return None


def _widened(word: str, phones: Phones) -> Phones | None:
    """AY R, AW R -> AY ER, AW ER: two syllables for one (and pray-er)."""
    if word in ("prayer", "prayers") and phones[2:4] == ("EH1", "R"):
        return (*phones[:2], "EY1", "ER0", *phones[4:])
    for place in range(len(phones) - 1):
        if phones[place][:2] in ("AY", "AW") and phones[place + 1] == "R":
            return (*phones[: place + 1], "ER0", *phones[place + 2 :])
    return None


def _glide(phones: Phones) -> Phones | None:
    """An unstressed IY before a weaker vowel becomes Y, and UW becomes W: glo-rious, ra-diant, mu-tual, or-yent."""
    for place in range(1, len(phones) - 1):
        if phones[place] in GLIDES and is_vowel(phones[place + 1]) and phones[place + 1][-1] != "1":
            weak = phones[place + 1][:-1] + "0"
            return (*phones[:place], GLIDES[phones[place]], weak, *phones[place + 2 :])
    return None


def elided(phones: Phones) -> Phones | None:
    """What verse alone makes shorter (Bridges, Milton's Prosody, 1921): a stressed vowel and the weak one after it are
    one syllable (being, quiet, ruin); the weak vowel before N is left out (fall'n, stol'n, ris'n) or before M and
    another weak one (bloss'ming)."""
    for place in range(len(phones) - 1):
        one, other = phones[place], phones[place + 1]
        if is_vowel(one) and one[-1] in "12" and is_vowel(other) and other[-1] == "0" and other != "ER0":
            return (*phones[: place + 1], *phones[place + 2 :])
    if len(phones) > 3 and phones[-3:] in (("L", "AH0", "N"), ("Z", "AH0", "N"), ("S", "AH0", "N")):
        return (*phones[:-2], "N")
    for place in range(2, len(phones) - 2):
        weak = phones[place] in ("AH0", "IH0") and phones[place + 1] == "M" and not is_vowel(phones[place - 1])
        if weak and is_vowel(phones[place + 2]) and phones[place + 2][-1] == "0":
            return (*phones[:place], *phones[place + 1 :])
    return None


def _syncope(phones: Phones) -> Phones | None:
    """An unstressed inner vowel before R, L or N and another unstressed vowel is left out: mem-'ry, ev-'ry."""
    for place in range(2, len(phones) - 1):
        phone, after = phones[place], phones[place + 1]
        if is_vowel(phones[place - 1]):
            continue
        if phone == "ER0" and is_vowel(after) and after[-1] == "0":
            return (*phones[:place], "R", *phones[place + 1 :])
        beyond = phones[place + 2 : place + 3]
        if phone in ("AH0", "IH0") and after in SONORANTS and beyond and is_vowel(beyond[0]) and beyond[0][-1] == "0":
            return (*phones[:place], *phones[place + 1 :])
    return None


def _syllabic_end(phones: Phones) -> Phones | None:
    """V AH0 N at the end, or before -ly, -s and -ward -> V N, as verse counts heav'n, giv'n, ev'n, heav'nly."""
    for place in range(2, len(phones) - 1):
        if phones[place] in ("AH0", "IH0") and phones[place - 1] == "V" and phones[place + 1] == "N":
            return (*phones[:place], *phones[place + 1 :]) if len(phones) > 3 else None
    return None


def marked_ed(found: tuple[Phones, ...]) -> tuple[Phones, ...]:
    """The pronunciations of a word whose -ed its poet marked (blessèd, wanderèd): as a syllable, which bears a stress
    where the one before it is weak."""
    full = [
        (*phones[:-1], "EH2" if is_vowel(phones[-2]) and phones[-2][-1] == "0" else "AH0", "D")
        for phones in found
        if len(phones) > 2 and phones[-1] in ("D", "T") and phones[-2:] not in (("AH0", "D"), ("IH0", "D"))
    ]
    whole = [phones for phones in found if phones[-2:] in (("AH0", "D"), ("IH0", "D"))]
    return tuple(dict.fromkeys((*whole, *full, *found)))


def _full_ed(word: str, phones: Phones) -> Phones | None:
    """The ending -ed as a syllable of its own, as in older verse: bless-ed."""
    if not word.endswith("ed") or len(phones) < 3 or is_vowel(phones[-2]) and phones[-2][-1] == "0":
        return None
    if phones[-2][:2] == "EH" or word.endswith("eed"):  # bed and need are no past of anything
        return None
    return (*phones[:-1], "AH0", "D") if phones[-1] in ("D", "T") and phones[-2:] != ("IH0", "D") else None
