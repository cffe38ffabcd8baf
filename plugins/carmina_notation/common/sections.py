"""The sections of a song: what files call them, and which of them share a tune."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from carmina import Note, SectionKind, SectionMark

from .timeline import Timeline

# Beginnings of what people write above a stanza, lower case; the longer name is tried first.
_NAMES: dict[SectionKind, tuple[str, ...]] = {
    "prechorus": ("pre-chorus", "prechorus", "pre chorus", "导歌", "導歌"),
    "chorus": ("chorus", "refrain", "hook", "副歌", "kehrreim", "ritornello"),
    "verse": ("verse", "vers", "strophe", "couplet", "stanza", "strofa", "主歌"),
    "bridge": ("bridge", "middle eight", "brücke", "pont", "桥段", "橋段"),
    "intro": ("intro", "前奏", "introduction"),
    "outro": ("outro", "coda", "ending", "尾声", "尾聲", "尾奏"),
}


def label_of(mark: SectionMark) -> str:
    """What to print above a section."""
    return mark.label or mark.kind.capitalize()


def kind_of(label: str) -> SectionKind:
    """The kind of section that a label names; ``other`` where it names none."""
    plain = label.strip().strip("[](){}").lower()
    return next((kind for kind, names in _NAMES.items() if plain.startswith(names)), "other")


def marks(labels: Iterable[tuple[int, str]], notes: Sequence[Note], end_ticks: int) -> tuple[SectionMark, ...]:
    """Labels at ticks -> sections that last until the next. Those with equal notes share a melody's letter."""
    labels = sorted(dict(labels).items())
    ends = [*(tick for tick, _ in labels[1:]), end_ticks][: len(labels)]
    letters: dict[tuple, str] = {}
    sung: dict[str, int] = {}
    found, line = [], Timeline(notes)
    for (onset, label), end in zip(labels, ends, strict=True):
        if end <= onset:
            continue
        tune = tuple((n.pitch, n.onset_ticks - onset, n.length_ticks) for n in line.between(onset, end))
        letter = letters.setdefault(tune, letter_name(len(letters)))
        sung[letter] = sung.get(letter, 0) + 1
        found.append(SectionMark(onset, end - onset, kind_of(label), label, letter, sung[letter]))
    return tuple(found)


def letter_name(index: int) -> str:
    """0 -> A, 25 -> Z, 26 -> A2."""
    return "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[index % 26] + (str(index // 26 + 1) if index >= 26 else "")


def merged_label(labels: Sequence[str]) -> str:
    """One heading for verses printed together: "Verse 1, 2, 3", or "A / B" where the labels share no beginning."""
    if len(set(labels)) == 1:
        return labels[0]
    numbered = [match for label in labels if (match := re.fullmatch(r"(.*\D)(\d+)", label))]
    if len(numbered) == len(labels) and len({match[1] for match in numbered}) == 1:
        return numbered[0][1] + ", ".join(match[2] for match in numbered)
    return " / ".join(labels)


def label_in_pass(label: str, index: int, passes: int) -> str:
    """Undoes :func:`merged_label` for the ``index``-th pass of ``passes``."""
    numbered = re.fullmatch(r"(.*?\D)(\d+(?:, \d+)+)", label)
    parts = [numbered[1] + n for n in numbered[2].split(", ")] if numbered else label.split(" / ")
    return parts[index] if len(parts) == passes and passes > 1 else label
