"""New words under an old tune: each syllable once and in order, stress on strong beats, slurs and splits where counts
differ."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from carmina import BadInput, BadOption, EditBrief, Note, Score, Section, Workshop, Writer

from ..corpus.encoding import grid_of
from ..passes.piece import Grid, Sung
from ..passes.vocabulary import TICKS_PER_UNIT
from .existing import units
from .phrasing import phrases
from .tune_parts import Part, Placed, parts_of, row
from .underlaying import under

CROWDED = 1.5  # syllables a note above which a stanza is sung in turns
_AT_THE_END = frozenset(("fermata", "breath-mark", "caesura", "slur-stop"))
SHORTEST = 2  # units of the longest split that anybody can sing


class UnderlayWriter(Writer):
    """Every section of the words is sung to a section of the song: one of its kind where there is one, else the next in
    turn."""

    name = "underlay"
    summary = "puts new words under the tune of a song, or adds them as a further verse"
    takes, gives = "EditBrief", "Score"

    def write(self, brief: EditBrief, workshop: Workshop) -> Score:
        """Same brief: same score. No model is asked."""
        score, lyrics = brief.score, brief.lyrics
        if lyrics is None:
            raise BadOption("words", "nothing", "the words to sing")
        if not score.sung_notes:
            raise BadInput("the song has no melody: no track holds notes that could be sung. Choose another file.")
        grid, parts = grid_of(score), [part for part in parts_of(score) if _notes(score, part)]
        placed = [_as_it_is(score, part) for part in parts] if brief.keep_words else []
        sections = [piece for section in lyrics.sections for piece in _in_turns(section, score, parts)]
        for section, part in zip(sections, _chosen(sections, parts), strict=True):
            voice = _sung(section, _notes(score, part), grid)
            placed.append(_after(placed, part, section, voice))
        return row(score, _numbered(placed), "" if brief.keep_words else lyrics.title, lyrics.language)


def _notes(score: Score, part: Part) -> list[Note]:
    return [note for note in score.sung_notes if part.start <= note.onset_ticks < part.stop]


def _in_turns(section: Section, score: Score, parts: Sequence[Part]) -> list[Section]:
    """A stanza that is much too long for its tune is sung to it several times over, some lines each time."""
    own = [part for part in parts if part.kind == section.kind] or parts
    notes = max(sum(not note.continues for note in _notes(score, part)) for part in own)
    said = sum(len(line.syllables) for line in section.lines)
    turns = min(len(section.lines), round(said / notes)) if said > CROWDED * notes else 1
    cuts = [len(section.lines) * n // turns for n in range(turns + 1)]
    return [
        replace(section, lines=section.lines[a:b], label=section.label if a == 0 else "")
        for a, b in zip(cuts, cuts[1:], strict=False)
    ]


def _chosen(sections: Sequence[Section], parts: Sequence[Part]) -> list[Part]:
    """Which part each section is sung to."""
    tunes = {part.name: part for part in reversed(parts)}
    ordered = sorted(tunes.values(), key=lambda part: part.start)
    if len(sections) == len(parts) and all(s.kind == p.kind for s, p in zip(sections, parts, strict=True)):
        return list(parts)
    found: list[Part] = []
    turn = 0
    for section in sections:
        alike = [part for part in ordered if part.kind == section.kind]
        if alike:
            found.append(
                alike[sum(s is not section and s.kind == section.kind for s in sections[: len(found)]) % len(alike)]
                if len(alike) > 1
                else alike[0]
            )
        else:
            found.append(ordered[turn % len(ordered)])
            turn += 1
    return found


def _as_it_is(score: Score, part: Part) -> Placed:
    return Placed(part, 0, part.kind, part.label, 1, tuple(_notes(score, part)))


def _after(placed: Sequence[Placed], part: Part, section: Section, voice: Sequence[Note]) -> Placed:
    """The part behind those that are placed, its first bar on the next bar line that leaves room for its pickup."""
    if not placed:
        shift = -min(part.start, part.anchor)
    else:
        last = placed[-1]
        at = last.part.anchor + last.shift + last.part.body
        while at - part.pickup < max((note.end_ticks for note in last.voice), default=0):
            at += last.part.bar
        shift = at - part.anchor
    moved = tuple(replace(note, onset_ticks=note.onset_ticks + shift) for note in voice)
    return Placed(part, shift, section.kind, section.label, 1, moved)


def _numbered(placed: Sequence[Placed]) -> list[Placed]:
    sung: dict[str, int] = {}
    out = []
    for one in placed:
        sung[one.part.name] = sung.get(one.part.name, 0) + 1
        out.append(replace(one, verse=sung[one.part.name]))
    return out


def _sung(section: Section, notes: Sequence[Note], grid: Grid) -> list[Note]:
    """The part's notes under the section's words."""
    counts = [sum(1 + s.extra_notes for s in line.syllables) for line in section.lines]
    total = sum(n.length_ticks for n in notes) // TICKS_PER_UNIT
    if sum(counts) * SHORTEST > total:
        raise BadInput(
            f"{sum(counts)} syllables are too many for a tune of {len(notes)} notes: nobody could sing them. "
            "Give fewer words, or cut them into stanzas, each of which is sung to the whole tune."
        )
    out: list[Note] = []
    for line, own in zip(section.lines, phrases(notes, counts), strict=True):
        sung = _line(line.syllables, own, grid)
        _check_apart([*out[-1:], *sung], line.syllables, own)
        out += sung
    return out


def _line(syllables: Sequence, notes: Sequence[Note], grid: Grid) -> list[Note]:
    """Each note as it was, but for its word; of one that is split, the first part has what stands before it and the
    last what is at its end."""
    sung = _in_units(notes)
    out: list[Note] = []
    for note in under(syllables, sung, grid):
        start, like = _tick(note.onset, sung, notes, False)
        stop, _same = _tick(note.onset + note.length, sung, notes, True)
        first, last = start == like.onset_ticks, stop == like.end_ticks
        out.append(
            replace(
                like,
                pitch=note.height,
                onset_ticks=start,
                length_ticks=max(1, stop - start),
                syllable=None if note.continues else syllables[note.syllable],
                continues=note.continues,
                delay_ticks=like.delay_ticks if first else 0,
                ring_ticks=like.ring_ticks if last else 0,
                graces=tuple(grace for grace in like.graces if (last if grace.after else first)),
                marks=tuple(mark for mark in like.marks if (last if mark in _AT_THE_END else first)),
            )
        )
    return out


def _check_apart(sung: Sequence[Note], syllables: Sequence, notes: Sequence[Note]) -> None:
    """Refuse a line whose notes would lie on one another, or on the end of the line before."""
    if any(a.end_ticks > b.onset_ticks for a, b in pairwise(sung)):
        raise BadInput(
            f"the line {' '.join(s.text for s in syllables)!r}, or the one before it, has more syllables than its "
            f"phrase of {len(notes)} short notes can hold. Give fewer words, or cut the lines otherwise."
        )


def _in_units(notes: Sequence[Note]) -> list[Sung]:
    """The notes in units, none on top of another however short they are."""
    out: list[Sung] = []
    for note in notes:
        onset = max(units(note.onset_ticks), out[-1].onset + out[-1].length if out else 0)
        out.append(Sung(onset, max(1, units(note.end_ticks) - onset), 0, note.continues, note.pitch))
    return out


def _tick(at: int, sung: Sequence[Sung], notes: Sequence[Note], end: bool) -> tuple[int, Note]:
    """The tick of a place in units, and the note that sounds there: exact at the notes' edges."""
    for told, note in zip(sung, notes, strict=True):
        if told.onset + told.length > at or end and told.onset + told.length == at:
            return note.onset_ticks + note.length_ticks * max(0, at - told.onset) // told.length, note
    return notes[-1].end_ticks, notes[-1]
