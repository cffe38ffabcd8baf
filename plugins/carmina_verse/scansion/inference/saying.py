"""The ways to say the words of a line: readings of words, verse's elisions, vowels that run together."""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Any

from ..english import FIGURE, WORD, run_together, said_as

MOST_READINGS = 96
RARE_READING = 0.45
LEANING = frozenset("upon into unto within without".split())  # whose stress hardly sounds
ELISION, HARD_ELISION = 0.5, 1.1  # of vowels that meet; of those of which the second is stressed (the air)
ELIDED, MOST_MEETINGS = 0.6, 4  # of a word that verse alone makes shorter
ARTICLE, REDUCED = "the", frozenset("a an and are art am as at if in is it its it's of on or us".split())
MELTING = ("IY0", "OW0", "AH0", "UW0", "IY1", "UW1")  # many a, shadow of, the air, to obey; he is
UNSURE = 0.9  # a syllable more or less in a word that the lexicon lacks
_LEVEL = re.compile(r"(?:un|over|under|out|up|down|fore|mid|where|there|here)[a-z]{3,}")  # of two stresses either leads
_DENIED = re.compile(r"un[a-z]{3,}")  # an UNseen hawk
_PREFIXED = re.compile("be|de|pre|re")  # that never leads, though some dictionaries mark it
_PIECE = re.compile(rf"{WORD.pattern}|{FIGURE.pattern}|[^\w\s]")
_PAUSE = frozenset(',;:.!?—–()"“”…')


def words_and_pauses(language: Any, text: str) -> tuple[list[str], set[int]]:
    """(the words of a line, which of them begin a phrase)."""
    words: list[str] = []
    opens = {0}
    for piece in _PIECE.findall(unicodedata.normalize("NFC", text).replace("-", " ").replace("—", " — ")):
        if piece in _PAUSE:
            opens.add(len(words))
        elif any(map(str.isalpha, piece)) or FIGURE.fullmatch(piece):
            words += said_as(language, piece)
    return words, opens


def sayings(
    language: Any, words: Sequence[str], opens: set[int], full: Sequence[bool]
) -> Iterator[tuple[float, tuple[str, ...]]]:
    """Ways to say a line (of each word the digits of its stresses), each with what it costs to choose it; nothing
    where a word has no reading. ``opens``: the words that begin a phrase; ``full``: content words."""
    ways = [_ways(language, word, last=at == len(words) - 1) for at, word in enumerate(words)]
    if not all(ways):
        return
    meetings = [at for at in range(len(words) - 1) if at + 1 not in opens and _meet(language, *words[at : at + 2])]
    yield from _run_on(_choices(ways), meetings[:MOST_MEETINGS], words, full)


def _meet(language: Any, word: str, following: str) -> bool:
    """Whether the vowel that ends a word and the one that begins the next may be one syllable: *many a*, *the air*,
    *to obey*; where the language itself says so, they are."""
    if language.synalepha(word, following):
        return True
    if not hasattr(language, "phonemes"):
        return False
    ends, begins = language.phonemes(word)[-1:], language.phonemes(following)[:1]
    return bool(ends and begins) and ends[0] in MELTING and begins[0][-1:].isdigit() and ends[0][-1:].isdigit()


def _run_on(
    choices: Iterator[tuple[float, tuple[str, ...]]],
    meetings: Sequence[int],
    words: Sequence[str],
    full: Sequence[bool],
) -> Iterator[tuple[float, tuple[str, ...]]]:
    """Each choice of readings as it is, and with one or two meetings of vowels run together: of weak syllables only
    (*many a*, not *new eyes* nor *to any*), but for *the*, which leans on any word of one syllable (*the air*)."""
    for rarity, choice in choices:
        yield rarity, choice
        ends = [len(way) == 1 and not own or len(way) > 1 and way[-1] == "0" for way, own in zip(choice, full)]
        begins = [word in REDUCED or len(way) > 1 and way[0] == "0" for word, way in zip(words, choice, strict=True)]
        own = [
            at for at in meetings if ends[at] and begins[at + 1] or words[at] == ARTICLE and len(choice[at + 1]) == 1
        ]
        for many in (1, 2) if rarity < 2 * RARE_READING else ():
            for places in itertools.combinations(own, many):
                yield (
                    rarity + sum(ELISION if begins[at + 1] else HARD_ELISION for at in places),
                    run_together(choice, places),
                )


