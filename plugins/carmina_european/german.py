"""German: compounds parted by hyphenation patterns, stress on the root.

Stress: the first syllable, but never a prefix be-, ge-, er-, ver-, zer-, ent-, emp-, miss-; separable prefixes lead;
-ieren, -tion, -ei, -ie, -tät and a list of words (data/de.toml) are stressed toward their end.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from importlib.resources import as_file, files

from .cutting import Span, groups
from .frame import European
from .tables import tables

_VOWEL = "aeiouyäöüáàâéèêëíîïóôúûæœ"
_NUCLEI = re.compile(
    r"(?P<skip>qu|y(?=[aeou]))"
    r"|(?<=^[bg])e(?=e(?:h|n|i|r[bw]|l))|(?<=^g)e(?=irr)|(?<=^[bg])e(?=u[nr])"  # ge-ehrt, be-enden, be-urteilt
    r"|(?<=^f)e(?=en)|(?<=^s)e(?=en$)|(?<=id)e(?=en)|(?<=all)e(?=en$)|(?<=arm)e(?=en$)"  # Fe-en, Ide-en
    r"|(?<=[rt])i(?=ent$)"  # Ori-ent
    r"|ieu|eau|aa|ee|oo|ie|ei|ey|ai|ay|au|eu|äu|oi|oy|ou|(?<=^pf)ui|(?<=^h)ui|(?<=^)ae(?=th)|(?<=^g)oe(?=th)"
    f"|[{_VOWEL}]"
)
_LOOSE_IE = re.compile(
    r"(?:lili|famili|lini|\bari|glori|histori|feri|grazi|seri|studi|agödi|omödi|pini|stani|rsili|dahli|akazi|besti|materi"
    r"|hosti|foli|prämi|itali|spani|\basi|indi|arabi|viktori|mumi|orgi|furi|zinni|ceremoni|zeremoni|julie?|emili|eugeni|otili"
    r"|ottili|amali|aureli|ceili|cäcili|natali|brittani|geni|\bkni|\bschri|\bspi)e(?=n|s?$|s?\b)"
)
_COMPOUND_ONSET = re.compile(  # after another consonant: ver-klun-gen, Mon-den-glanz
    r"(?<=[bdfghklmnprstzß])(?:schl|schm|schn|schr|schw|str|spr|bl|br|dr|fl|fr|gl|gr|kl|kn|kr|pfl?|pl|pr|tr|zw)$"
)
_TSCH = (
    re.compile(  # roots that end in -tsch before what could open a syllable with sch: Deutsch-land, not Deut-schland
        r"(?:deu|dolme|ki|kla|ku|la|lu|ma|pa|pei|pu|qua|ru|tra|zwi)tsch(?=[lmnrw])"
    )
)
_LITTLE = re.compile(r"(?<=e)lein(?:s|chen)?$")  # Blü-me-lein
_UNSTRESSED = ("be", "ge", "er", "ver", "zer", "ent", "emp", "miss", "miß")
_SCHWA = re.compile(r"[^aeiouyäöü]*e(?:n|r|l|m|s|t|st|ln|rn|nd|ns|rt|lt|lst|rst|nst|t'?s)?")
_WEAK = re.compile(r"(?:.*ig(?:e[nrms]?)?|.?lich|[^aeiou]*ung|.?isch|.in|.*nis|lein|chen)")
_ONE = {"ch": "C", "sch": "S", "ck": "K", "ph": "P", "th": "T", "ß": "s"}


class German(European):
    """German syllables, stress and rhyme by rule."""

    name = "de"
    summary = "German: syllables by vowel groups and hyphenation patterns, stress by prefix, root and suffix"

    def nuclei(self, plain: str) -> list[Span]:
        found = groups(_NUCLEI, plain)
        for loose in _LOOSE_IE.finditer(plain):
            e = loose.end() - 1
            if (e - 1, e + 1) in found and plain not in ("knie", "schrie", "spie", "genie"):
                at = found.index((e - 1, e + 1))
                found[at : at + 1] = [(e - 1, e), (e, e + 1)]
        return found

    def breaks(self, plain: str) -> Sequence[int]:
        ends = [found.end() for found in _TSCH.finditer(plain)]
        ends += [found.start() for found in _LITTLE.finditer(plain)]
        return [*(at for at in _patterns(plain) if not any(end - 5 < at <= end + 1 for end in ends)), *ends]

    def onset(self, cluster: str) -> int:
        if found := _COMPOUND_ONSET.search(cluster):
            return len(cluster) - found.start()
        if cluster.endswith("sch"):
            return 3
        if cluster.endswith(("ch", "ck", "ph", "th", "qu")):
            return 2
        return min(len(cluster), 1)

    def stressed(self, texts: list[str]) -> int:
        low = [text.lower().replace("'", "") for text in texts]
        word = "".join(low)
        if found := _from_the_end(low, word):
            return len(low) - found
        first = 0
        while first < len(low) - 1 and low[first] in _UNSTRESSED and not _is_root(low[first:]):
            first += 1
        return first

    def secondary(self, texts: list[str], primary: int, at: int) -> int:
        low = texts[at].lower()
        weak = at < primary or at == primary + 1 and len(texts) < 3 or low in _UNSTRESSED
        return 0 if weak or _SCHWA.fullmatch(low) or _WEAK.fullmatch(low) else 2

    def rhyme_key(self, tail: str) -> str:
        for pattern, sound in _SOUNDS:
            tail = pattern.sub(sound, tail)
        return tail


def _is_root(low: list[str]) -> bool:
    """Whether what looks like a prefix is the root: only a weak syllable follows (``ge-ben``, ``Er-de``)."""
    word = "".join(low)
    return (
        len(low) == 2
        and bool(_SCHWA.fullmatch(low[1]))
        and word not in tables("de").more["prefixed"]
        or word.startswith(("gegen", "geste", "erbe", "ernte", "erst", "berg", "fern"))
    )


def _from_the_end(low: list[str], word: str) -> int:
    if re.search(r"ier(?:en?|t|te[nst]*|end)?$", word):
        return next((len(low) - i for i in range(len(low) - 1, 0, -1) if "ie" in low[i]), 0)
    if re.search(r"(?:tion|sion|tät|(?<!rl)(?<!ll)ei|[^aeiou]ik|thek|enz|anz)$", word) and not low[-1].endswith("tanz"):
        return 1
    if re.search(r"(?:tionen|täten|ereien|enzen)$", word):
        return 2
    if word.endswith("ie") and low[-1].endswith("ie"):
        return 1
    return 0


_SOUNDS = [
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"äu", "eu"),
        (r"ai|ay|ey", "ei"),
        (r"ieh?", "i"),
        (r"ä", "e"),
        (r"([aeiouöü])h(?![aeiou])", r"\1"),
        (r"([aeo])\1", r"\1"),
        (r"ß", "s"),
        (r"tz", "z"),
        (r"dt", "t"),
        (r"th", "t"),
        (r"ph|v", "f"),
        (r"ck", "k"),
        (r"y", "ü"),
        (r"([bdfgklmnprst])\1", r"\1"),
        (r"b(?=$|s?t|s)", "p"),
        (r"d(?=$|s)", "t"),
        (r"(?<!n)g(?=$|s?t|s)", "k"),
        (r"ks|chs", "x"),
    )
]


@cache
def _patterns(plain: str) -> tuple[int, ...]:
    return tuple(_dictionary().positions(plain))


@cache
def _dictionary():
    import pyphen

    source = files(__package__).joinpath("data/hyph_de.dic")  # pyphen's own break compounds: A-bends-tern
    with as_file(source) as path:
        return pyphen.Pyphen(filename=str(path), left=2, right=2)
