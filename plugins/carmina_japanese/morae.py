"""Kana -> morae, as Japanese verse counts them: a small ゃ, ゅ, ょ or vowel belongs to the kana before it; ん, っ and
ー are morae of their own (Vance, The Sounds of Japanese, 2008)."""

from __future__ import annotations

import re
import unicodedata

MORA = re.compile(r"[ぁ-ゖァ-ヺ][ゃゅょぁぃぅぇぉゎャュョァィゥェォヮ]*|ー")
_TO_HIRAGANA = {code: code - 0x60 for code in range(ord("ァ"), ord("ヶ") + 1)}
_VOWELS = {"a": "あかさたなはまやらわがざだばぱゃぁゎ", "i": "いきしちにひみりぎじぢびぴぃゐ",
           "u": "うくすつぬふむゆるぐずづぶぷゅぅゔ", "e": "えけせてねへめれげぜでべぺぇゑ",
           "o": "おこそとのほもよろをごぞどぼぽょぉ"}  # fmt: skip
VOWEL = {kana: vowel for vowel, row in _VOWELS.items() for kana in row}


def hiragana(text: str) -> str:
    """Katakana as hiragana; half-width kana made whole."""
    return unicodedata.normalize("NFKC", text).translate(_TO_HIRAGANA)


def morae(kana: str) -> list[str]:
    """The morae of a text in kana; every other sign is left out."""
    return MORA.findall(unicodedata.normalize("NFKC", kana))


def rhyme_of(last: list[str]) -> str:
    """The rhyme of a word's morae: the vowel of the last that has one, with n or a length after it."""
    plain = [hiragana(mora) for mora in last]
    vowels = [VOWEL[mora[-1]] for mora in plain if mora[-1] in VOWEL]
    tail = {"ん": "n", "ー": ":"}.get(plain[-1], "") if plain else ""
    return (vowels[-1] if vowels else "") + tail
