"""Which written words are words: SCOWL, the lexicon of pronunciations, verse, speech, and rules for how poets write."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable
from functools import cached_property, lru_cache
from importlib.resources import files
from typing import Any

from ..models.counts import Counts

SURE, LIKELY, UNKNOWN = 2, 1, 0
SURE_USES = 400  # in verse and speech, of a word that no list has
LIKELY_USES = 12
SHORTEST_PART = 3
SUNG = re.compile(  # o, oh, ah, la, hey, mm, na, doo, sha, hmm, shh, ooh, woah
    r"(?:[ao]+h*|(?:la)+h?|(?:na)+h?|(?:d[ao]+)+|(?:do+)+|(?:sha)+|h+m+|m+h*m*|sh+|[ouae]+h+|wo+a*h*|whoa+h*|hey+|hi+"
    r"|(?:ha)+h?|(?:ho)+|(?:he)+|(?:dee)+|(?:doo)+|(?:bum)+|(?:tra)+|ye+a+h*|uh+|um+|er+m*|b+r+|z+|(?:fa)+|(?:ta)+|ba+|"
    r"(?:tum)+|(?:tooral|looral|lay|fol|rol|derry|lully|lullay|lulla)+)"
)
_ELISIONS = (  # as poets write it -> in full
    (r"'d$", "ed"),
    (r"'d$", "d"),
    (r"'st$", "est"),
    (r"'st$", ""),
    (r"'t$", "t"),
    (r"in'$", "ing"),
    (r"in$", "ing"),
    (r"'n$", "en"),
    (r"'ns$", "ens"),
    (r"'r$", "er"),
    (r"'rs$", "ers"),
    (r"o'er", "over"),
    (r"e'er", "ever"),
    (r"e'en", "even"),
    (r"'", "e"),
    (r"'", "i"),
    (r"'", "o"),
    (r"'", "a"),
    (r"'", "v"),
    (r"'", "u"),
    (r"'$", "e"),
    (r"'$", "d"),
    (r"'$", "g"),
    (r"'$", "th"),
    (r"'$", "ve"),
    (r"'$", "ll"),
    (r"'$", ""),
    (r"^'", "a"),
    (r"^'", "be"),
    (r"^'", "h"),
    (r"^'", ""),
    (r"^'", "es"),
    (r"^'", "th"),
    (r"^'", "un"),
    (r"^'", "i"),
    (r"'", ""),
)
_TAILS = (
    "'s",
    "s'",
    "'ll",
    "'d",
    "'ve",
    "'re",
    "n't",
    "'m",
    "'em",
    "'rt",
    "'lt",
    "'t",
    "'dst",
    "'st",
)
_ENDINGS = {  # ending -> what may stand there instead
    "eth": ("", "e"),
    "est": ("", "e", "y"),
    "st": ("", "e"),
    "edst": ("", "e"),
    "ing": ("", "e"),
    "ings": ("", "e"),
    "ed": ("", "e"),
    "er": ("", "e"),
    "ers": ("", "e"),
    "es": ("", "e"),
    "s": ("",),
    "ly": ("", "le"),
    "less": ("",),
    "ness": ("",),
    "ful": ("",),
    "like": ("",),
    "ward": ("",),
    "wards": ("",),
    "wise": ("",),
    "some": ("",),
    "ish": ("", "e"),
    "y": ("", "e"),
    "let": ("",),
    "lets": ("",),
    "ship": ("",),
    "hood": ("",),
    "dom": ("",),
    "en": ("", "e"),
    "ier": ("y",),
    "iest": ("y",),
    "ies": ("y",),
    "ied": ("y",),
    "ily": ("y",),
    "iness": ("y",),
    "able": ("", "e"),
    "th": ("",),
    "t": ("",),
    "man": ("",),
    "men": ("",),
    "ling": ("",),
    "lings": ("",),
}
_BEGINNINGS = (
    "un",
    "re",
    "a",
    "be",
    "en",
    "out",
    "over",
    "fore",
    "mid",
    "under",
    "up",
    "down",
    "in",
    "for",
    "ever",
    "all",
    "sea",
    "moon",
    "sun",
    "star",
    "half",
    "self",
    "twi",
    "mis",
    "dis",
    "super",
    "inter",
    "non",
    "anti",
    "co",
    "off",
)
_NO_PARTS = frozenset(
    "the and for but nor yet its his her our was are had has not you who why how she him any may can did does "
    "this that with from have will been were they them than then what when your some such more most very just "
    "only also".split()
)


class Lexicon:
    """The words of English."""

    def __init__(self, counts: Counts, language: Any, own: Iterable[str] = ()):
        """``language``: knows how words are said; ``own``: words of the user's, in lower case."""
        self.counts, self.language, self.own = counts, language, frozenset(own)
        self.tier = lru_cache(maxsize=65536)(self._tier)

    @cached_property
    def listed(self) -> frozenset[str]:
        """SCOWL's words in lower case."""
        raw = zlib.decompress(files("carmina_proof").joinpath("data", "en-words.z").read_bytes()).decode()
        return frozenset(raw.lower().split("\n")) | {"a", "i", "o"}

    @cached_property
    def lower(self) -> frozenset[str]:
        """SCOWL's words that are no names."""
        raw = zlib.decompress(files("carmina_proof").joinpath("data", "en-words.z").read_bytes()).decode()
        return frozenset(word for word in raw.split("\n") if word.islower()) | {"a", "i", "o"}

    @cached_property
    def _runs(self) -> frozenset[str]:
        return frozenset(run for word in self.lower for run in _threes(word))

    def impossible(self, word: str) -> bool:
        """Whether letters stand beside one another as in no word of English: nighht, currantgs."""
        return (
            word.isalpha() and word.isascii() and len(word) > SHORTEST_PART and not self._runs.issuperset(_threes(word))
        )

    def _tier(self, word: str) -> int:
        """SURE, LIKELY or UNKNOWN of a word in lower case."""
        if word in self.own or len(word) == 1 and word != "'":
            return SURE
        if word in self.lower or self.counts.count(word) >= SURE_USES or SUNG.fullmatch(word):
            return SURE
        if self._apostrophe(word):
            return SURE
        if (single := re.sub(r"([aeiouhmyrz])\1{2,}", r"\1", word)) != word:  # soooo long
            return SURE if self.tier(single) or self.tier(re.sub(r"([aeiouhmyrz])\1{2,}", r"\1\1", word)) else UNKNOWN
        if word in self.listed or self.counts.count(word) >= LIKELY_USES or self.language.knows(word):
            return LIKELY
        if re.search(r"(.)\1\1", word):
            return UNKNOWN
        return LIKELY if self._built(word) or self._old(word) else UNKNOWN

    def _apostrophe(self, word: str) -> bool:
        if "'" not in word:
            return False
        first, _, rest = word.partition("'")
        if 1 <= len(first) <= 2 and len(rest) > 1 and self._plain(rest):  # y'see, d'ye, th'other
            return True
        for tail in _TAILS:
            if word.endswith(tail) and len(word) > len(tail) and self._plain(word[: -len(tail)]):
                return tail not in ("n't",) or word in _NOT or self.counts.count(word) >= LIKELY_USES
        return any(
            (full := re.sub(short, long, word, count=1)) != word
            and self._plain(full.replace("'", "e", 1))
            or full != word
            and self._plain(full)
            for short, long in _ELISIONS
        )

    def _plain(self, word: str) -> bool:
        return (
            "'" not in word
            and len(word) > 1
            and (word in self.listed or self.counts.count(word) >= LIKELY_USES or self._built(word))
        )

    def _base(self, word: str) -> bool:
        return len(word) >= SHORTEST_PART and (word in self.lower or self.counts.count(word) >= SURE_USES)

    def _built(self, word: str) -> bool:
        """Endings, beginnings and two words in one, as poets make them."""
        for ending, others in _ENDINGS.items():
            if word.endswith(ending):
                stem = word[: -len(ending)]
                if any(self._base(stem + other) for other in others):
                    return True
                if ending[0] in "aeiouy" and stem[-1:] == stem[-2:-1] and self._base(stem[:-1]) and len(stem) > 3:
                    return True
        for beginning in _BEGINNINGS:
            rest = word[len(beginning) :]
            if word.startswith(beginning) and len(rest) > 3 and self._base(rest):
                return True
        return any(
            self._part(word[:at]) and self._part(word[at:])
            for at in range(SHORTEST_PART, len(word) - SHORTEST_PART + 1)
        )

    def _part(self, word: str) -> bool:
        least = 150 if len(word) > SHORTEST_PART else 4000  # sea, sun, but not ope
        return word not in _NO_PARTS and word in self.lower and self.counts.count(word) >= least

    def _old(self, word: str) -> bool:
        """Spellings of before 1700: owne, againe, haue, vpon, beautie, publick."""
        for old, new in (
            (r"e$", ""),
            (r"u(?=[aeiou])", "v"),
            (r"^v(?=[^aeiou])", "u"),
            (r"ie$", "y"),
            (r"ll$", "l"),
            (r"ck$", "c"),
            (r"our$", "or"),
            (r"aun", "an"),
            (r"y", "i"),
        ):
            if (now := re.sub(old, new, word)) != word and self._base(now) and len(now) > 2:
                return True
        return False


def _threes(word: str) -> list[str]:
    """Each three signs in a row, its edges among them."""
    edged = f"^{word}$"
    return [edged[at : at + 3] for at in range(len(edged) - 2)]


_NOT = frozenset(
    "ain't aren't can't couldn't daren't didn't doesn't don't hadn't hasn't haven't isn't mayn't mightn't "
    "mustn't needn't oughtn't shan't shouldn't wasn't weren't won't wouldn't 'tisn't 'twouldn't 'twasn't".split()
)
