"""French as it is sung: the mute e counts before a consonant and at the end of a line.

The vowel+e of ``pensée`` counts at the end of a line only (pen-sé-e); before a vowel or a mute h, a mute e falls.
Vowels that may be one syllable or two follow the use of classical verse (pas-si-on, dé-li-ci-eux, but bien, pied,
nuit); data/fr.toml lists words that do otherwise, words with h aspiré, and words in -ent that are no verbs. Stress:
the last full syllable.
"""

from __future__ import annotations

import re

from .cutting import Span, groups, mask, romance_onset
from .frame import European
from .tables import tables

_V = "aàâäeéèêëiîïoôöuùûüyœæ"
_SILENT = [
    (re.compile(pattern), "j")
    for pattern in (
        r"(?<=q)u",
        r"(?<=g)u(?=[eéèêiîy])",
        r"(?<=g)e(?=[aâoô])",
        f"^y(?=[{_V}])",
        f"(?<=[{_V}])y(?=[{_V}])",
        f"^i(?=[{_V}](?!$))",
        r"(?<=[aeouœ])i(?=ll)",
        r"(?<=[aeuœ])i(?=ls?$)",
        r"(?<=[ao]i)e(?=nt$)",
        r"(?<=[iué])e(?=nt$)(?<!^[bcdlmrstv]ie)(?<!tie)(?<!vie)(?<!rie)(?<!lie)(?<!cie)(?<!ué)(?<!die)",
        r"(?<=ai)e(?=ment|t|r[aoi])",
        r"(?<=[oi]u)e(?=ment|r[aoi])",
        r"(?<=[aoicrplf]i)e(?=ment|r[ao])",
        r"(?<=[rblt]u)e(?=r[ao]|ment)",
        r"(?<=é)e(?=r[ao])",
    )
]
_VOWELS = re.compile(
    r"ue(?=jl)|ue(?=i?l(?:l|s?$))(?<=cue)|ueu(?=rs?$)(?<=cueu)|oe(?=j?i?ls?$)|eau|aoû|oeu|œu|eu|eû|au|ou|où|oû|oi|oî|ai|aî|ei|oy|ey|ay|aë|ae|"
    r"(?<=^d)ieu|(?<=^ad)ieu|(?<=^lad)ieu|(?<=^l)ieu(?=x?$)|(?<=mil)ieu|(?<=^m)ieu|(?<=^v)ieu|(?<=^c)ieu|(?<=s)ieu(?=r)|(?<=ss)ieu|(?<=^p)ieu"
    r"|(?<=^[rb])ie(?=ns?$)|(?<=^[mts])ie(?=n(?:s|t|ne|nes|dr.*)?$)|(?<=[tv])ie(?=n(?:s|t|ne|nes|nnent|ns|nt|dr.*)?$)|(?<=^ch)ie(?=n)|(?<=comb)ie(?=n)|(?<=dem)ie(?=r)"
    r"|(?<=^b)ie(?=n)|(?<=[cfmrv])ie(?=l(?:s|le|les)?$)"
    r"|(?<![bcdfgptv][lr])i(?:è(?=[a-z]e?s?$|[cgv][eèlnr]|dr)|e(?=r(?:s|e|es|ge|ges|re|res)?$|ds?$|d|z$|g|ll))"
    r"|(?<=^v)ie(?=[ij])|(?<=[dmnrlbvt])io(?=ns$)(?<!sio)(?<![bcdfgptv][lr]io)|(?<=[dm])ie(?=ns?$)|(?<=[mt])ié(?=s?$)|(?<=^d)ia(?=bl)|(?<=^d)ia(?=cr)|u[iîy]"
    f"|[{_V}]"
)


class French(European):
    """French syllables, stress and rhyme by rule."""

    name = "fr"
    counts_stresses = False
    summary = "French: sung syllables by vowel groups, mute e by what follows, stress at the end"

    def nuclei(self, plain: str) -> list[Span]:
        return groups(_VOWELS, mask(plain, _SILENT))

    def onset(self, cluster: str) -> int:
        return 0 if cluster == "y" else romance_onset(cluster, s_opens=False)  # voy-ez

    def stressed(self, texts: list[str]) -> int:
        word = "".join(texts).lower().replace("'", "")
        mute = self._ending(word) and len(self.nuclei(word)) == len(texts)
        return len(texts) - (2 if mute else 1)

    def drops_last(self, plain: str, last: int, follows: str | None) -> bool:
        ending = self._ending(plain)
        if not ending or follows is None or last != len(plain) - len(ending):
            return False
        after_vowel = plain[-len(ending) - 1] in _V and not plain[: -len(ending)].endswith(("qu", "gu"))
        return after_vowel or ending == "e" and self._opens_with_vowel(follows)

    def rhyme_key(self, tail: str) -> str:
        tail = re.sub(r"(?:ent|es?)$", "e", tail) if _mute_ending(tail) else tail
        for pattern, sound in _SOUNDS:
            tail = pattern.sub(sound, tail)
        return tail

    @staticmethod
    def _ending(word: str) -> str:
        return _mute_ending(word)

    def _opens_with_vowel(self, word: str) -> bool:
        low = word.lower().lstrip("'-")
        if low.startswith("h"):
            return not any(low.startswith(stem) for stem in tables("fr").more["aspirated"])
        return (
            low[:1] in _V
            and low not in tables("fr").more["apart"]
            and not re.match(f"y[{_V}]", low.replace("yeux", "x"))
        )


def _mute_ending(word: str) -> str:
    """The ending that holds a mute e: "e", "es", "ent", or "" when there is none."""
    lists = tables("fr").more
    if (
        word.endswith("ent")
        and word not in lists["loud_ent"]
        and (not word.endswith("ment") or word in lists["verbs_in_ment"])
        and not re.search(r"(?:^[^aeiouy]*|[tv]i|ri|li|ci)ent$", word)
    ):
        return "ent"
    return next((ending for ending in ("es", "e") if word.endswith(ending) and len(word) > len(ending)), "")


_SOUNDS = [
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"[dtsxzp]+(?=$)", ""),
        (r"eau|au|ô", "o"),
        (r"ai|ei|è|ê|ë(?=.)", "è"),
        (r"œu|oeu|eû", "eu"),
        (r"î|ï|y", "i"),
        (r"â", "a"),
        (r"û|ù", "u"),
        (r"ph", "f"),
        (r"qu|k", "c"),
        (r"([bcdfglmnprst])\1", r"\1"),
        (r"em(?=[bp])|en(?=[^aeiouéènmy]|$)|am(?=[bp])", "an"),
        (r"(?:è|i)n(?=$|[^aeiouyn])", "in"),
        (r"ç", "s"),
        (r"(?<=[aeiouèé])s(?=e)", "z"),
        (r"er$|ez$", "é"),
    )
]
