"""Which stanzas share a tune: repeated words always, stanzas of like shape when the song is strophic."""

from __future__ import annotations

from dataclasses import dataclass, replace

from carmina import Line, Lyrics, Section

from .passes.piece import Frame

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True, slots=True)
class Tune:
    """One tune and the stanzas that are sung to it."""

    name: str  # "A", "B", ..., "AA", ...
    members: tuple[int, ...]  # indices of sections, the first leads
    lead: Section  # the leading stanza, its stress averaged over all members of like length


def tunes_of(lyrics: Lyrics, strophic: bool) -> list[Tune]:
    """Tunes in order of first appearance."""
    groups: list[list[int]] = []
    for index, section in enumerate(lyrics.sections):
        for group in groups:
            first = lyrics.sections[group[0]]
            if _words(first) == _words(section) or (strophic and _alike(first, section)):
                group.append(index)
                break
        else:
            groups.append([index])
    return [Tune(_name(n), tuple(group), _lead([lyrics.sections[i] for i in group])) for n, group in enumerate(groups)]


def _name(number: int) -> str:
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = LETTERS[rest] + letters
    return letters


def _words(section: Section) -> list[list[str]]:
    return [[s.text.lower() for s in line.syllables] for line in section.lines]


def _alike(first: Section, other: Section) -> bool:
    """The same kind, as many lines, and no line more than two syllables or a quarter longer or shorter."""
    if first.kind != other.kind or len(first.lines) != len(other.lines):
        return False
    counts = [(len(a.syllables), len(b.syllables)) for a, b in zip(first.lines, other.lines, strict=True)]
    return all(abs(a - b) <= max(2, a // 4) and a <= 2 * b <= 4 * a for a, b in counts)


def _lead(sections: list[Section]) -> Section:
    lead = sections[0]
    lines = [
        _averaged([s.lines[i] for s in sections if len(s.lines[i].syllables) == len(line.syllables)])
        for i, line in enumerate(lead.lines)
    ]
    return replace(lead, lines=tuple(lines))


def _averaged(lines: list[Line]) -> Line:
    """The first line with the stress that most of the lines have at each place."""
    syllables = []
    for column in zip(*(line.syllables for line in lines), strict=True):
        known = [s.stress for s in column if s.stress is not None]
        stressed = sum(1 for stress in known if stress)
        most = column[0].stress
        if known and stressed * 2 != len(known):
            most = (column[0].stress or 1) if stressed * 2 > len(known) else 0
        syllables.append(replace(column[0], stress=most))
    return Line(tuple(syllables))


def marked(frames: list[Frame], tunes: list[Tune], sections: int) -> list[Frame]:
    """The frames of the tunes' lines, told which line closes the song, and that a bridge answers nothing before it."""
    at = 0
    for tune in tunes:
        own = frames[at : at + len(tune.lead.lines)]
        for frame in own:
            frame.answers_from = at if tune.lead.kind == "bridge" else 0
        own[-1].closes = sections - 1 in tune.members
        at += len(own)
    return frames
