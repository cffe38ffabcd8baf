"""The rhymes of a word, grouped for a poet's desk."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import numpy as np

from carmina import BadInput, BadOption

ENGLISH, CHINESE = (3000, 9000), (1000, 2500)  # ranks from which words, and characters, are less common, and rare
Groups = list[tuple[str, list[str]]]


def english_rhymes(conductor: Any, word: str, slant: bool = False) -> Groups:
    """Perfect rhymes (and near ones) by syllables, stress and commonness; of a word of several sounds (read, lead)
    those of each."""
    text, language = word.lower().replace("’", "'"), conductor.get("language", "en")()
    text = (language.spoken(text) or [text])[-1].lower()  # of a figure its last word
    sounds = language.sounds(text)
    if len(sounds) < 2:
        return _rhymes_of(text, language.phonemes(text), language, slant) or [(f"no rhymes for {word}", [])]
    return [
        (f"{word} ({' '.join(phones)}: {meaning}), {name}", words)
        for phones, meaning in sounds
        for name, words in _rhymes_of(text, phones, language, slant) or [("no rhymes", [])]
    ]


def _rhymes_of(text: str, phones: Sequence[str], language: Any, slant: bool) -> Groups:
    from ..english.lexicon import Sounds, resaid
    from ..english.rhymes import Rhymes
    from ..english.tokenizer import EnglishVerse
    from ..english.vocabulary import Word

    if not any(phone[-1].isdecimal() for phone in phones):
        raise BadInput(f"no way to say {text!r} is known, so no rhyme either. Give a word of letters.")
    asked = f"{text}\u200b"  # beside the vocabulary's own word, which may have another sound
    tokens = EnglishVerse()
    sounds = Sounds(tokens, (Word(asked, 1, 0, tuple(phones)),), resaid(language, tokens))
    rhymes = Rhymes(sounds, np.ones(len(sounds.words), bool), "slant" if slant else "classic")
    rhymes._usable[:] = True
    at = sounds.index[asked]
    perfect = rhymes._class(sounds.rhyme_of[at])
    joined = rhymes.joining([at], [at])
    joined[at] = False
    if text in sounds.index:
        joined[sounds.index[text]] = False
    if " " in text:
        return _by_stress(sounds, _mosaic(text, phones, sounds, language), "")
    groups = _by_stress(sounds, joined & perfect, "")
    return groups + (_by_stress(sounds, joined & ~perfect, "near, ") if slant else [])


def _mosaic(text: str, phones: Sequence[str], sounds: Any, language: Any) -> np.ndarray:
    """(words,) that rhyme with the end of several words: *poet* with *know it*."""
    near = (word.phones[-1:] == tuple(phones[-1:]) and not word.text.endswith("\u200b") for word in sounds.words)
    return np.array(
        [
            alike and language.rhymes_with(text, word.text) == "perfect"
            for alike, word in zip(near, sounds.words, strict=True)
        ]
    )


def _by_stress(sounds: Any, mask: np.ndarray, kind: str) -> Groups:
    groups: dict[str, list[int]] = defaultdict(list)
    for at in np.flatnonzero(mask):
        groups[sounds.words[at].stresses].append(int(at))
    names = sorted(groups, key=lambda stresses: (len(stresses), stresses))
    ranks = np.argsort(np.argsort(-sounds.counts, kind="stable"))
    return [
        (f"{kind}{len(name)} syllable{'s' * (len(name) > 1)}, {name}{tier}", words)
        for name in names
        for tier, words in _tiers(sorted((int(ranks[at]), sounds.words[at].text) for at in groups[name]), ENGLISH)
    ]


def _tiers(ranked: Sequence[tuple[int, str]], bounds: Sequence[int]) -> Groups:
    """Words by rank, parted into common, less common and rare ones."""
    names = ("", ", less common", ", rare")
    lots = [
        [text for rank, text in ranked if low <= rank < high]
        for low, high in zip((0, *bounds), (*bounds, 10**9), strict=True)
    ]
    return [(name, lot) for name, lot in zip(names, lots, strict=True) if lot]


def chinese_rhymes(conductor: Any, text: str, book: str, slant: bool = False) -> Groups:
    """The characters of each class of the last character (and of near classes), by level, common ones first."""
    from ..chinese.characters import BOOK_NAMES, Characters
    from ..chinese.tokenizer import ChineseVerse

    if book not in BOOK_NAMES:
        raise BadOption("--book", book, ", ".join(BOOK_NAMES))
    characters = Characters(ChineseVerse())
    name, last = BOOK_NAMES[book], text[-1]
    known = last if last in characters.ids else conductor.get("language", "zh")().simplified(last)
    classes = characters.classes(known, name)
    if not classes:
        raise BadInput(f"{book} as shipped has no rhyme for {last!r}. Try another book.")
    groups: Groups = []
    for found in classes:
        for level in "平仄":
            mask = characters.rhymes(name)[found] & characters.levels(name)[level]
            ranked = [
                (int(n), characters.text[int(n)]) for n in np.flatnonzero(mask) if characters.text[int(n)] != last
            ]
            groups += [(f"{found} {level}{tier}", members) for tier, members in _tiers(ranked, CHINESE)]
    if slant:
        chinese = conductor.get("language", "zh")()
        near = dict.fromkeys(
            other
            for found in classes
            for other in chinese.near_classes(found, name)
            if other in characters.rhymes(name)
        )
        groups += [
            (f"near, {other}", [characters.text[int(n)] for n in np.flatnonzero(characters.rhymes(name)[other])])
            for other in near
        ]
    return groups
