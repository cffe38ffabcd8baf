"""What Spanish and Portuguese share: vowels that meet between words, and stress by accents and endings."""

from __future__ import annotations

import re

from .cutting import letters_of
from .frame import European

VOWELS = "aáàâãeéêiíïoóôõuúü"
_CLUSTER = re.compile(r"[bcdfgptkv][rl]|ch|ll|lh|nh|rr|[qg]u|sh|ph|th")


class Iberian(European):
    """Romance verse in which vowels that meet between words are one syllable unless a mark parts them."""

    counts_stresses = False

    def synalepha(self, word: str, following: str) -> bool:
        ends, begins = letters_of(word).plain, letters_of(following).plain.removeprefix("h")
        if not re.search(f"[{VOWELS}]$", ends) or not re.match(f"[{VOWELS}]", begins):
            return False
        if re.match("[iu][aeoáéó]", begins):  # a consonant in speech: la hierba, la hue-lla
            return False
        (first,), (second,) = self.syllabify([word]), self.syllabify([following])
        if not first or not second:
            return False
        heavy = bool(first[-1].stress and first[-1].content)
        return not (heavy and second[0].stress)

    def onset(self, cluster: str) -> int:
        return 2 if _CLUSTER.search(cluster[-2:]) and len(cluster) > 1 else min(len(cluster), 1)
