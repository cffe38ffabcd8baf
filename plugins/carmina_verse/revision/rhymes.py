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
    """Perfect rhymes (and near ones) by syllables, stress and commonness."""
    from ..english.lexicon import Sounds, rhyme_class
    from ..english.rhymes import Rhymes
    from ..english.tokenizer import EnglishVerse
    from ..english.vocabulary import Word

    text, language = word.lower().replace("’", "'"), conductor.get("language", "en")()
    phones = language.phonemes(text)
    if not any(phone[-1].isdecimal() for phone in phones):
        raise BadInput(f"no way to say {word!r} is known, so no rhyme either. Give a word of letters.")
    tokens = EnglishVerse()
    spelt = all(letter.isalpha() or letter in "'-" for letter in text)
    extra = () if text in tokens.words.by_text or not spelt else (Word(text, 1, 0, phones),)
    sounds = Sounds(tokens, extra)
    rhymes = Rhymes(sounds, np.ones(len(sounds.words), bool), "slant" if slant else "classic")
    rhymes._usable[:] = True
    name = rhyme_class(phones)
    at = sounds.index[text] if spelt else next(iter(sounds.rhymes.get(name, ())), None)  # of a figure a word like it
    if at is None:
        return [(f"no rhymes for {word}", [])]
    perfect = rhymes._class(sounds.rhyme_of[at])
    joined = rhymes.joining([at], [at])
    joined[at] = not spelt
    groups = _by_stress(sounds, joined & perfect, "")
    return groups + (_by_stress(sounds, joined & ~perfect, "near, ") if slant else []) or [
        (f"no rhymes for {word}", [])
    ]


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
