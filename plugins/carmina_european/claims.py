"""Which language a text is in: three-letter strings and function words, weighed against each other and against English.

``data/profiles.tsv`` holds how common the commonest three-letter strings are in the words of German, French, Italian,
Latin and English songs (old texts in OpenScore Lieder, Open Hymnal, Mutopia and bbloomf's songs and carols; made by
``profiles.py``), ``data/rivals.toml`` function words of English and of neighbours that nobody here reads. A claim is
the probability of the language among all these, lowered when hardly any of the text is known to it.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from math import exp

from .tables import tables

OURS = ("de", "fr", "it", "la", "es", "pt")
LANGUAGES = ("de", "fr", "it", "la", "en")  # those with a table of strings
FLOOR = -10.0  # logarithm of the share of a string that is not in the table
TRIGRAM_WEIGHT = 0.5  # strings of one word depend on each other
FUNCTION_WEIGHT = 2.5  # a function word counts as much as this many nats
KNOWN = (0.3, 0.5)  # share of known strings: below the first the claim is 0, above the second it stands
SEEN_WORDS = 400  # the first words are enough


def share(code: str, words: Sequence[str]) -> float:
    """How surely these words are of a language, 0..1; 0 without words in Latin letters."""
    plain = plain_words(words[:SEEN_WORDS])
    if not plain:
        return 0.0
    scores = _scores(tuple(plain))
    best = max(scores.values())
    whole = sum(exp(max(score - best, -60.0)) for score in scores.values())
    latin = min(1.0, len(plain) / max(sum(any(c.isalpha() for c in word) for word in words[:SEEN_WORDS]), 1))
    return round(exp(max(scores[code] - best, -60.0)) / whole * _known(code, plain) * latin, 4)


def plain_words(words: Iterable[str]) -> list[str]:
    """Words in Latin letters: lower case, apostrophes and hyphens as word ends."""
    parts = (part for word in words for part in re.split(r"['’\-]", word.lower()))
    return [part for part in parts if part and part.isalpha() and all(c < "\u0250" for c in part)]


def trigrams(word: str) -> list[str]:
    """``amor`` -> _am amo mor or_"""
    padded = f"_{word}_"
    return [padded[i : i + 3] for i in range(len(padded) - 2)]


@cache
def function_words() -> dict[str, frozenset[str]]:
    """Function words by language, ours and the rivals'."""
    rivals = tomllib.loads(files(__package__).joinpath("data/rivals.toml").read_text("utf-8"))
    return {code: tables(code).function for code in OURS} | {
        code: frozenset(text.split()) for code, text in rivals.items()
    }


@cache
def _profiles() -> dict[str, dict[str, float]]:
    profiles: dict[str, dict[str, float]] = {code: {} for code in LANGUAGES}
    for line in files(__package__).joinpath("data/profiles.tsv").read_text("utf-8").splitlines():
        code, trigram, value = line.split("\t")
        profiles[code][trigram] = int(value) / 10
    return profiles


@lru_cache(maxsize=16)  # each of our languages asks about the same words
def _scores(words: tuple[str, ...]) -> dict[str, float]:
    """Log-likelihood by language, up to a constant. A rival without a profile gets the strings' score of the best of
    ours."""
    strings = {code: _strings(profile, words) for code, profile in _profiles().items()}
    best = max(strings[code] for code in LANGUAGES)
    functions = {
        code: FUNCTION_WEIGHT * sum(word in known for word in words) for code, known in function_words().items()
    }
    return {code: functions[code] + strings.get(code, best) for code in (*LANGUAGES, *functions)}


def _strings(profile: dict[str, float], words: Iterable[str]) -> float:
    return TRIGRAM_WEIGHT * sum(profile.get(found, FLOOR) for word in words for found in trigrams(word))


def _known(code: str, words: list[str]) -> float:
    if code not in _profiles():  # its function words alone speak for it
        return min(1.0, 2.5 * sum(word in function_words()[code] for word in words) / len(words))
    found = [trigram in _profiles()[code] for word in words for trigram in trigrams(word)]
    low, high = KNOWN
    return min(1.0, max(0.0, (sum(found) / len(found) - low) / (high - low)))
