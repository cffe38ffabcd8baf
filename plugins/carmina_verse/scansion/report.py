"""What a poem's form is, told to a person: scansion, rhymes, form recognised, and what goes against it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from carmina import Form, Poem, Tonal

from .english import Scanned, plain_scan, scan_line, words_in
from .faults import expected, faults
from .inference import Diagnosis, described, diagnosed
from .inference.poem import NAMES as LENGTHS
from .levels import HAN, levels
from .regulated import SHAPES, regulated

FEET = {"-+": "iambic", "+-": "trochaic", "--+": "anapaestic", "+--": "dactylic"}
COUNTS = {
    1: "monometer",
    2: "dimeter",
    3: "trimeter",
    4: "tetrameter",
    5: "pentameter",
    6: "hexameter",
    7: "heptameter",
}
FREE = 60  # what free verse asks at most, see _demand
ACROSTICS = ("acrostic", "藏头诗")
MODERN = ("xinyun", "tongyun")  # books that stand for the form's own


@dataclass(frozen=True, slots=True)
class Report:
    """One poem, scanned."""

    lines: tuple[tuple[str, str, str, str], ...]  # text, marks, rhyme letter, remark
    form: str  # recognised; empty: none
    remarks: tuple[str, ...]


def scan(poem: Poem, forms: Mapping[str, Form], language: Any, book: str = "pingshui") -> Report:
    """Scan a poem; its language decides how."""
    return _scan_zh(poem, forms, language, book) if isinstance(language, Tonal) else _scan_en(poem, forms, language)


# ---- English


def _scan_en(poem: Poem, forms: Mapping[str, Form], language: Any) -> Report:
    found = diagnosed(poem.stanzas, language, forms)
    lines, metres = [], []
    for text, letter, reading in zip(poem.lines, found.letters, found.readings, strict=True):
        if reading is not None:
            metre = f"{found.shape.metre} {LENGTHS[reading.feet]}"
            scanned = Scanned(tuple(words_in(text)), reading.stresses, reading.places, reading.licences)
        else:
            metre, scanned = metre_and_scan(language, text)
        metres.append(metre)
        feet = feet_of(language, scanned) if metre else ""
        said = (f"{scanned.syllables} syllables", metre, *scanned.exceptions, feet)
        lines.append((text, " ".join(scanned.stresses), letter, ", ".join(filter(None, said))))
    usual, times = Counter(metres).most_common(1)[0]
    remarks = [f"rhyme scheme {''.join(found.letters)}"] + (
        [f"metre: {usual} in {times} of {len(metres)} lines"] if usual else []
    )
    form, more = _named_en(poem, forms, language, found)
    return Report(tuple(lines), form, (*remarks, *more))


def _named_en(poem: Poem, forms: Mapping[str, Form], language: Any, found: Diagnosis) -> tuple[str, list[str]]:
    """(the form, what goes against it): that which is kept to the letter, else that which the whole poem is."""
    kept = recognised(poem, forms, language)
    base, _, variant = kept.partition(" ")
    if kept and (base == poem.form or _demand(forms[base], variant) > FREE):  # its own form, or one that few poems keep
        return kept, []
    if found.form:
        return found.form, [f"near to {found.form}: {'; '.join(found.faults)}"] if found.faults else []
    if near := nearest(poem, forms, language, kept, ""):
        return kept, near
    said = described(found.letters, [len(stanza) for stanza in poem.stanzas])
    if found.shape.metre and said:
        return f"{said} of {found.shape.name}", list(found.faults)
    return kept, list(found.faults) if not kept or kept.startswith("free-verse") else []


def metre_of(language: Any, text: str) -> str:
    """The regular metre that a line keeps best, e.g. "iambic pentameter"; empty when none."""
    return metre_and_scan(language, text)[0]


def metre_and_scan(language: Any, text: str) -> tuple[str, Scanned]:
    """The metre that a line keeps best and how it is then said; where it keeps none, its words in their commonest
    readings."""
    plain = plain_scan(language, text)
    found: list[tuple[int, int, str, Scanned]] = []
    for rank, (foot, name) in enumerate(FEET.items()):
        for size in (plain.syllables, plain.syllables - 1, plain.syllables + 1):
            for lead in ("", foot[1:] if len(foot) == 3 and foot[0] == "-" else ""):
                whole, rest = divmod(size - len(lead), len(foot))
                pattern = lead + foot * whole
                scanned = (
                    scan_line(language, text, [pattern], "classic")
                    if not rest and whole + bool(lead) in COUNTS
                    else None
                )
                if scanned is not None:
                    strain = (
                        _strain(language, scanned, scanned.pattern)
                        + len(scanned.exceptions)
                        + (size != plain.syllables)
                    )
                    found.append((strain, rank, f"{name} {COUNTS[whole + bool(lead)]}", scanned))
    best = min(found, key=lambda entry: entry[:2], default=None)
    return (best[2], best[3]) if best else ("", plain)


def feet_of(language: Any, scanned: Scanned) -> str:
    """The syllables of a line that keeps a metre, its feet parted: ``shall I | com-pare | thee to | ...``."""
    texts = [
        (syllable.text, at + 1 == len(word))
        for word in language.syllabify(list(scanned.words))
        for at, syllable in enumerate(word)
    ]
    if len(texts) != len(scanned.pattern):
        return ""
    out = ""
    cuts = _cuts(scanned.pattern)
    for at, (text, ends) in enumerate(texts):
        out += text + ("-" if not ends and at + 1 not in cuts else "")
        out += " | " if at + 1 in cuts else " " if ends else ""
    return out.rstrip(" |")


def _cuts(pattern: str) -> set[int]:
    """Where feet end: with the strong place in rising metres, before the next one in falling ones."""
    if pattern.startswith("-"):
        return {at + 1 for at, place in enumerate(pattern) if place == "+"}
    return {at for at, place in enumerate(pattern) if place == "+" and at}


def _strain(language: Any, scanned: Scanned, pattern: str) -> int:
    """How many small words stand on strong places, and full words of one syllable on weak ones."""
    at = strain = 0
    for syllables, said in zip(language.syllabify(list(scanned.words)), scanned.stresses, strict=True):
        if len(said) == 1 and len(syllables) == 1 and at < len(pattern):
            strain += (pattern[at] == "+") != bool(syllables[0].content)
        at += len(said)
    return strain


def scheme(ends: Sequence[Sequence[str]], language: Any) -> list[str]:
    """A letter for each line by perfect rhyme with an earlier line; x where it has no partner."""
    groups: list[list[int]] = []
    for at, end in enumerate(ends):
        home = next(
            (
                group
                for group in groups
                if end
                and any(
                    ends[other] and (ends[other] == end or language.rhymes_with(ends[other][0], end[0]) == "perfect")
                    for other in group
                )
            ),
            None,
        )
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


PROSE = ("散文", "小说")


def recognised(poem: Poem, forms: Mapping[str, Form], language: Any, book: str = "") -> str:
    """The form that a poem keeps in every line; of several, the one that asks most."""
    kept = [
        (_demand(form, variant), named)
        for form, variant, stanzas, named in _shapes(poem, forms, language)
        if not faults(stanzas, form, variant, language, "classic", book or form.book)
    ]
    return max(kept, default=(0, ""))[1]


def nearest(poem: Poem, forms: Mapping[str, Form], language: Any, kept: str, book: str) -> list[str]:
    """The fixed form that a poem comes nearest to, with what it breaks, where it keeps none that asks as much."""
    tried = [
        (len(found), -_demand(form, variant), named, found)
        for form, variant, stanzas, named in _shapes(poem, forms, language)
        if (found := faults(stanzas, form, variant, language, "classic", book or form.book))
        and _demand(form, variant) > FREE
    ]
    best = min(tried, key=lambda entry: entry[:2], default=None)
    asked = max(
        (_demand(form, variant) for form, variant, _stanzas, named in _shapes(poem, forms, language) if named == kept),
        default=0,
    )
    if best is None or asked > FREE or best[0] > max(2, len(poem.lines) // 2):
        return []
    return [f"near to {best[2]}: {'; '.join(best[3])}"]


def _shapes(poem: Poem, forms: Mapping[str, Form], language: Any) -> Iterator[tuple[Form, str, Any, str]]:
    """Every variant of a form that has as many lines as the poem, with the poem's stanzas, or its lines as one."""
    for form in forms.values():
        for variant, base in form.variants.items() if form.language == language.name else ():
            if form.name in ACROSTICS or form.teaching in PROSE:
                continue  # any poem has first letters, and any text is prose
            for stanzas in dict.fromkeys(
                (poem.stanzas, (poem.lines,), _cut(poem.lines, [len(stanza) for stanza in base]))
            ):
                own = [len(stanza) for stanza in expected(form, variant, [len(stanza) for stanza in stanzas])]
                if stanzas and own == [len(stanza) for stanza in stanzas]:
                    yield form, variant, stanzas, f"{form.name} {variant}".strip()