def _ways(language: Any, word: str, last: bool) -> list[tuple[str, float]]:
    """Ways to stress a word, each with what it costs to choose it; of the ``last`` of a line no stress is drawn back,
    since none follows that it would give way to."""
    phones = language.phonemes(word) if hasattr(language, "phonemes") else ()
    best = "".join(phone[-1] for phone in phones if phone[-1].isdigit())
    others = ["".join(str(syllable.stress or 0) for syllable in way) for way in language.pronunciations(word)]
    found = list(dict.fromkeys(led for way in (best, *others) if way for led in _led(word, way, last)))[:4]
    if hasattr(language, "guesses") and language.guesses(word):  # a name: its guessed stress is no evidence
        found = list(dict.fromkeys(other for way in found for other in (way, *_shifted(way))))
        return [
            (way, (RARE_READING if len(way) == len(found[0]) else UNSURE) * min(at, 1)) for at, way in enumerate(found)
        ]
    short = ["".join(str(syllable.stress or 0) for syllable in way) for way in language.elided(word)]
    return [
        *((way, RARE_READING * min(rank, 1)) for rank, way in enumerate(found)),
        *((way, ELIDED) for way in dict.fromkeys(short) if way not in found),
    ]


def _led(word: str, way: str, last: bool) -> list[str]:
    """Where a word has two stresses as strong as each other (*thereby*, *unborn*, *overcome*), each in the lead; of
    *farewell* and *unseen* the first leads before a stress (Hayes 1984, the rhythm rule)."""
    if word in LEANING:
        return [way.replace("1", "2")]
    if way.count("1") > 1:
        return [way[:at].replace("1", "2") + "1" + way[at + 1 :].replace("1", "2") for at in _places(way)]
    if (
        not last
        and way == "21"
        and not _PREFIXED.match(word)
        or way.count("1") == way.count("2") == 1
        and len(way) < 4
        and _LEVEL.fullmatch(word)
    ):
        return [way, way.translate(_EXCHANGED)]
    return [way, "12"] if not last and way == "01" and _DENIED.fullmatch(word) else [way]


def _places(way: str) -> list[int]:
    return [at for at, digit in enumerate(way) if digit == "1"]


def _shifted(way: str) -> Iterator[str]:
    """A guessed word's stress on each of its first three syllables; a syllable more or less."""
    if len(way) > 1:
        for at in range(min(len(way), 3)):
            yield "0" * at + "1" + "0" * (len(way) - at - 1)
        yield way[:-1] if way[-1] == "0" else way[1:]
    yield way + "0"


_EXCHANGED = str.maketrans("12", "21")


def _choices(ways: Sequence[Sequence[tuple[str, float]]]) -> Iterator[tuple[float, tuple[str, ...]]]:
    """Readings of a line, those of fewest rare words first."""
    several = [at for at, own in enumerate(ways) if len(own) > 1]
    plain = [own[0][0] for own in ways]
    made = 0
    for rare in range(min(len(several), 3) + 1):
        for places in itertools.combinations(several, rare):
            for picks in itertools.product(*(range(1, len(ways[at])) for at in places)):
                made += 1
                if made > MOST_READINGS:
                    return
                choice = list(plain)
                for at, pick in zip(places, picks, strict=True):
                    choice[at] = ways[at][pick][0]
                yield sum(ways[at][pick][1] for at, pick in zip(places, picks, strict=True)), tuple(choice)
