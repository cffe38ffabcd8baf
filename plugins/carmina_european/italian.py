"""Italian: vowel groups, and stress by accents, lists and the last syllable but one.

Vowels that meet between words are one syllable (synalepha) unless the second has the stress of a content word: ``ove
olezzano`` is five syllables; a mark between them, or ``_`` after the first, keeps them apart. Two vowels inside a word
are one syllable when one is an unstressed i or u, else two.
"""

from __future__ import annotations

import re

from .cutting import Span, groups, letters_of, mask, romance_onset
from .frame import European
from .tables import tables

_V = "aàáâeèéêiìíîoòóôuùúû"
_SILENT = [
    (re.compile(pattern), "j")
    for pattern in (
        r"(?<=q)u",
        f"(?<=g)u(?=[{_V}])(?<!^gu)",
        f"^[ij](?=[{_V}])",
        f"(?<=[aeou])[ij](?=[{_V}])",
        "(?<=[cg])i(?=[aeouòàùèé])",
        f"(?<=gl)i(?=[{_V}])",
    )
]
_VOWELS = re.compile(
    r"iuo|iei|uoi|uie|"
    r"i[aeoàèéòóuù]|u[aeioàèéìòó]|[aeoàèéòó][iu]|ai|ui|"
    f"[{_V}y]"
)
_HIATUS = re.compile(r"(?:bea|paur|viol|viagg|trionf|soav|crea|ruin|oriente?|maest|reale?|leal|aurora_)")
_PROPAROXYTONE = re.compile(
    r"(?:[aei]bil[ei]|evol[ei]|issim[aeio]|esim[aeio]|[aeiou]lic[aeio]|[ao]nic[aeio]|[ei]tic[aeio]|[ao]gic[aeio]|fic[aeio]"
    r"|itud?in[ei]|[aei]gin[ei]|udin[ei]|omin[ei]|emin[ei]|imin[ei]|olgor[ei]|pid[aeio]|rid[aeio](?<!grid[aeio])|mid[aeio]|cid[aeio]|vid[aeio]"
    r"|[^aeiou]ulo|asser[oa]|esser[oa]|isser[oa]|eggian[oa]|cor[ei]|gol[aeio]|ssim[aeio]|dol[aeio]|vol[ei])$"
)


class Italian(European):
    """Italian syllables, stress and rhyme by rule."""

    name = "it"
    counts_stresses = False
    summary = "Italian: syllables by vowel groups, stress by accents, lists and the last but one"

    def nuclei(self, plain: str) -> list[Span]:
        found = groups(_VOWELS, mask(plain, _SILENT))
        apart = tables("it").more["apart"]
        if plain in apart or any(plain.startswith(stem[:-1]) for stem in apart if stem.endswith("*")):
            found = _split_last_pair(plain, found)
        return found

    def synalepha(self, word: str, following: str) -> bool:
        ends, begins = letters_of(word).plain, letters_of(following).plain.removeprefix("h")
        if not re.search(f"[{_V}]$", ends) or not re.match(f"[{_V}]", begins) or re.match("[iu][aeo]", begins):
            return False
        (first,), (second,) = self.syllabify([word]), self.syllabify([following])
        if not first or not second or first[-1].stress and first[-1].content:
            return False
        return not second[0].stress

    def onset(self, cluster: str) -> int:
        return romance_onset(cluster.replace("j", "i"), s_opens=True)

    def stressed(self, texts: list[str]) -> int:
        low = [text.lower() for text in texts]
        for i, text in enumerate(low):
            if re.search("[àáèéìíòóùú]", text):
                return i
        if not re.search(f"[{_V}]'?$", low[-1]):
            return len(low) - 1 if not re.search("[aeo]n$", low[-1]) or len(low) < 2 else len(low) - 2
        if len(low) > 2 and _PROPAROXYTONE.search("".join(low)):
            return len(low) - 3
        return len(low) - 2

    def rhyme_key(self, tail: str) -> str:
        return tail.translate(_PLAIN).replace("j", "i").replace("h", "")


_PLAIN = str.maketrans("àáâèéêìíîòóôùúû", "aaaeeeiiiooouuu")


def _split_last_pair(plain: str, found: list[Span]) -> list[Span]:
    """The last group of two or more vowels parted after its first (``fol-li-a``, ``pa-u-ra``)."""
    for at in range(len(found) - 1, -1, -1):
        start, end = found[at]
        if end - start > 1:
            return [*found[:at], (start, start + 1), (start + 1, end), *found[at + 1 :]]
    return found
