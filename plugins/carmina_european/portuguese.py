"""Portuguese: vowel groups, stress by accents and endings (Acordo Ortográfico, 1990).

A weak vowel after another is one syllable with it (pai, meu, cou-sa) unless it bears an accent or stands before nh or a
consonant that closes the syllable (ra-i-nha, ru-im, ca-ir); before another it is two (ma-ri-a), but one in an ending
after the accent (his-tó-ria, á-gua). Vowels that meet between words are one syllable.
"""

from __future__ import annotations

import re

from .cutting import Span, groups, mask
from .iberian import VOWELS, Iberian

_CLOSED = r"(?:nh|[lrmnz](?:[^aeiouáéíóúâêôãõh]|$))"
_SILENT = [
    (re.compile(pattern), "j")
    for pattern in (r"(?<=q)u(?=[aeioáéíóãâê])", r"(?<=g)u(?=[eiéíaoáóã])", f"^[iy](?=[{VOWELS}])")
]
_VOWELS = re.compile(
    r"ãe|ão|õe"
    f"|[aáàâeéêoóô][iu](?!{_CLOSED}|u)|ui(?!{_CLOSED})(?![aeo])|iu(?!{_CLOSED})|[óáéôâê]i|éu"
    f"|[{VOWELS}y]"
)
_ENDING = re.compile(r"[iu][aeo]s?$")
_ACCENT = re.compile("[áéíóúâêô]")


class Portuguese(Iberian):
    """Portuguese syllables, stress and rhyme by rule."""

    name = "pt"
    summary = "Portuguese: syllables by vowel groups, synalepha, stress by accents and endings"

    def nuclei(self, plain: str) -> list[Span]:
        found = groups(_VOWELS, mask(plain, _SILENT))
        ending = _ENDING.search(plain)
        if ending and len(found) > 2 and _ACCENT.search(plain[: ending.start()]):
            at = ending.start()
            before = [span for span in found if span[1] <= at]
            return [*before, (at, at + 2)]
        return found

    def stressed(self, texts: list[str]) -> int:
        low = [text.lower() for text in texts]
        for pattern in (_ACCENT, re.compile("[ãõ]")):
            marked = [at for at, text in enumerate(low) if pattern.search(text)]
            if marked:
                return marked[-1]
        weak = re.search(r"(?<![aeou])(?:[aeo]s?|[ae]m|ens)$", low[-1]) is not None
        return len(low) - (2 if weak else 1)

    def onset(self, cluster: str) -> int:
        return 1 if cluster[-2:] == "rr" else super().onset(cluster)  # ter-ra

    def rhyme_key(self, tail: str) -> str:
        tail = re.sub(r"^[iu](?=[aeoáéóâêô])", "", tail)
        tail = tail.replace("ç", "s").replace("ss", "s").replace("nh", "ñ").replace("h", "")
        return re.sub(r"c(?=[ei])", "s", tail.translate(_PLAIN))


_PLAIN = str.maketrans("áàâéêíóôú", "aaaeeioou")
