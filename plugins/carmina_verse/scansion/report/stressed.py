"""A poem of a language that counts stresses, told line by line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from carmina import Form, Poem

from ..english import Scanned, plain_scan, scan_line, spoken_words
from ..inference import Diagnosis, Reading, diagnosed
from ..inference.poem import NAMES
from ..inference.rhyme import RhymeReader, rhyme_letters
from .rows import FREE, Report, demand, nearest, recognised
from .single_lines import feet_of, metre_and_scan

MOST_TOLD = 12  # words of two sounds


def told(poem: Poem, forms: Mapping[str, Form], language: Any, _book: str = "", asked: str = "") -> Report:
    """The report of a poem; ``asked``: the form that it should have."""
    if not getattr(language, "counts_stresses", True):
        return _syllabic(poem, language, asked)
    found = diagnosed(poem.stanzas, language, forms, asked)
    kept = asked or poem.form or recognised(poem, forms, language).partition(" ")[0]
    if kept in forms and _counts_syllables(forms[kept]):
        return _by_syllables(poem, forms, language, forms[kept])
    rows = [
        _row(text, letter, reading, found, language)
        for text, letter, reading in zip(poem.lines, found.letters, found.readings, strict=True)
    ]
    usual, times = Counter(metre for _, metre in rows).most_common(1)[0]
    remarks = [f"rhyme scheme {''.join(found.letters)}"] + (
        [f"metre: {usual} in {times} of {len(rows)} lines"] if usual else []
    )
    remarks += _of_two_sounds(poem, language)
    form, more = _asked(poem, forms, language, found, asked) if asked else _named(poem, forms, language, found)
    return Report(tuple(row for row, _ in rows), form, (*remarks, *more))


def _of_two_sounds(poem: Poem, language: Any) -> list[str]:
    """The words that may be said in several ways (read, wind), each with its lines and its sounds."""
    if not hasattr(language, "sounds"):
        return []
    places: dict[str, list[int]] = {}
    for number, text in enumerate(poem.lines, 1):
        for word in dict.fromkeys(spoken_words(language, text)):
            if language.sounds(word):
                places.setdefault(word, []).append(number)
    return [
        f"said in two ways: {word} (line{'s' * (len(lines) > 1)} {', '.join(map(str, lines))}): "
        + ", ".join(f"{' '.join(phones)} ({meaning})" for phones, meaning in language.sounds(word))
        for word, lines in list(places.items())[:MOST_TOLD]
    ]


def _counts_syllables(form: Form) -> bool:
    """Whether a form counts syllables alone, as a haiku does, and asks no metre of any length."""
    patterns = [line.patterns for base in form.variants.values() for stanza in base for line in stanza]
    return all(len(own) == 1 and not own[0].strip("~") for own in patterns)


def _syllabic(poem: Poem, language: Any, asked: str) -> Report:
    """Lines of a language whose verse counts syllables and knows no feet: their syllables and rhymes, and no more."""
    letters = rhyme_letters([(spoken_words(language, text) or [""])[-1] for text in poem.lines], RhymeReader(language))
    scanned = [plain_scan(language, text) for text in poem.lines]
    rows = tuple(
        (text, " ".join(heard(language, own.words, own.stresses, "")), letter, counted(own.syllables))
        for text, letter, own in zip(poem.lines, letters, scanned, strict=True)
    )
    remarks = (f"rhyme scheme {''.join(letters)}", f"syllables {'-'.join(str(own.syllables) for own in scanned)}")
    return Report(rows, asked, remarks)


def _by_syllables(poem: Poem, forms: Mapping[str, Form], language: Any, form: Form) -> Report:
    """Lines of a form that counts syllables: each word in the reading that gives the line its length."""
    wanted = [line for stanza in next(iter(form.variants.values())) for line in stanza]
    letters = rhyme_letters([(spoken_words(language, text) or [""])[-1] for text in poem.lines], RhymeReader(language))
    rows, counts = [], []
    for at, (text, letter) in enumerate(zip(poem.lines, letters, strict=True)):
        asked = wanted[at % len(wanted)]
        scanned = scan_line(language, text, asked.patterns) or plain_scan(language, text)
        counts.append((scanned.syllables, len(asked.patterns[0])))
        marks = " ".join(heard(language, scanned.words, scanned.stresses, ""))
        rows.append((text, marks, letter, counted(scanned.syllables)))
    wrong = [f"line {n} has {counted(own)}, not {of}" for n, (own, of) in enumerate(counts, 1) if own != of]
    if len(poem.lines) % len(wanted):
        wrong = [f"{form.name} has {len(wanted)} lines; this poem has {len(poem.lines)}"]
    near = [f"near to {form.name}: {'; '.join(wrong)}"] if wrong else []
    return Report(tuple(rows), form.name, (f"syllables {'-'.join(str(own) for own, _ in counts)}", *near))


def _row(
    text: str, letter: str, reading: Reading | None, found: Diagnosis, language: Any
) -> tuple[tuple[str, str, str, str], str]:
    """(the row, the line's metre)."""
    if reading is not None:
        metre = f"{found.metre} {NAMES[reading.feet]}"
        scanned = Scanned(tuple(spoken_words(language, text)), reading.stresses, reading.places, reading.licences)
    else:
        metre, scanned = metre_and_scan(language, text)
    feet = feet_of(language, scanned) if metre else ""
    said = (counted(scanned.syllables), metre, *scanned.exceptions, feet)
    marks = " ".join(heard(language, scanned.words, scanned.stresses, scanned.pattern))
    return (text, marks, letter, ", ".join(filter(None, said))), metre


def counted(syllables: int) -> str:
    """``1 syllable``, ``7 syllables``"""
    return f"{syllables} syllable{'s' * (syllables != 1)}"


def heard(language: Any, words: Sequence[str], stresses: Sequence[str], pattern: str) -> list[str]:
    """The stress of each word as it is heard in its line: 1 full, 2 half, 0 none.

    A longer word keeps its own stresses, and a weak syllable of it that carries a beat is half stressed. A word of one
    syllable takes its stress from the beat: on it full, or half where it is a small word; off it none. Without a metre
    it is stressed by what it means.
    """
    full = [bool(said and said[-1].content) for said in language.syllabify(list(words))]
    places = pattern if len(pattern) == sum(map(len, stresses)) else ""
    out, at = [], 0
    for digits, strong in zip(stresses, full, strict=True):
        own = places[at : at + len(digits)]
        at += len(digits)
        if len(digits) == 1:
            beat = own == "+" if own else strong
            out.append(("1" if strong else "2") if beat else "0")
        else:
            out.append("".join("2" if d == "0" and p == "+" else d for d, p in zip(digits, own or digits, strict=True)))
    return out


def _asked(poem: Poem, forms: Mapping[str, Form], language: Any, found: Diagnosis, asked: str) -> tuple[str, list[str]]:
    """What a poem is beside the form that it should have."""
    form = forms[asked]
    if any(name.partition(" ")[0] == asked for name in [recognised(poem, {asked: form}, language)]):
        return asked, []
    if found.form.partition(" ")[0] == asked:
        return found.form, [f"near to {found.form}: {'; '.join(found.faults)}"] if found.faults else []
    near = nearest(poem, {asked: form}, language, "", "")
    sizes = " or ".join(dict.fromkeys(str(sum(map(len, base))) for base in form.variants.values()))
    times = "a multiple of " if form.repeat else ""
    return f"not {asked}", near or [
        f"{asked} has {times}{sizes} lines in its own metre; this poem has {len(poem.lines)}"
    ]


def _named(poem: Poem, forms: Mapping[str, Form], language: Any, found: Diagnosis) -> tuple[str, list[str]]:
    """(the form, what goes against it): that which is kept to the letter, else that which the whole poem is."""
    kept = recognised(poem, forms, language)
    base, _, variant = kept.partition(" ")
    if kept and (base == poem.form or demand(forms[base], variant) > FREE):  # its own form, or one that few poems keep
        return kept, []
    if found.form:
        return found.form, [f"near to {found.form}: {'; '.join(found.faults)}"] if found.faults else []
    if near := nearest(poem, forms, language, kept, ""):
        return kept, near
    if found.shape.metre and found.stanza:
        return f"{found.stanza} of {found.shape.name}", list(found.faults)
    return kept, list(found.faults) if not kept or kept.startswith("free-verse") else []
