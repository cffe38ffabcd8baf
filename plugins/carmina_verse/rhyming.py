"""The rhymes of a word, grouped for a poet's desk."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import numpy as np
from carmina import BadInput, BadOption

Groups = list[tuple[str, list[str]]]


def english_rhymes(conductor: Any, word: str, slant: bool = False) -> Groups:
    """Perfect rhymes (and near ones) by syllables and stress; common words first."""
    from .en_rhymes import Rhymes
    from .en_sounds import Sounds
    from .en_tokens import EnglishVerse
    from .en_vocabulary import Word

    text, language = word.lower().replace("’", "'"), conductor.get("language", "en")()
    phones = language.phonemes(text)
    if not any(phone[-1].isdigit() for phone in phones):
        raise BadInput(f"no way to say {word!r} is known, so no rhyme either. Give a word of letters.")
    tokens = EnglishVerse()
    extra = () if text in tokens.words.by_text else (Word(text, 1, 0, phones),)
    sounds = Sounds(tokens, extra)
    rhymes = Rhymes(sounds, np.ones(len(sounds.words), bool), "slant" if slant else "classic")
    rhymes._usable[:] = True
    at = sounds.index[text]
    perfect = rhymes._class(sounds.rhyme_of[at])
    joined = rhymes.joining([at], [at])
    groups = _by_stress(sounds, joined & perfect, "")
    return groups + (_by_stress(sounds, joined & ~perfect, "near, ") if slant else []) or [(f"no rhymes for {word}", [])]


def _by_stress(sounds: Any, mask: np.ndarray, kind: str) -> Groups:
    groups: dict[str, list[int]] = defaultdict(list)
    for at in np.flatnonzero(mask):
        groups[sounds.words[at].stresses].append(int(at))
    names = sorted(groups, key=lambda stresses: (len(stresses), stresses))
    return [(f"{kind}{len(name)} syllable{'s' * (len(name) > 1)}, {name}",
             [sounds.words[at].text for at in sorted(groups[name], key=lambda at: -sounds.counts[at])]) for name in names]


def chinese_rhymes(conductor: Any, text: str, book: str) -> Groups:
    """The characters of each class of the last character, by level, common ones first."""
    from .zh_sounds import BOOK_NAMES, Characters
    from .zh_tokens import ChineseVerse

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
            members = [characters.text[int(n)] for n in np.flatnonzero(mask) if characters.text[int(n)] != last]
            if members:
                groups.append((f"{found} {level}", members))
    return groups