def _cut(lines: Sequence[str], sizes: Sequence[int]) -> tuple[tuple[str, ...], ...]:
    """A poem printed without gaps in the stanzas that a form has; empty where they do not divide it."""
    whole = sum(sizes)
    if not whole or len(lines) % whole:
        return ()
    rest, many = iter(lines), len(lines) // whole
    return tuple(tuple(next(rest) for _ in range(size)) for _ in range(many) for size in sizes)


def _demand(form: Form, variant: str) -> int:
    lines = [line for stanza in form.variants[variant] for line in stanza]
    fixed = sum(place not in "~中" for line in lines for place in line.patterns[0])
    return (
        3 * sum(bool(line.rhyme) for line in lines)
        + fixed
        + 20 * sum(bool(line.refrain) for line in lines)
        + 50 * (not form.repeat)
    )


# ---- Chinese


def _scan_zh(poem: Poem, forms: Mapping[str, Form], language: Any, book: str) -> Report:
    rows = []
    for text in poem.lines:
        characters = HAN.findall(text)
        marks = levels(text, language, book).replace("两", "中")
        rhyme = "/".join(language.rhyme_class(characters[-1], book)) if characters else ""
        rows.append((text, marks, rhyme, ""))
    form = recognised(poem, forms, language, book if book in MODERN else "")
    verdict = regulated(poem.lines, language, book)
    if verdict is not None and form.partition(" ")[0] not in SHAPES.values():
        said = [f"{name}（合律）" for name in verdict.liberties]
        return Report(tuple(rows), verdict.name, (*verdict.faults, *said))
    remarks = regulated_faults([row[1] for row in rows], [row[0] for row in rows])
    return Report(
        tuple(rows),
        form,
        (
            *remarks,
            *_liberties(poem, forms, language, form, book),
            *nearest(poem, forms, language, form, book if book in MODERN else ""),
        ),
    )


def _liberties(poem: Poem, forms: Mapping[str, Form], language: Any, kept: str, book: str) -> list[str]:
    """拗救 of a poem that keeps its form only by it."""
    name, _, variant = kept.partition(" ")
    if name not in forms:
        return []
    own = forms[name].book
    found = next(
        (
            faults(stanzas, form, v, language, "strict", own)
            for form, v, stanzas, named in _shapes(poem, forms, language)
            if named == kept and not faults(stanzas, form, v, language, "classic", own)
        ),
        [],
    )
    return [f"拗救：{fault.partition('句')[0]}句" for fault in found if fault.startswith("第")]


def regulated_faults(marks: Sequence[str], texts: Sequence[str]) -> list[str]:
    """孤平, 三平调, 失对, 失粘 of lines of five or seven characters, an even number of them."""
    sizes = {len(line) for line in marks}
    if sizes not in ({5}, {7}) or len(marks) < 4 or len(marks) % 2:
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
