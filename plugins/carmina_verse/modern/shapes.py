"""The shapes of modern texts: free verse, prose in paragraphs, and lines of set length that rhyme (songs)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from carmina import Form, NoSolution, VerseBrief

from ..chinese.corpus import rhyme_class
from .corpus import MARKS, STOPS
from .line import LinePlan
from .plan import ModernPlan
from .poet import ENDS, ModernPoet
from .request import Wish, in_lines, rhyme_asked
from .tokenizer import LINE_END, SIZE

LONGEST, SHORTEST = 18, 3  # characters of a line of free verse
STANZA = (3, 4, 4, 5)  # lines of its stanzas, by chance
MEANS = (6.5, 11.0)  # characters of a poem's lines on the mean: from, to
SPREAD = 2.6
PARAGRAPH = (45, 85)  # symbols of a paragraph
MOST_SENTENCE = 36
GOLDEN = 0.6180339887


@dataclass
class Piece:
    """A text that is written."""

    stanzas: list[list[str]]
    rhymes: list[tuple[str, str]]  # of every line its rhyme letter and its refrain
    classes: dict[str, str] = field(default_factory=dict)
    variant: str = ""


def _stanzas(brief: VerseBrief, form: Form) -> int:
    return brief.stanzas if brief.stanzas is not None else form.repeat


def _due(owed: Sequence[str], at: int, total: int, subjects: int) -> list[str]:
    """The owed words whose turn has come at a line."""
    done = subjects - len(owed)
    return list(owed[:2]) if owed and (at + 1) / total >= 0.75 * done / max(1, subjects) else []


def verse(
    poet: ModernPoet, form: Form, brief: VerseBrief, wish: Wish, plan: ModernPlan, rng: np.random.Generator
) -> Piece:
    """Free verse: lines of many lengths, given ones first."""
    given = in_lines(wish.given, LONGEST)
    sizes = [int(rng.choice(STANZA)) for _ in range(_stanzas(brief, form))]
    letters = brief.acrostic
    while sum(sizes) < len(letters):
        sizes.append(min(5, max(2, len(letters) - sum(sizes))))
    if sum(sizes) <= len(given):
        sizes.append(len(given) - sum(sizes) + int(rng.choice(STANZA)))
    total, mean = sum(sizes), float(rng.uniform(*MEANS)) + (1.5 if plan.openers else 0)
    inner = poet.characters.mask(MARKS)
    at, stanzas = 0, []
    for number, size in enumerate(sizes):
        lines = []
        pause = float(rng.random())
        for place in range(size):
            end = ENDS["poem" if at + 1 == total else "stanza" if place + 1 == size else "line"]
            if at < len(given):
                poet.stand(given[at], end=end)
                lines.append(given[at])
            else:
                opener = plan.openers[number] if place == 0 and number < len(plan.openers) else ""
                opener = letters[at] if at < len(letters) else opener
                closes = place + 1 == size or (size > 3 and place == size // 2 - 1 and pause < 0.5)
                plans = _free(poet, rng, mean, (at, total), end, opener, inner, closes)
                images = plan.images[number] if number < len(plan.images) else ()
                lines.append(poet.line(plans, images, _due(poet.owed, at, total, len(plan.subjects))))
            at += 1
        stanzas.append(lines)
    stanzas[-1][-1] = re.sub(r"[，、；：—]+$", "。", stanzas[-1][-1])
    return Piece(stanzas, [("", "")] * total)


def _free(
    poet: ModernPoet,
    rng: np.random.Generator,
    mean: float,
    place: tuple[int, int],
    end: int,
    opener: str,
    inner: np.ndarray,
    closes: bool,
) -> list[LinePlan]:
    """``place``: the line, from 0, and how many there are; ``closes``: whether a sentence ends with it, else none
    does."""
    at, total = place
    stops, marks = poet.characters.mask("。！？"), poet.characters.mask(set(MARKS) - {"，"})
    opening = poet.characters.ids(opener) or ()
    plans = []
    for _ in range(6):
        length = int(
            np.clip(round(rng.normal(mean + len(opening) / 2, SPREAD)), max(SHORTEST, len(opening) + 2), LONGEST)
        )
        plans.append(
            LinePlan(
                poet.allowed,
                np.zeros(SIZE, np.float32),
                length,
                at + 1,
                total - at,
                end=end,
                last=stops if closes else poet.allowed & ~marks & ~poet.edges["dangling"],
                inner=inner,
                opening=opening,
                **poet.edges,
            )
        )
    return plans


def prose(
    poet: ModernPoet, form: Form, brief: VerseBrief, wish: Wish, plan: ModernPlan, rng: np.random.Generator
) -> Piece:
    """Paragraphs of sentences, given ones first."""
    ids, inner = poet.characters.tokens.ids, poet.characters.mask(MARKS)
    stops, closers = frozenset(ids[c] for c in STOPS), frozenset((ids["”"],))
    sizes = [int(rng.integers(*PARAGRAPH)) for _ in range(_stanzas(brief, form))]
    given = [part for text in wish.given for part in re.findall(r"[^。！？…]+[。！？…]*[”]?", text)]
    begun = _begun(given)
    total, stanzas, written = sum(sizes) + sum(map(len, given)), [], 0
    for number, size in enumerate(sizes):
        lines: list[str] = []
        if number == 0 and given:
            for text in [*given, begun]:
                poet.stand(text)
            lines += given
            written += sum(map(len, given))
        start = sum(map(len, lines))
        while sum(map(len, lines)) - start < size:
            opener = plan.openers[number] if not lines and number < len(plan.openers) else ""
            line_plan = LinePlan(
                poet.allowed,
                np.zeros(SIZE, np.float32),
                left=max(8, total - written),
                stops=stops,
                closers=closers,
                most=MOST_SENTENCE,
                inner=inner,
                opening=poet.characters.ids(opener) or (),
                **poet.edges,
            )
            images = plan.images[number] if number < len(plan.images) else ()
            text = poet.line([line_plan], images, _due(poet.owed, written, total, len(plan.subjects)), _short)
            lines.append(begun + text)
            written, begun = written + len(text), ""
        poet.stand("", end=LINE_END if number + 1 < len(sizes) else ENDS["poem"])
        stanzas.append(lines)
    return Piece(stanzas, [("", "")] * sum(map(len, stanzas)))


def _begun(given: list[str]) -> str:
    """The sentence that is given up to a comma, a colon or the like, taken from the end of what is given: the text goes
    on from its last mark. A clause without any mark is a sentence, and is closed."""
    if not given or given[-1][-1] in STOPS + "”":
        return ""
    if given[-1][-1] in MARKS:
        return given.pop()
    given[-1] += "。"
    return ""


def _short(text: str) -> bool:
    """Whether a sentence is one that the form can hold."""
    return 2 <= sum("一" <= c <= "鿿" for c in text) <= MOST_SENTENCE


def songs(
    poet: ModernPoet, form: Form, brief: VerseBrief, wish: Wish, plan: ModernPlan, rng: np.random.Generator
) -> Piece:
    """Lines of set length that rhyme, and refrains; given lines first where they fit."""
    variant = list(form.variants)[brief.seed % len(form.variants)]
    base = form.variants[variant]
    shape = [
        [(line, f"{line.rhyme}{n}" if line.rhyme and form.repeat else line.rhyme) for line in stanza]
        for n in range(_stanzas(brief, form) if form.repeat else 1)
        for stanza in base
    ]
    total = sum(map(len, shape))
    wanted = rhyme_asked(brief.rhyme, list(poet.characters.rhymes), poet.characters.classes)
    classes = _classes(poet, shape, brief.seed, plan, wanted)
    used: dict[str, set[str]] = {}
    copies: dict[str, str] = {}
    at, stanzas, rhymes = 0, [], []
    for number, stanza in enumerate(shape):
        lines = []
        for place, (line, letter) in enumerate(stanza):
            end = ENDS["poem" if at + 1 == total else "stanza" if place + 1 == len(stanza) else "line"]
            if line.refrain in copies:
                text = copies[line.refrain]
                poet.stand(text, end=end)
            else:
                plans = _set(poet, line, letter, classes, used, at, total, end, rng)
                images = plan.images[number % len(plan.images)] if plan.images else ()
                text = poet.line(plans, images, _due(poet.owed, at, total, len(plan.subjects)))
                if line.refrain:
                    copies[line.refrain] = text
            if letter:
                used.setdefault(letter, set()).add(text[-1])
            lines.append(text + ("。" if place % 2 or place + 1 == len(stanza) else "，"))
            rhymes.append((letter, line.refrain))
            at += 1
        stanzas.append(lines)
    return Piece(stanzas, rhymes, classes, variant)


def _classes(poet: ModernPoet, shape: Sequence[Any], seed: int, plan: ModernPlan, wanted: str) -> dict[str, str]:
    table = poet.characters.rhymes
    names = sorted(table)
    weights = np.sqrt([float(table[name].sum()) for name in names])
    edges = np.cumsum(weights / weights.sum())
    chosen: dict[str, str] = {}
    for letter in dict.fromkeys(letter for stanza in shape for _line, letter in stanza if letter):
        if wanted and not chosen:
            chosen[letter] = wanted
            continue
        told = [word[-1] for word in [*plan.subjects, *(word for own in plan.images for word in own)] if word]
        fit = [
            name
            for name in names
            if any(table[name][poet.characters.tokens.ids.get(c, 0)] for c in told) and name not in chosen.values()
        ]
        if fit:
            chosen[letter] = fit[(seed + len(chosen)) % len(fit)]
            continue
        for turn in range(len(names)):
            at = (seed * GOLDEN + len("".join(plan.subjects)) * 0.13 + len(chosen) * 0.31 + turn * 0.17) % 1.0
            name = names[min(int(np.searchsorted(edges, at)), len(names) - 1)]
            if name not in chosen.values():
                break
        chosen[letter] = name
    return chosen


def _set(
    poet: ModernPoet,
    line: Any,
    letter: str,
    classes: dict[str, str],
    used: dict[str, set[str]],
    at: int,
    total: int,
    end: int,
    rng: np.random.Generator,
) -> list[LinePlan]:
    last, final = None, 0
    if letter:
        last = poet.characters.rhymes[classes[letter]] & ~poet.characters.mask(used.get(letter, ()))
        if not last.any():
            raise NoSolution(f"no rhyme is left in {classes[letter]}; ask for fewer stanzas.")
        finals = [rhyme_class(poet.characters.tokens.pieces[n]) for n in np.flatnonzero(last)[:25]]
        final = int(np.bincount(finals).argmax())
    lengths = [len(pattern) for pattern in line.patterns]
    return [
        LinePlan(
            poet.allowed,
            np.zeros(SIZE, np.float32),
            int(length),
            at + 1,
            total - at,
            final,
            bool(letter),
            last,
            end,
            **poet.edges,
        )
        for length in rng.permutation(lengths)[:4]
    ]
