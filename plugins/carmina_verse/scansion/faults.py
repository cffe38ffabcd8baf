"""Says what is wrong with a poem's form, from its text alone. Shares nothing with what writes poems but lexicon and
form data."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from carmina import BadInput, Form, FormLine, Tonal

from .claims import claim_faults
from .english import scan_line, words_in
from .levels import HAN, level_faults

FREE_LENGTHS = 12  # lengths from which a line counts as free
LETTERS = {"strict": ("perfect",), "classic": ("perfect",), "slant": ("perfect", "slant")}
Text = Sequence[Sequence[str]]  # stanzas of lines


def check_notes(stanzas: Text, notes: Mapping[str, Any], forms: Mapping[str, Form], language: Any) -> list[str]:
    """The faults of a poem against its own certificate; raises ``BadInput`` for one that says too little or is
    damaged."""
    try:
        return _checked(stanzas, notes, forms, language)
    except (AttributeError, IndexError, KeyError, TypeError, ValueError) as fault:
        lacking = f"it lacks {fault}" if isinstance(fault, KeyError) else "a part of it has another kind than it should"
        raise BadInput(
            f"the certificate is damaged: {lacking[:100]}. Give the poem.json as carmina verse wrote it."
        ) from fault


def _checked(stanzas: Text, notes: Mapping[str, Any], forms: Mapping[str, Form], language: Any) -> list[str]:
    form = forms.get(str(notes.get("form")))
    if form is None or notes.get("variant") not in form.variants:
        raise BadInput(f"the certificate names no known form: {notes.get('form')!r} {notes.get('variant', '')!r}.")
    found = faults(
        stanzas,
        form,
        str(notes["variant"]),
        language,
        str(notes.get("strictness", "classic")),
        str(notes.get("book") or ""),
        _given(notes),
    )
    found += _acrostic_faults(stanzas, str(notes.get("acrostic", "")), form.language)
    return found + claim_faults([line for stanza in stanzas for line in stanza], notes, language)


def _given(notes: Mapping[str, Any]) -> frozenset[int]:
    """Numbers from 0 of the lines that a person gave and that stand as they are; only a poem's first lines can be."""
    numbers = sorted(int(number) - 1 for number in notes.get("liberties", {}))
    opening = notes.get("plan", {}).get("opening", ())
    return frozenset(number for number in numbers if 0 <= number < len(opening))


def faults(
    stanzas: Text,
    form: Form,
    variant: str,
    language: Any,
    strictness: str = "classic",
    book: str = "",
    given: frozenset[int] = frozenset(),
) -> list[str]:
    """Everything in which a poem breaks its form, one line each; empty: the form holds. The metre of ``given`` lines
    is not asked."""
    wanted = expected(form, variant, [len(stanza) for stanza in stanzas])
    shape = [len(stanza) for stanza in stanzas]
    if strictness not in LETTERS:
        return [f"the strictness {strictness!r} is none of {', '.join(LETTERS)}"]
    if [len(stanza) for stanza in wanted] != shape:
        return [f"stanzas of {shape} lines; {form.name} has {[len(stanza) for stanza in wanted]}"]
    asked = [line for stanza in wanted for line in stanza]
    texts = [line for stanza in stanzas for line in stanza]
    found = _refrain_faults(texts, asked, form.language)
    if isinstance(language, Tonal):
        return found + _chinese(texts, asked, language, strictness, book or form.book)
    return found + _english(texts, asked, language, strictness, given)


def is_free(form: Form) -> bool:
    """Whether a form leaves lines and stanzas open: it repeats, nothing rhymes, a line may have any of many lengths."""
    lines = [line for stanzas in form.variants.values() for stanza in stanzas for line in stanza]
    many = all(len(line.patterns) >= FREE_LENGTHS and not set("".join(line.patterns)) - {"中"} for line in lines)
    return bool(form.repeat) and many and not any(line.rhyme or line.refrain for line in lines)


def expected(form: Form, variant: str, sizes: Sequence[int]) -> list[list[FormLine]]:
    """The lines that a poem with stanzas of so many lines must have; rhymes differ from repetition to repetition.

    A form that is free takes the poem's own stanzas.
    """
    base = [list(stanza) for stanza in form.variants[variant]]
    stanzas, lines = len(sizes), sum(sizes)
    if not form.repeat:
        return base
    if is_free(form):
        return [[base[0][0]] * size for size in sizes]
    out = [
        [replace(line, rhyme=f"{line.rhyme}{number}" if line.rhyme else "") for line in base[number % len(base)]]
        for number in range(stanzas)
    ]
    if form.name in ("acrostic", "藏头诗"):
        while out and sum(map(len, out)) > lines and out[-1]:
            out[-1].pop()  # as many lines as letters
    return [stanza for stanza in out if stanza]


