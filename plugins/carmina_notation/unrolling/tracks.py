"""Printed notes in the order they are played -> tracks: the sung lines with their words, and all beside them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from carmina import MARKS, BadInput, Clef, Direction, Losses, Note, Syllable, Track
from carmina.theory import is_line, split_line

from ..common.bounds import MOST_NOTES
from ..common.printed import Printed, Sounded, elided
from .grid import Played
from .line import carried
from .roles import role_of, sounds_sung
from .verses import Verses

MOST_DIRECTIONS = 20_000


@dataclass(slots=True)
class Part:
    """One part as printed."""

    name: str
    role: str  # as its instrument is called
    program: int
    drums: bool
    bars: list[Printed] = field(default_factory=list)


Triple = tuple[Note, Sounded, Played]


class Performance:
    """All parts as played."""

    def __init__(
        self,
        parts: Sequence[Part],
        joint: Sequence[Printed],
        played: Sequence[Played],
        sung: Sequence[tuple[int, str]],
        strays: set[int],
        format: str,
        losses: Losses,
    ):
        self.parts, self.joint, self.played, self.sung = parts, joint, played, sung
        self.strays, self.format, self.losses = strays, format, losses
        self.used: set[int] = set()  # ids of the lyrics that are sung

    def tracks(self) -> Iterator[Track]:
        """The sung lines and instruments of each part in turn."""
        voices: dict[int, list[str]] = {}
        for index, voice in self.sung:
            voices.setdefault(index, []).append(voice)
        lone = None if voices else self._tuneful()
        for index, part in enumerate(self.parts):
            sounded = list(self._sounded(part))
            alone = self._lone_voice(part, sounded) if index == lone else None
            yield from self._part(part, sounded, voices.get(index, [alone] if alone else []))
        self._count_unsung()

    def _part(self, part: Part, sounded: Sequence[Triple], voices: Sequence[str]) -> Iterator[Track]:
        left: dict[str, list[Note]] = {}
        lines: list[Track] = []
        hung = dict(self._hung(part))
        for voice in voices:
            own = [triple for triple in sounded if voice in ("*", triple[1].voice)]
            line, beside = self._line(part, own)
            staff = own[0][1].staff
            left.setdefault(staff, []).extend(beside)
            lines.append(Track(line, part.name or "Voice", "voice", part.program, *hung.pop(staff, ((), ()))))
        yield from lines
        rest = [triple for triple in sounded if not ({"*", triple[1].voice} & set(voices))]
        yield from self._instruments(part, rest, left, hung)

    @staticmethod
    def _lone_voice(part: Part, sounded: Sequence[Triple]) -> str | None:
        """The voice of a part without words that could be sung, ``*`` for all of them, ``None`` for an instrument.

        A part that is meant to be sung sings its first voice; any other sings if it hardly ever sounds two notes at
        once: else it is chords, and hands.
        """
        if part.role == "voice" or sounds_sung(part.name):
            return min((raw.voice for _, raw, _ in sounded), default=None)
        return "*" if is_line(_merged(sounded)) else None

    def _instruments(
        self, part: Part, rest: Sequence[Triple], left: dict[str, list[Note]], hung: dict[str, Any]
    ) -> Iterator[Track]:
        """A track a staff for all that the sung lines do not hold; ``left``: other notes of their voices."""
        staves: dict[str, list[Note]] = {}
        for name in sorted({raw.staff for _, raw, _ in rest}):
            staves[name] = _merged(triple for triple in rest if triple[1].staff == name)
        for name, notes in left.items():
            if notes:
                staves[name] = sorted((*staves.get(name, ()), *notes), key=lambda n: (n.onset_ticks, n.pitch))
        role = role_of(part.role, part.program, part.drums)
        for name in sorted(staves):
            yield Track(
                tuple(staves[name]), part.name or role.capitalize(), role, part.program, *hung.pop(name, ((), ()))
            )

    def _tuneful(self) -> int:
        def likely(index: int) -> tuple:
            part = self.parts[index]
            return (
                any(bar.notes for bar in part.bars),
                not part.drums,
                part.role == "voice",
                sounds_sung(part.name),
                -index,
            )

        return max(range(len(self.parts)), key=likely)

    def _hung(self, part: Part) -> Iterator[tuple[str, tuple[tuple[Clef, ...], tuple[Direction, ...]]]]:
        """Staff -> its clefs and directions in the order they are played; a clef that is in force is not said again."""
        clefs: dict[str, list[Clef]] = {}
        directions: dict[str, list[Direction]] = {}
        count = 0
        for place in self.played:
            bar = part.bars[place.index]
            for staff, clef in bar.clefs:
                clefs.setdefault(staff, []).append(
                    replace(clef, onset_ticks=place.onset + min(clef.onset_ticks, place.length))
                )
            for staff, said in bar.directions:
                count += 1
                if count <= MOST_DIRECTIONS:
                    at = place.onset + min(said.onset_ticks, max(0, place.length - 1))
                    directions.setdefault(staff, []).append(replace(said, onset_ticks=at))
        for staff in {*clefs, *directions}:
            shown = [clef for clef in clefs.get(staff, []) if clef.onset_ticks < self.played[-1].end]
            yield staff, (_without_repeats(shown), tuple(directions.get(staff, [])))

    def _sounded(self, part: Part) -> Iterator[Triple]:
        count = 0
        for bar in self.played:
            for sounded in part.bars[bar.index].notes:
                count += 1
                if count > MOST_NOTES:
                    raise BadInput(
                        f"the {self.format} file, repeats played, has more than {MOST_NOTES:,} notes. Cut it."
                    )
                yield (
                    Note(
                        sounded.pitch,
                        bar.onset + sounded.at,
                        sounded.length,
                        velocity=sounded.velocity,
                        graces=sounded.graces,
                        marks=tuple(sorted(sounded.marks, key=MARKS.index)),
                    ),
                    sounded,
                    bar,
                )

    def _line(self, part: Part, own: Sequence[Triple]) -> tuple[tuple[Note, ...], list[Note]]:
        """(the sung line, the other notes of its voice)."""
        verses = Verses(part.bars, self.joint, {note.voice for _, note, _ in own}, self.strays)
        said: dict[int, Syllable | None] = {}
        for note, sounded, bar in own:
            number = verses.number(bar, sounded)
            lyric = sounded.lyrics.get(number)
            if lyric is not None:
                self.used.add(id(lyric))
                for stray in sorted((self.strays & sounded.lyrics.keys()) - {number}):
                    self.used.add(id(sounded.lyrics[stray]))
                    lyric = elided(lyric, sounded.lyrics[stray])
                said[note.onset_ticks] = said.get(note.onset_ticks) or lyric.syllable()
        line: list[Note] = []
        struck = {onset for onset, syllable in said.items() if syllable}
        top, left = split_line(_merged(own, struck), struck)
        for note in top:
            syllable = said.get(note.onset_ticks)
            held = note.onset_ticks in said and any(n.syllable for n in line)
            line.append(replace(note, syllable=syllable, continues=not syllable and (held or carried(line, note))))
        return tuple(_without_slurs(line)), left

    def _count_unsung(self) -> None:
        """Words that no pass sings: a translation under a tune that is played once."""
        lyrics = (
            lyric
            for part in self.parts
            for bar in part.bars
            for note in bar.notes
            for lyric in note.lyrics.values()
            if lyric.text.strip()
        )
        self.losses.add("syllable without a pass to sing it in", sum(id(lyric) not in self.used for lyric in lyrics))


def _without_slurs(line: Sequence[Note]) -> Iterator[Note]:
    """The line without the slurs that only show a melisma."""
    for note, after in zip(line, [*line[1:], None], strict=True):
        goes_on = after is not None and after.continues
        needless = {"slur-start"} if goes_on and (note.syllable or note.continues) else set()
        needless |= {"slur-stop", "slur-start"} if note.continues else set()
        yield (
            replace(note, marks=tuple(m for m in note.marks if m not in needless)) if needless & {*note.marks} else note
        )


def _without_repeats(clefs: Sequence[Clef]) -> tuple[Clef, ...]:
    found: dict[int, Clef] = {}
    for clef in clefs:
        found[clef.onset_ticks] = clef
    kept: list[Clef] = []
    for clef in found.values():
        if not kept or replace(kept[-1], onset_ticks=0) != replace(clef, onset_ticks=0):
            kept.append(clef)
    return tuple(kept)


def _merged(sounded: Iterable[Triple], struck: Collection[int] = ()) -> list[Note]:
    """Sorted notes, tied ones made one, but for those at ``struck``: a syllable begins there."""
    held: dict[tuple[int, int], int] = {}  # (pitch, end) -> place
    short: dict[tuple[int, int], int] = {}  # (pitch, end of its bar), where other parts have more in that bar
    notes: list[Note] = []
    for note, raw, bar in sorted(sounded, key=lambda pair: (pair[0].onset_ticks, pair[0].pitch)):
        joins = raw.tied and note.onset_ticks not in struck
        here = note.pitch, note.onset_ticks
        place = (held.pop(here) if here in held else short.pop(here, None)) if joins else None
        if place is None:
            place = len(notes)
            notes.append(note)
        else:
            first = notes[place]
            notes[place] = replace(
                first,
                length_ticks=note.end_ticks - first.onset_ticks,
                marks=(*first.marks, *(mark for mark in note.marks if mark not in first.marks)),
                graces=(*first.graces, *(replace(grace, after=True) for grace in note.graces)),
            )
        held[note.pitch, note.end_ticks] = place
        if note.end_ticks < bar.end:
            short[note.pitch, bar.end] = place
    return sorted(notes, key=lambda note: (note.onset_ticks, note.pitch, note.length_ticks))
