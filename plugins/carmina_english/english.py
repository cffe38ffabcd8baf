"""The language entry: written English words -> sung syllables."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from carmina import Language, Option, Place, Syllable

from . import grammar, rhyme
from .accents import ACCENTS
from .claim import claim
from .hyphenate import cuts
from .lexicon import Phones, vowels
from .own import heteronyms
from .parts import Part, Spelt, author_cut, read
from .pronounce import Pronouncer
from .spoken import spell
from .variants import elided, marked_ed

MOST_ENDINGS = 12  # ways to say an end of several words that are compared


def _leaning(word: str, phones: Phones) -> Phones:
    """A small word's phones without stress, and without its h: it leans on its neighbour (*hit her*, *glitter*)."""
    if not grammar.is_function(word) or len(vowels(phones)) != 1:
        return phones
    weak = tuple(phone[:-1] + "0" if phone[-1] == "1" else phone for phone in phones)
    return weak[1:] if weak[0] == "HH" else weak


@dataclass(frozen=True, slots=True)
class _Reading:
    """One word to be sung: its letters, the author's cuts, its pronunciations, best first; function word or not."""

    spelt: Spelt
    found: tuple[Phones, ...]
    forced: tuple[int, ...] = ()
    content: bool = True


class English(Language):
    """Syllables, stress and rhyme from the CMU lexicon; a trained guess where it has no entry."""

    name = "en"
    summary = "English: CMU lexicon, elisions, archaic words, figures; a measured guess for unknown words"
    licence = "Apache-2.0 AND BSD-2-Clause"
    script = "Latin"
    options = (
        Option(
            "lexicon",
            "Own pronunciations: lines of a word and its ARPAbet phones (gif JH IH1 F), or of a word = another that "
            "sounds alike; CARMINA_LEXICON does so for every run.",
        ),
        Option(
            "accent",
            "How English is spoken, for rhymes and syllables; CARMINA_ACCENT does so for every run.",
            choices=ACCENTS,
        ),
    )

    def __init__(self, pronouncer: Pronouncer | None = None):
        self._pronouncer = pronouncer or Pronouncer()
        self._readings = lru_cache(maxsize=8192)(self._read)
        self._sung = lru_cache(maxsize=8192)(self._sing)

    def claim(self, words: Sequence[str]) -> float:
        """How surely these words are English, 0..1; see :mod:`carmina_english.claim`."""
        return claim(words, self._pronouncer.lexicon)

    @property
    def accent(self) -> str:
        """One of ``accents.ACCENTS``."""
        return self._pronouncer.accent

    def syllabify(self, words: Sequence[str]) -> list[tuple[Syllable, ...]]:
        """The syllables of each word of one line.

        Letters are kept as written, capitals and apostrophes too; author's hyphens part syllables and vanish. What is
        read out in other words (figures, ``&``, ``Mr``, the letter W) gives the syllables of those words. A sign
        without a reading gives an empty tuple.
        """
        lines = [self._readings(word) for word in words]
        flat = [reading for line in lines for reading in line]
        keys = [reading.spelt.key for reading in flat]
        chosen = iter([self._choose(flat, keys, place) for place in range(len(flat))])
        return [tuple(syllable for reading in line for syllable in self._sung(reading, next(chosen))) for line in lines]

    def pronunciations(self, word: str) -> tuple[tuple[Syllable, ...], ...]:
        """Every way to sing one word, best first; for a compound (``well-known``) the one way."""
        readings = self._readings(word)
        if len(readings) != 1:
            return self._joined(readings)
        return tuple(dict.fromkeys(self._sung(readings[0], phones) for phones in readings[0].found))

    def elided(self, word: str) -> tuple[tuple[Syllable, ...], ...]:
        """The shorter ways to say one word that verse alone takes: *being*, *ruin*, *fallen* in one syllable."""
        readings = self._readings(word)
        if len(readings) != 1:
            return ()
        found = [short for phones in readings[0].found[:2] if (short := elided(phones))]
        return tuple(self._sung(readings[0], phones) for phones in dict.fromkeys(found))

    def phonemes(self, word: str) -> tuple[str, ...]:
        """The best pronunciation in ARPAbet, vowels with a stress digit; empty for what cannot be sung."""
        return tuple(phone for reading in self._readings(word) for phone in reading.found[0])

    def spoken(self, word: str) -> list[str]:
        """The words in which a figure, a sign or an abbreviation is read aloud; a plain word is itself."""
        names = spell(word)
        return [word] if names is None else names

    def sounds(self, word: str) -> tuple[tuple[Phones, str], ...]:
        """The several sounds of a word of one spelling (read, lead, wind) with what it then means; else nothing."""
        return heteronyms().get(word.lower(), ())

    def resaid(self, words: Sequence[str]) -> dict[str, Phones]:
        """Of some words those that settings (an accent, the person's own lexicon) may make sound otherwise than in the
        lexicon, each with its best pronunciation."""
        if self.accent != ACCENTS[0]:
            return {word: self.phonemes(word) for word in words}
        return {word: self.phonemes(word) for word in words if word in self._pronouncer.own}

    def knows(self, word: str) -> bool:
        """Whether a lexicon, ours or the person's own, has the word (lower case, straight apostrophes)."""
        return bool(self._pronouncer.known(word))

    def guesses(self, word: str) -> bool:
        """Whether the sound of a word (lower case, straight apostrophes) is a guess: no lexicon has it or its parts."""
        return not self._pronouncer.derived(word)

    def rhymes_with(self, one: str, other: str) -> rhyme.Rhyme | None:
        """How two words, or ends of several words, rhyme: ``perfect``, ``identical`` (the consonants before are the
        same too), ``slant``, or not."""
        first, second = self._endings(one), self._endings(other)
        return rhyme.relation(first, second) if first and second else None

    def _endings(self, text: str) -> tuple[Phones, ...]:
        """The ways to say the end of a word, or of words parted by spaces (``know it`` rhymes with ``poet``)."""
        words = text.split()
        if len(words) < 2:
            readings = self._readings(text)
            return readings[-1].found if readings else ()
        said = [(word, self._readings(word)) for word in words]
        if not all(readings for _, readings in said):
            return ()
        ways = itertools.product(*([_leaning(word, way) for way in own[-1].found] for word, own in said))
        return tuple(dict.fromkeys(tuple(itertools.chain(*way)) for way in itertools.islice(ways, MOST_ENDINGS)))

    def _joined(self, readings: tuple[_Reading, ...]) -> tuple[tuple[Syllable, ...], ...]:
        whole = tuple(syllable for reading in readings for syllable in self._sung(reading, reading.found[0]))
        return (whole,) if whole else ()

    def _choose(self, flat: Sequence[_Reading], keys: Sequence[str], place: int) -> Phones:
        found = flat[place].found
        after = flat[place + 1].found[0] if place + 1 < len(flat) else ()
        return found[0] if len(found) == 1 else grammar.choose(keys, place, found, after)

    def _read(self, word: str) -> tuple[_Reading, ...]:
        spoken = spell(word)
        if spoken is not None:
            return tuple(reading for name in spoken for reading in self._read(name))
        return tuple(self._reading(part) for part in read(word, self._pronouncer) if part.spelt.pairs)

    def _reading(self, part: Part) -> _Reading:
        key = part.spelt.key
        found = self._pronouncer.of(key) if key.strip("'") else (("AH1",),)
        if not part.spelt.text.isupper():  # MIT has three syllables, mit one
            found = self._pronouncer.spoken(key, found)
        if re.search(r"[èé]d$", part.spelt.text.lower()):  # a poet's blessèd
            found = tuple(sorted(marked_ed(found), key=lambda phones: -len(vowels(phones))))
        if part.forced:
            found = author_cut(part, found, self._pronouncer)
        if part.named:  # the letter A, not the article
            found = found[-1:]
        return _Reading(part.spelt, found, part.forced, part.named or not grammar.is_function(key))

    def _sing(self, reading: _Reading, phones: Phones) -> tuple[Syllable, ...]:
        spelt, stresses = reading.spelt, [int(vowel[-1]) for vowel in vowels(phones)]
        places = self._places(reading, phones, len(stresses))
        texts = spelt.cut(places)
        stresses = (stresses + [0] * len(texts))[: len(texts)]
        stresses = _settled(stresses, reading.content)
        return _syllables(texts, stresses, reading.content, rhyme.rhyme_class(phones))

    def _places(self, reading: _Reading, phones: Phones, count: int) -> list[int]:
        forced, key = list(reading.forced), reading.spelt.key
        if count == len(forced) + 1 or count == 0:
            return forced
        found = cuts(key, phones, self._pronouncer.syllables, forced) if key else None
        return found if found is not None and set(forced) <= set(found) else forced


def _settled(stresses: list[int], content: bool) -> list[int]:
    """A monosyllable is stressed by what it is; a longer word has a primary stress."""
    if len(stresses) == 1:
        return [int(content)]
    if 1 not in stresses:
        stresses[stresses.index(max(stresses))] = 1
    return stresses


def _syllables(texts: Sequence[str], stresses: Sequence[int], content: bool, rhymed: str) -> tuple[Syllable, ...]:
    last = len(texts) - 1
    middle: list[Place] = ["middle"] * (last - 1)
    places: list[Place] = ["begin", *middle, "end"] if last else ["single"]
    return tuple(
        Syllable(text, place, stress, content=content, rhyme=rhymed if at == last else None, language="en")
        for at, (text, place, stress) in enumerate(zip(texts, places, stresses, strict=True))
    )
