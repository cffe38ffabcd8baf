"""Pinyin syllables taken apart: tone, final, and the rhyme class of 中华新韵.

The fourteen classes are those of the Chinese Poetry Society's 中华新韵 (2005), named here by their plainest final.
"""

from __future__ import annotations

import re

RHYMES: dict[str, str] = {
    "a": "a",
    "ia": "a",
    "ua": "a",
    "o": "o",
    "e": "o",
    "uo": "o",
    "ie": "ie",
    "ve": "ie",
    "ê": "ie",
    "ai": "ai",
    "uai": "ai",
    "ei": "ei",
    "ui": "ei",
    "ao": "ao",
    "iao": "ao",
    "ou": "ou",
    "iu": "ou",
    "an": "an",
    "ian": "an",
    "uan": "an",
    "van": "an",
    "en": "en",
    "in": "en",
    "un": "en",
    "vn": "en",
    "ang": "ang",
    "iang": "ang",
    "uang": "ang",
    "eng": "eng",
    "ing": "eng",
    "ong": "eng",
    "iong": "eng",
    "ueng": "eng",
    "ng": "eng",
    "i": "i",
    "v": "i",
    "er": "i",
    "-i": "zhi",
    "u": "u",
}
_SHAPE = re.compile(r"(zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?([a-zêü]+)([1-5])")
_Y = {
    "a": "ia",
    "e": "ie",
    "ao": "iao",
    "ou": "iu",
    "an": "ian",
    "ang": "iang",
    "ong": "iong",
    "u": "v",
    "ue": "ve",
    "uan": "van",
    "un": "vn",
}
_W = {"a": "ua", "o": "uo", "ai": "uai", "ei": "ui", "an": "uan", "en": "un", "ang": "uang", "eng": "ueng"}
_J = {"u": "v", "ue": "ve", "uan": "van", "un": "vn"}


def tone_of(pinyin: str) -> int | None:
    """The tone 1-5 at the end of ``hao3``; None for what is not pinyin."""
    return int(pinyin[-1]) if _SHAPE.fullmatch(pinyin) else None


def final_of(pinyin: str) -> str | None:
    """The final of a syllable in tone-number pinyin, ``v`` for ü and ``-i`` after z c s zh ch sh r; None if not
    pinyin."""
    match = _SHAPE.fullmatch(pinyin.replace("ü", "v"))
    if not match:
        return None
    initial, final = match[1] or "", match[2]
    if final in ("m", "n", "g", "ng"):  # syllables without a vowel: 嗯, 呣, 哼
        return "ng"
    if initial == "y":
        return _Y.get(final, final)
    if initial == "w":
        return _W.get(final, final)
    if initial in ("j", "q", "x"):
        return _J.get(final, final)
    if initial in ("z", "c", "s", "zh", "ch", "sh", "r") and final == "i":
        return "-i"
    return {"ue": "ve"}.get(final, final)


def rhyme_of(pinyin: str) -> str | None:
    """The rhyme class of 中华新韵, e.g. ``ming2`` -> ``eng``; None if not pinyin."""
    final = final_of(pinyin)
    return RHYMES.get(final) if final else None
