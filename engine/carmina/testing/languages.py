"""Languages: every word gives its syllables, whatever it is; and what verse asks of them."""

from __future__ import annotations

from ..contracts import Language, Tonal
from ..works import Syllable
from .samples import ODD_WORDS

RHYMES = ("perfect", "slant", "identical", None)


def check_language(entry: type[Language]) -> None:
    """One tuple a word; places that fit; letters kept; claims between 0 and 1; nothing raises."""
    language = entry()
    for words in (ODD_WORDS, ("one", "two", "beau-ti-ful"), ()):
        read = language.syllabify(list(words))
        assert len(read) == len(words), f"{entry.name}: {len(words)} words gave {len(read)} tuples"
        for word, syllables in zip(words, read, strict=True):
            check_places(entry.name, word, syllables)
        assert 0 <= language.claim(list(words)) <= 1, f"{entry.name}: claim is outside 0..1 for {words}"
    check_verse(language)


def check_places(name: str, word: str, syllables: tuple[Syllable, ...]) -> None:
    """Single words stand alone; others begin once and end once (several spoken words may stand for one written)."""
    open_word = False
    for syllable in syllables:
        starts = syllable.place in ("single", "begin")
        assert starts != open_word, f"{name}: places of {word!r} are {[s.place for s in syllables]}"
        open_word = syllable.place in ("begin", "middle")
    assert not open_word, f"{name}: the last word of {word!r} does not end"


def check_verse(language: Language) -> None:
    """What scansion asks, for odd words too: it answers in the terms of the contract and never raises."""
    for word in ("one", "beau", "naïve"):
        for way in language.pronunciations(word):
            check_places(language.name, word, tuple(way))
            assert all(s.stress in (0, 1, 2, None) for s in way), f"{language.name}: stresses of {word!r}"
        for way in language.elided(word):
            check_places(language.name, word, tuple(way))
        assert isinstance(language.knows(word), bool), f"{language.name}: knows({word!r}) is no truth value"
        found = language.rhymes_with(word, "two")
        assert found in RHYMES, f"{language.name}: rhymes_with gave {found!r}, not one of {RHYMES}"
        assert language.synalepha(word, "one") in (True, False), f"{language.name}: synalepha is no truth value"
    if isinstance(language, Tonal):
        found = language.level("明", "pingshui")
        assert found in ("平", "仄", "both", None), f"{language.name}: level gave {found!r}"
        assert isinstance(language.rhyme_class("明", "pingshui"), tuple), f"{language.name}: rhyme_class is no tuple"