def _plain(text: str, language: str) -> list[str]:
    return HAN.findall(text) if language == "zh" else words_in(text)


def _refrain_faults(texts: Sequence[str], asked: Sequence[FormLine], language: str) -> list[str]:
    first: dict[str, list[str]] = {}
    found = []
    for number, (text, line) in enumerate(zip(texts, asked, strict=True), 1):
        words = _plain(text, language)
        if line.refrain.startswith("^"):
            whole = first.get(line.refrain[1:], [])
            if len(words) < 2 or whole[: len(words)] != words:
                found.append(f"line {number} is not how the refrain begins")
        elif line.refrain and first.setdefault(line.refrain, words)[-max(1, len(words)) :] != words:
            found.append(f"line {number} does not repeat its refrain")
        if line.closing and words[-1:] != first.setdefault(f"${line.closing}", words[-1:]):
            found.append(f"line {number} does not close with {' '.join(first['$' + line.closing]) or 'its refrain'!r}")
    return found


def _acrostic_faults(stanzas: Text, letters: str, language: str) -> list[str]:
    texts = [line for stanza in stanzas for line in stanza]
    firsts = [(_plain(text, language) or ["?"])[0].lstrip("'")[:1] for text in texts[: len(letters)]]
    return [] if "".join(firsts) == letters else [f"the lines begin with {''.join(firsts)!r}, not {letters!r}"]


# ---- English


def _english(
    texts: Sequence[str], asked: Sequence[FormLine], language: Any, strictness: str, given: frozenset[int]
) -> list[str]:
    found = []
    free = {asked[at].refrain for at in given} - {""}
    for number, (text, line) in enumerate(zip(texts, asked, strict=True), 1):
        if number - 1 in given or line.refrain in free:
            continue
        if not line.refrain.startswith("^") and scan_line(language, text, line.patterns, strictness) is None:
            found.append(f"line {number} does not keep {' or '.join(line.patterns)}: {text}")
    for group in _groups(asked):
        ends = {at: _rhyme_unit(words_in(texts[at]), asked[at]) or "" for at in group}
        for one, other in zip(group, group[1:], strict=False):
            copies = asked[one].refrain and asked[one].refrain == asked[other].refrain
            if not copies and not _rhymes(language, [ends[at] for at in group if at < other], ends[other], strictness):
                found.append(f"lines {one + 1} and {other + 1}: {ends[one]} and {ends[other]} do not rhyme")
    return found


def _rhymes(language: Any, before: Sequence[str], word: str, strictness: str) -> bool:
    return any(language.rhymes_with(other, word) in LETTERS[strictness] or (other == word) for other in before) and all(
        language.rhymes_with(other, word) is not None for other in before
    )


def _rhyme_unit(units: Sequence[str], line: FormLine) -> str:
    """The word (or character) of a line that should rhyme: its last, or the one before a closing refrain."""
    at = -2 if line.closing else -1
    return units[at] if len(units) >= -at else ""


def _groups(asked: Sequence[FormLine]) -> list[list[int]]:
    groups: dict[str, list[int]] = defaultdict(list)
    for at, line in enumerate(asked):
        if line.rhyme:
            groups[line.rhyme].append(at)
    return list(groups.values())


# ---- Chinese


def _chinese(texts: Sequence[str], asked: Sequence[FormLine], language: Any, strictness: str, book: str) -> list[str]:
    found = level_faults(texts, [line.patterns for line in asked], language, strictness, book)
    for group in _groups(asked):
        ends = [_rhyme_unit(HAN.findall(texts[at]), asked[at]) or "？" for at in group]
        if not _one_class(ends, language, book, strictness):
            found.append(f"韵脚 {'、'.join(ends)} 不同韵（{book}）")
        own = [end for at, end in zip(group, ends, strict=True) if not (asked[at].refrain and _copied(asked, at))]
        if len(set(own)) < len(own):
            found.append(f"韵脚重字：{'、'.join(ends)}")
    return found


def _copied(asked: Sequence[FormLine], at: int) -> bool:
    return any(line.refrain == asked[at].refrain for line in asked[:at])


def _one_class(ends: Sequence[str], language: Any, book: str, strictness: str) -> bool:
    """Whether one class holds every rhyme, or (slant) is near to it; in the ci book 平 and 仄 of a group count as
    one."""
    classes = [{name.rstrip("平仄") for name in language.rhyme_class(end, book)} for end in ends]
    if strictness == "slant":
        classes = [
            own
            | {
                near.rstrip("平仄")
                for name in language.rhyme_class(end, book)
                for near in language.near_classes(name, book)
            }
            for own, end in zip(classes, ends, strict=True)
        ]
    return bool(set.intersection(*classes)) if classes else True
