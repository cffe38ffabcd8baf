"""Pronunciations of words with apostrophes, which stand for letters left out: heav'n, singin', lov'd, the king's."""

from __future__ import annotations

from collections.abc import Callable

from .align import align
from .lexicon import Phones, is_vowel

Look = Callable[[str], tuple[Phones, ...]]  # a word without this apostrophe -> its pronunciations

SIBILANTS = ("S", "Z", "SH", "ZH", "CH", "JH")
VOICELESS = ("P", "T", "K", "F", "TH")
ENDINGS = {
    "ll": ("AH0", "L"),
    "ve": ("V",),
    "re": ("ER0",),
    "m": ("M",),
    "st": ("S", "T"),
    "dst": ("D", "S", "T"),
    "rt": ("R", "T"),
    "t": ("T",),
}
SAID_ED = (("AH0", "D"), ("IH0", "D"))
FUSED = {"th": "DH", "t": "T", "d": "D", "l": "L", "s": "S", "y": "Y"}
LEFT_OUT = ("e", "o", "i", "a", "u", "ve", "en", "h", "er", "ugh")


def contracted(word: str, look: Look) -> tuple[Phones, ...]:
    """Every pronunciation that the letters and ``look`` allow for a word with apostrophes; best first."""
    return (
        _dropped_g(word, look)
        or _ending(word, look)
        or _fused(word, look)
        or _restored(word, look)
        or look(word.replace("'", ""))
    )


def plural(phones: Phones) -> Phones:
    """A word's phones with the ending -s."""
    last = phones[-1]
    return (*phones, "IH0", "Z") if last in SIBILANTS else (*phones, "S" if last in VOICELESS else "Z")


def past(phones: Phones) -> Phones:
    """A word's phones with the ending -ed as spoken today."""
    last = phones[-1]
    return (
        (*phones, "IH0", "D")
        if last in ("T", "D")
        else (*phones, "T" if last in (*VOICELESS, "S", "SH", "CH") else "D")
    )


def _dropped_g(word: str, look: Look) -> tuple[Phones, ...]:
    if not word.endswith("in'"):
        return ()
    return tuple((*phones[:-1], "N") for phones in look(word[:-1] + "g") if phones[-1] == "NG")


def _ending(word: str, look: Look) -> tuple[Phones, ...]:
    stem, apostrophe, ending = word.rpartition("'")
    if not apostrophe or not stem:
        return ()
    if ending == "" and stem.endswith("s"):
        return look(stem)
    found = look(stem) or (look(stem + "e") if ending in ("d", "st", "n", "r") else ())
    if ending == "s":
        return tuple(map(plural, found))
    if ending == "d":
        said = [phones[:-2] for phones in look(stem + "ed") if phones[-2:] in SAID_ED]
        found = tuple(phones for phones in said if phones[-1] not in ("T", "D")) or found  # belov'd, not Belov
        return tuple((*phones, "D" if is_vowel(phones[-1]) else past(phones)[-1]) for phones in found)
    return tuple(phones + ENDINGS[ending] for phones in found) if ending in ENDINGS else ()


def _fused(word: str, look: Look) -> tuple[Phones, ...]:
    """A small word that lost its vowel before another: th'eternal, t'other."""
    head, _, rest = word.partition("'")
    return tuple((FUSED[head], *phones) for phones in look(rest)) if head in FUSED and rest else ()


def _restored(word: str, look: Look) -> tuple[Phones, ...]:
    """Put the missing letters back, look the word up, and take their vowel out again."""
    place = word.find("'")
    for letters in LEFT_OUT:
        found = look(word[:place] + letters + word[place + 1 :])
        taken = [without for phones in found if (without := _without(word, place, letters, phones))]
        if taken:
            return tuple(dict.fromkeys(taken))
    return ()


def _without(word: str, place: int, letters: str, phones: Phones) -> Phones | None:
    """The phones without the vowel that ``letters`` (now at ``place``) give; ``None``: they give a stressed one."""
    whole = word[:place] + letters + word[place + 1 :]
    lengths = align(whole.replace("'", ""), phones) if whole.count("'") == 0 else None
    if lengths is None:
        return None
    first = sum(lengths[:place])
    last = first + sum(lengths[place : place + len(letters) + 1])  # with the next letter: pow'r is spelt p-o-w-e-r
    for at in range(first, min(last, len(phones))):
        if is_vowel(phones[at]) and phones[at][-1] == "0":
            return phones[:at] + (("R",) if phones[at] == "ER0" else ()) + phones[at + 1 :]
    return phones if not any(is_vowel(phone) for phone in phones[first:last]) else None
