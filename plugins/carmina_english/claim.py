"""How surely words are English: function words speak loudest, the lexicon softly, other tongues' small words
against."""

from __future__ import annotations

from collections.abc import Sequence

from .grammar import FUNCTION_WORDS
from .lexicon import Lexicon
from .pronounce import fold

SHARED = frozenset(
    "a i am an as at be die do for he her him in is it just me no o of on or so us was will war all man "
    "not one per save sans via past art down need dare".split()
)  # also words of other languages
OTHERS = frozenset(
    """
der die das den dem des ein eine einen einem und ist nicht ich du er sie wir ihr mein dein sein mir dir mich dich sich auf aus
bei mit nach von zu zum zur im am wie wenn daß dass o so nur noch auch wo als aber es hat hab bin bist sind was
le les un une des du de et est je tu il elle nous vous ils que qui ne pas mon ma mes ton ta tes son sa ses dans sur pour
par avec au aux ce cette se sans ou où mais si y en plus
il lo gli i uno una di da con che chi non mi ti si ci vi mio mia tuo tua suo sua e è ed ma per del della nel al ai amor
et in est non cum te tu nos qui quae quod ad ex de sunt sum pro domine deus dei tibi mihi nobis eius per sed ut a ab
el los las y en mi su por para como yo lo jag och det som den att en du har min din
""".split()  # noqa: E501
)
OTHER_WEIGHT, WORD_WEIGHT, LONG = 1.0, 0.55, 4


def claim(words: Sequence[str], lexicon: Lexicon) -> float:
    """0..1: the mean vote of the words that have a Latin letter; 0 when there is none.

    A word votes 1 for an English function word, 0.55 for a lexicon word of four letters or more, -1 for a small word
    of another language, 0 otherwise.
    """
    keys = [key for key in ("".join(key for _, key in fold(word)) for word in words) if key.strip("'")]
    total = sum(_vote(key, word, lexicon) for key, word in zip(keys, words, strict=False))
    return max(0.0, min(1.0, total / len(keys))) if keys else 0.0


def _vote(key: str, word: str, lexicon: Lexicon) -> float:
    if key in FUNCTION_WORDS and key not in SHARED and key not in OTHERS:
        return 1.0
    if key in OTHERS:
        return 0.0 if key in FUNCTION_WORDS else -OTHER_WEIGHT
    if key in SHARED:
        return WORD_WEIGHT
    return WORD_WEIGHT if len(key) >= LONG and word.isascii() and key in lexicon else 0.0
