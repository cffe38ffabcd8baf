"""Latin in the pronunciation of the church: ae, oe and au are one vowel; i between vowels is a consonant.

Stress: a written accent wins; else the last syllable but one when it is heavy (diphthong, closed, or an ending known
to be long), else the one before it.
"""

from __future__ import annotations

import re

from .cutting import Span, groups, mask, romance_onset
from .frame import European

_V = "aáàāăeéèēĕëiíìīĭïoóòōŏuúùūŭyýæœǽ"
_SILENT = [
    (re.compile(pattern), "j")
    for pattern in (
        r"(?<=q)u",
        f"(?<=ng)u(?=[{_V}])",
        r"(?<=^s)u(?=[aá][vd]|[eé]sc)",
        "^i(?=[aáeéoóuú])",
        f"(?<=[aeouáéóú])i(?=[{_V}])",
        r"(?<=^h)u(?=ic$)",
        r"(?<=^c)u(?=i$)",
    )
]
_VOWELS = re.compile(
    r"a[eé]|á[e]|o[eé](?!$)|ó[e]|a[uú](?!m$|s$)|á[u]|æ|œ|(?<=^h)eu|(?<=^[sn])eu|(?<=^)eu(?=[gr])|" f"[{_V}]"
)
_LONG = re.compile(
    r"(?:[aá]t(?:[aeiou]|is|um|us|am|os|as|ae|orum|arum|ibus|e)|[aá]r[ei]|[aá]mus|[aá]tis|[aá]b[aiu][a-z]*|[aáeé]vi[t]?|av[ei]r?[a-z]{0,3}"
    r"|[oóaá]rum|[oó]r(?:[ei]s?|em|um)|[oó]n(?:[ei]s?|em|um)|[aá]l(?:[ei]s?|em|ia)|[aá]n(?:us|[aeio]|um|am|os|as|ae|is)"
    r"|[uú]r(?:us|[aeio]|um|am|os|as|ae|is)|[oó]s(?:us|[aeio]|um|am|os|as|ae|is)|[iíuú]t(?:us|[aeo]|um|am|os|as|ae)"
    r"|(?:g|v|r|t)[ií]n(?:us|a|um|am|os|as|ae)|ed[ie]t?|[ií]v(?:us|[aeio]|um|am|os|as|ae|is|it)|[eé]mus|[eé]tis|[eé]b[aiu][a-z]*"
    r"|[eé]n(?:us|[ao]|um|am|os|as|ae|is)|[aá]ti|[ií]r[ei]|[ií]te|[eé]te|[aá]te|[uú]d(?:o|[ei]t?|es)|[ií]c(?:us|um|i|os|a)(?<=am.{3}))$"
)


class Latin(European):
    """Latin syllables, stress and rhyme by rule."""

    name = "la"
    counts_stresses = False
    summary = "Latin of the church: syllables by vowel groups, stress by the weight of the last syllable but one"

    def nuclei(self, plain: str) -> list[Span]:
        return groups(_VOWELS, mask(plain, _SILENT))

    def onset(self, cluster: str) -> int:
        return romance_onset(cluster, s_opens=True)

    def stressed(self, texts: list[str]) -> int:
        low = [text.lower() for text in texts]
        for i, text in enumerate(low):
            if re.search("[áéíóúýǽ]", text):
                return i
        return len(low) - (2 if len(low) == 2 or self._heavy(low) else 3)

    def rhyme_key(self, tail: str) -> str:
        tail = tail.translate(_PLAIN)
        return re.sub(r"ae|oe|æ|œ", "e", tail).replace("y", "i").replace("ph", "f").replace("th", "t").replace("h", "")

    def _heavy(self, low: list[str]) -> bool:
        penult, last = low[-2], low[-1]
        if re.search(r"(?:ae|oe|au|æ|œ)$", penult) or not re.search(f"[{_V}]$", penult):
            return True
        if re.match(r"[xz]|s[cpt]", last):
            return True
        if re.match(f"h?[{_V}]", last):
            return False
        return bool(_LONG.search("".join(low)))


_PLAIN = str.maketrans("áàāăéèēĕëíìīĭïóòōŏúùūŭýǽ", "aaaaeeeeeiiiiioooouuuuyæ")
