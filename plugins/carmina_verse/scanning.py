"""What a poem's form is, told to a person: scansion, rhymes, form recognised, and what goes against it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from carmina import Form, Poem

from .check import HAN, faults
from .en_scan import plain_scan, scan_line

FEET = {"-+": "iambic", "+-": "trochaic", "--+": "anapaestic", "+--": "dactylic"}
COUNTS = {1: "monometer", 2: "dimeter", 3: "trimeter", 4: "tetrameter", 5: "pentameter", 6: "hexameter", 7: "heptameter"}


@dataclass(frozen=True, slots=True)
class Report:
    """One poem, scanned."""

    lines: tuple[tuple[str, str, str, str], ...]  # text, marks, rhyme letter, remark
    form: str                          # recognised; empty: none
    remarks: tuple[str, ...]


def scan(poem: Poem, forms: Mapping[str, Form], language: Any, book: str = "pingshui") -> Report:
    """Scan a poem; its language decides how."""
    return _scan_zh(poem, forms, language, book) if language.name == "zh" else _scan_en(poem, forms, language)


# ---- English

def _scan_en(poem: Poem, forms: Mapping[str, Form], language: Any) -> Report:
    lines = []
    letters = scheme([plain_scan(language, text).words[-1:] for text in poem.lines], language)
    for text, letter in zip(poem.lines, letters, strict=True):
        scanned = plain_scan(language, text)
        metre = metre_of(language, text)
        lines.append((text, " ".join(scanned.stresses), letter, f"{scanned.syllables} syllables{', ' + metre if metre else ''}"))
    form = recognised(poem, forms, language)
    return Report(tuple(lines), form, (f"rhyme scheme {''.join(letters)}",))


def metre_of(language: Any, text: str) -> str:
    """The regular metre that a line keeps best, e.g. "iambic pentameter"; empty when none."""
    scanned = plain_scan(language, text)
    found: list[tuple[int, int, str]] = []
    for rank, (foot, name) in enumerate(FEET.items()):
        for lead in ("", foot[1:] if len(foot) == 3 and foot[0] == "-" else ""):
            whole, rest = divmod(scanned.syllables - len(lead), len(foot))
            pattern = lead + foot * whole
            if not rest and whole + bool(lead) in COUNTS and scan_line(language, text, [pattern], "classic"):
                found.append((_strain(language, scanned.words, pattern), rank, f"{name} {COUNTS[whole + bool(lead)]}"))
    return min(found)[2] if found else ""


def _strain(language: Any, words: Sequence[str], pattern: str) -> int:
    """How many small words stand on strong places, and full words of one syllable on weak ones."""
    at = strain = 0
    for syllables in language.syllabify(list(words)):
        if len(syllables) == 1 and at < len(pattern):
            strain += (pattern[at] == "+") != bool(syllables[0].content)
        at += len(syllables)
    return strain


def scheme(ends: Sequence[Sequence[str]], language: Any) -> list[str]:
    """A letter for each line by perfect rhyme with an earlier line; x where it has no partner."""
    groups: list[list[int]] = []
    for at, end in enumerate(ends):
        home = next((group for group in groups if end and any(
            ends[other] and (ends[other] == end or language.rhymes_with(ends[other][0], end[0]) == "perfect") for other in group)), None)
        if home is None:
            groups.append([at])
        else:
            home.append(at)
    letters, names = ["x"] * len(ends), iter("abcdefghijklmnopqrstuvwyz" * 40)
    for group in groups:
        if len(group) > 1:
            letter = next(names)
            for at in group:
                letters[at] = letter
    return letters


def recognised(poem: Poem, forms: Mapping[str, Form], language: Any, book: str = "") -> str:
    """The form that a poem keeps in every line; of several, the one that asks most."""
    found: list[tuple[int, str]] = []
    for form in forms.values():
        if form.language != language.name:
            continue
        for variant in form.variants:
            for stanzas in (poem.stanzas, (poem.lines,)):
                if not faults(stanzas, form, variant, language, "classic", book or form.book):
                    found.append((_demand(form, variant), f"{form.name} {variant}".strip()))
    return max(found, default=(0, ""))[1]


def _demand(form: Form, variant: str) -> int:
    lines = [line for stanza in form.variants[variant] for line in stanza]
    fixed = sum(place not in "~中" for line in lines for place in line.patterns[0])
    return 3 * sum(bool(line.rhyme) for line in lines) + fixed + 20 * sum(bool(line.refrain) for line in lines) + 50 * (not form.repeat)


# ---- Chinese

def _scan_zh(poem: Poem, forms: Mapping[str, Form], language: Any, book: str) -> Report:
    rows = []
    for text in poem.lines:
        characters = HAN.findall(text)
        marks = "".join({"平": "平", "仄": "仄", "both": "中"}.get(language.level(c, book) or "", "？") for c in characters)
        rhyme = "/".join(language.rhyme_class(characters[-1], book)) if characters else ""
        rows.append((text, marks, rhyme, ""))
    form = recognised(poem, forms, language)
    remarks = [*_regulated([row[1] for row in rows], [row[0] for row in rows])]
    return Report(tuple(rows), form, tuple(remarks))


def _regulated(marks: Sequence[str], texts: Sequence[str]) -> list[str]:
    """孤平, 三平调, 失对, 失粘 of lines of five or seven characters, four or eight of them."""
    sizes = {len(line) for line in marks}
    if sizes not in ({5}, {7}) or len(marks) not in (4, 8):
        return []
    found = []
    for number, line in enumerate(marks, 1):
        if line.endswith("平平平"):
            found.append(f"第{number}句三平调：{texts[number - 1]}")
        tail = line[-5:]
        if tail[-1] == "平" and tail[1] == "平" and tail[0] == "仄" and tail[2] == "仄":
            found.append(f"第{number}句孤平：{texts[number - 1]}")
    second = [line[1] for line in marks]
    for at in range(0, len(marks) - 1, 2):
        if "中" not in (second[at], second[at + 1]) and second[at] == second[at + 1]:
            found.append(f"第{at + 1}、{at + 2}句失对")
    for at in range(1, len(marks) - 1, 2):
        if "中" not in (second[at], second[at + 1]) and second[at] != second[at + 1]:
            found.append(f"第{at + 1}、{at + 2}句失粘")
    return found
