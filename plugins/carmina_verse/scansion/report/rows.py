"""A report's rows, and the forms that a poem keeps to the letter."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from carmina import Form, Poem

from ..faults import expected, faults

FREE = 60  # what free verse asks at most, see demand
ACROSTICS = ("acrostic", "藏头诗")
PROSE = ("散文", "小说")


@dataclass(frozen=True, slots=True)
class Report:
    """One poem, scanned."""

    lines: tuple[tuple[str, str, str, str], ...]  # text, marks, rhyme letter, remark
    form: str  # recognised; empty: none
    remarks: tuple[str, ...]


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


def recognised(poem: Poem, forms: Mapping[str, Form], language: Any, book: str = "") -> str:
    """The form that a poem keeps in every line; of several, the one that asks most."""
    kept = [
        (demand(form, variant), named)
        for form, variant, stanzas, named in shapes_of(poem, forms, language)
        if not faults(stanzas, form, variant, language, "classic", book or form.book)
    ]
    return max(kept, default=(0, ""))[1]


def nearest(poem: Poem, forms: Mapping[str, Form], language: Any, kept: str, book: str) -> list[str]:
    """The fixed form that a poem comes nearest to, with what it breaks, where it keeps none that asks as much."""
    tried = [
        (len(found), -demand(form, variant), named, found)
        for form, variant, stanzas, named in shapes_of(poem, forms, language)
        if (found := faults(stanzas, form, variant, language, "classic", book or form.book))
        and demand(form, variant) > FREE
    ]
    best = min(tried, key=lambda entry: entry[:2], default=None)
    asked = max(
        (demand(form, variant) for form, variant, _stanzas, named in shapes_of(poem, forms, language) if named == kept),
        default=0,
    )
    if best is None or asked > FREE or best[0] > max(2, len(poem.lines) // 2):
        return []
    return [f"near to {best[2]}: {'; '.join(best[3])}"]


def shapes_of(poem: Poem, forms: Mapping[str, Form], language: Any) -> Iterator[tuple[Form, str, Any, str]]:
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


def demand(form: Form, variant: str) -> int:
    lines = [line for stanza in form.variants[variant] for line in stanza]
    fixed = sum(place not in "~中" for line in lines for place in line.patterns[0])
    return (
        3 * sum(bool(line.rhyme) for line in lines)
        + fixed
        + 20 * sum(bool(line.refrain) for line in lines)
        + 50 * (not form.repeat)
    )
