"""What form a poem has, by rule, in the words of the poetry corpora (their training code knows no others)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from carmina.text import words_of

from .language import Tongues

Facts = dict[str, Any]
HAN_FORMS = {(4, 5): "五言绝句", (4, 7): "七言绝句", (8, 5): "五言律诗", (8, 7): "七言律诗", (4, 6): "六言绝句"}
OLD_FORMS = {5: "五言古体", 7: "七言古体", 4: "四言"}
RULED = 0.8  # of the places of a regulated poem that must keep the tone rule
CI_TITLE = re.compile(r"^([㐀-鿿]{2,7})(?:[·・\s（(].*)?$")


def form_of(stanzas: Sequence[Sequence[str]], language: str, title: str, tongues: Tongues) -> tuple[str, Facts]:
    """The form and what is known with it (``scheme``, ``regulated``, ``cipai``)."""
    lines = [line for stanza in stanzas for line in stanza]
    if language == "zh":
        return _chinese([_han(line) for line in lines], title, tongues)
    if language == "en":
        return _english(stanzas, lines, tongues)
    return "", {}


# ---- Chinese -------------------------------------------------------------------------------------------------------


def _han(line: str) -> str:
    return "".join(c for c in line if "㐀" <= c <= "鿿")


def _chinese(lines: Sequence[str], title: str, tongues: Tongues) -> tuple[str, Facts]:
    lengths = {len(line) for line in lines}
    if len(lengths) == 1:
        size = lengths.pop()
        form = HAN_FORMS.get((len(lines), size))
        if form and _regulated(lines, tongues.open("zh")):
            return form, {"regulated": True}
        return OLD_FORMS.get(size, "杂言古体"), {"regulated": False}
    named = CI_TITLE.match(title)
    if max(lengths) <= 11 and named and ("·" in title or "・" in title):
        return "词", {"cipai": named[1]}
    return ("现代诗", {"dynasty": "现代"}) if max(lengths) > 7 else ("杂言古体", {})


def _regulated(lines: Sequence[str], chinese: Any) -> bool:
    """Whether 2-4-6 alternate within a line, a couplet contrasts, couplets adhere and even lines end level."""
    level = getattr(chinese, "level", None)
    if level is None:
        return False
    tones = [[level(c) for c in line] for line in lines]
    marks = []
    for at, line in enumerate(tones):
        marks += [_differ(line[place], line[place + 2]) for place in range(1, len(line) - 2, 2)]
        if at:
            wanted = at % 2 == 1  # the second of a couplet contrasts, the first adheres to the line before
            marks.append(_differ(tones[at - 1][1], line[1]) if wanted else _same(tones[at - 1][1], line[1]))
        if at % 2:
            marks.append(line[-1] != "仄")
    return sum(marks) >= RULED * len(marks)


def _differ(a: str | None, b: str | None) -> bool:
    return a != b or a in (None, "both")


def _same(a: str | None, b: str | None) -> bool:
    return a == b or "both" in (a, b) or None in (a, b)


# ---- English -------------------------------------------------------------------------------------------------------


def _english(stanzas: Sequence[Sequence[str]], lines: Sequence[str], tongues: Tongues) -> tuple[str, Facts]:
    read = [_sounds(line, tongues) for line in lines]
    counts = [count for count, _ in read]
    schemes, at = [], 0
    for stanza in stanzas:
        schemes.append(scheme_of([rhyme for _, rhyme in read[at : at + len(stanza)]]))
        at += len(stanza)
    usual = max(schemes, key=lambda scheme: (schemes.count(scheme), -schemes.index(scheme)))
    rhymed = sum(letter != "x" for scheme in schemes for letter in scheme) >= 0.5 * len(lines)
    return _named(stanzas, counts, schemes, usual, rhymed), {"scheme": usual} if rhymed and len(usual) < 27 else {}


def _named(
    stanzas: Sequence[Sequence[str]], counts: Sequence[int], schemes: Sequence[str], usual: str, rhymed: bool
) -> str:
    sizes = {len(stanza) for stanza in stanzas}
    even = all(abs(count - counts[0]) <= 2 for count in counts)
    if len(counts) == 14 and rhymed and even:
        return "sonnet"
    if sizes == {5} and all(scheme == "AABBA" for scheme in schemes) and counts[2] < counts[0]:
        return "limerick"
    if not rhymed:
        ten = sum(9 <= count <= 11 for count in counts) >= 0.8 * len(counts)
        return "blank verse" if ten else "unrhymed metrical" if even else "free verse"
    if sizes == {4}:
        ballad = sum(a > b for a, b in zip(counts[::2], counts[1::2], strict=False)) >= 0.7 * (len(counts) // 2)
        return "ballad/common metre" if ballad and not even else "quatrains"
    pairs = sum(a == b != "x" for scheme in schemes for a, b in zip(scheme[::2], scheme[1::2], strict=False))
    if 2 * pairs >= 0.8 * len(counts):
        return "couplets"
    names = {3: "tercets", 5: "quintains", 6: "sestets", 8: "octaves"}
    return names.get(sizes.pop(), "stanzaic") if len(sizes) == 1 and len(stanzas) > 1 else "rhymed irregular"


def _sounds(line: str, tongues: Tongues) -> tuple[int, str]:
    """Syllables of a line and the rhyme class of its end."""

    read = [syllables for syllables in tongues.syllables("en", words_of(line)) if syllables]
    return sum(map(len, read)), (read[-1][-1].rhyme or "") if read else ""


def scheme_of(rhymes: Sequence[str]) -> str:
    """``ABAB`` for rhyme classes in order; ``x`` for a line that rhymes with none."""
    letters: dict[str, str] = {}
    found = []
    for rhyme in rhymes:
        if not rhyme or rhymes.count(rhyme) < 2:
            found.append("x")
            continue
        found.append(letters.setdefault(rhyme, chr(ord("A") + min(len(letters), 25))))
    return "".join(found)
