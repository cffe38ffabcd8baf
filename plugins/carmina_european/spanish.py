"""Spanish: vowel groups, stress by the written accent and the last letter (Ortografía de la lengua española, 2010).

Two strong vowels (a, e, o), or a weak one with an accent, are two syllables (po-e-ta, rí-o); a weak vowel beside
another is one (bue-no, cui-da). Vowels that meet between words are one syllable: ``verde que te quiero``.
"""

from __future__ import annotations

import re

from .cutting import Span, groups, mask
from .iberian import VOWELS, Iberian

_SILENT = [
    (re.compile(pattern), "j")
    for pattern in (r"(?<=q)u(?=[eiéí])", r"(?<=g)u(?=[eiéí])", f"(?<![{VOWELS}])y(?=[{VOWELS}])", f"y(?=[{VOWELS}])")
]
_STRONG, _WEAK = "aáeéoóàâ", "iuüïy"
_VOWELS = re.compile(f"[{_WEAK}]?[{_STRONG}][{_WEAK}](?![{_STRONG}])|[{_WEAK}]?[{_STRONG}]|[iuü][uiíúy]|[{_WEAK}íú]")
_ACCENT = re.compile("[áéíóú]")


class Spanish(Iberian):
    """Spanish syllables, stress and rhyme by rule."""

    name = "es"
    summary = "Spanish: syllables by vowel groups, synalepha, stress by accents and endings"

    def nuclei(self, plain: str) -> list[Span]:
        return groups(_VOWELS, mask(plain, _SILENT))

    def stressed(self, texts: list[str]) -> int:
        low = [text.lower() for text in texts]
        marked = [at for at, text in enumerate(low) if _ACCENT.search(text)]
        if marked:
            return marked[0]
        return len(low) - (2 if re.search("[aeiouns]$", low[-1]) else 1)

    def secondary(self, texts: list[str], primary: int, at: int) -> int:
        """An adverb in -mente keeps the stress of its adjective beside its own."""
        if primary == len(texts) - 2 and len(texts) > 3 and "".join(texts[-2:]).lower() == "mente":
            return 2 if at == self.stressed(texts[:-2]) else 0
        return 0

    def synalepha(self, word: str, following: str) -> bool:
        """Also of the conjunction y: ``tierra y cielo``, ``y el ...``."""
        if following.lower() == "y":
            return re.search(f"[{VOWELS}]$", word.lower()) is not None
        if word.lower() == "y":
            return re.match(f"h?[{VOWELS}]", following.lower()) is not None
        return super().synalepha(word, following)

    def rhyme_key(self, tail: str) -> str:
        tail = re.sub(r"^[iuü](?=[aeoáéó])", "", tail)
        tail = re.sub(r"qu(?=[eiéí])|c(?=[aou])", "k", re.sub(r"g(?=[eiéí])", "j", tail))
        tail = re.sub(r"gu(?=[eiéí])", "g", tail).replace("h", "").replace("ll", "y").replace("v", "b")
        return tail.translate(_PLAIN)


_PLAIN = str.maketrans("áéíóúüàâï", "aeiouuaai")
