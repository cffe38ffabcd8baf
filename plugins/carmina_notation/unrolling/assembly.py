"""Printed bars of all parts -> Score: repeats and verses played out. What readers of notation share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import reduce
from operator import or_
from typing import Any

from carmina import BadInput, Chord, Key, Metre, Note, Score, Syllable, Tempo, Track
from carmina.theory import is_line, split_line

from ..common.bounds import LONGEST_QUARTERS, MOST_NOTES
from ..common.printed import Printed, Sounded
from ..common.sections import label_in_pass, marks
from .grid import Played, metres_of
from .line import carried
from .repeats import order
from .roles import role_of, sounds_sung
from .verses import Verses, ranks_of


@dataclass(frozen=True, slots=True)
class Heading:
    """What a file says of the whole piece."""

    format: str  # as errors name it
    title: str = ""
    language: str = ""
    credits: tuple[str, ...] = ()
    chords_found: bool = False  # by a writer, not by a person


@dataclass(slots=True)
class Part:
    """One part as printed."""

    name: str
    role: str  # as its instrument is called
    program: int
    drums: bool
    bars: list[Printed] = field(default_factory=list)


Triple = tuple[Note, Sounded, Played]


class Assembly:
    """Puts the printed bars of all parts in the order they are played."""

    def __init__(self, parts: Sequence[Part], heading: Heading):
        self.heading = heading
        count = max(len(part.bars) for part in parts)
        for part in parts:
            part.bars += [Printed() for _ in range(count - len(part.bars))]
        self.parts = parts
        self.sung = self._sung_streams()
        lead = parts[self.sung[0][0]] if self.sung else parts[0]
        self.played = self._play(lead)
        if self.played[-1].end > LONGEST_QUARTERS * 480:
            raise BadInput(
                f"the {self.heading.format} file, repeats played, is longer than {LONGEST_QUARTERS:,} quarters. Cut it."
            )

    def _sung_streams(self) -> list[tuple[int, str]]:
        """(part, voice) of each part's most worded voice; the most worded of all first."""
        counts: dict[tuple[int, str], int] = {}
        for index, part in enumerate(self.parts):
            for note in (note for bar in part.bars for note in bar.notes if note.lyrics):
                counts[index, note.voice] = counts.get((index, note.voice), 0) + 1
        best: dict[int, tuple[int, str]] = {}
        for stream in sorted(counts, key=lambda stream: -counts[stream]):
            best.setdefault(stream[0], stream)
        return sorted(best.values(), key=lambda stream: -counts[stream])

    def _play(self, lead: Part) -> list[Played]:
        """Every bar as played, with its onset and the metre it is written in."""
        rows = list(zip(*(part.bars for part in self.parts), strict=True))
        joint = [_joint(row) for row in rows]
        played, at, metre = [], 0, Metre()
        turns = order(joint, ranks_of(lead.bars))
        written: list[Metre] = []
        for bar in joint:
            metre = bar.metre or metre
            written.append(metre)
        last_turn: dict[int, int] = {}
        for index, turn in turns:
            last_turn[index] = max(turn, last_turn.get(index, 0))
        for index, turn in turns:
            length = joint[index].length or written[index].bar_ticks
            played.append(Played(index, turn, last_turn[index], at, length, written[index]))
            at += length
        self.joint = joint
        return played

    def score(self) -> Score:
        pickup, metres = metres_of(self.played)
        tracks = tuple(self._tracks())
        if not any(track.notes for track in tracks):
            raise BadInput("no note of the music is ever played. Choose another file.")
        voice = next((track for track in tracks if track.role == "voice"), tracks[0])
        end = max(note.end_ticks for track in tracks for note in track.notes)
        headings = [
            (bar.onset + at, label_in_pass(text, bar.turn - 1, bar.turns)) for bar, at, text in self._signs("headings")
        ]
        return Score(
            tracks=tracks,
            metres=metres,
            keys=self._keys(),
            tempi=self._tempi(),
            chords=self._chords(),
            sections=marks(headings, voice.notes, end),
            pickup_ticks=pickup,
            title=self.heading.title,
            language=self.heading.language,
            credits=self.heading.credits,
            chords_found=self.heading.chords_found,
        )

    def _chords(self) -> tuple[Chord, ...]:
        """The symbols; a numeral belongs to the symbol at its place, whichever part carries it."""
        numerals = {bar.onset + at: text for bar, at, text in self._signs("numerals")}
        chords = [(bar.onset + at, symbol) for bar, at, symbol in self._signs("chords")]
        return tuple(Chord(tick, symbol, numerals.get(tick, "")) for tick, symbol in chords)

    def _signs(self, name: str) -> Iterator[tuple[Played, int, Any]]:
        for bar in self.played:
            for at, said in getattr(self.joint[bar.index], name):
                yield bar, max(0, min(at, bar.length - 1)), said

    def _keys(self) -> tuple[Key, ...]:
        found = [Key()]
        for bar in self.played:
            said = self.joint[bar.index].key
            if said and said != (found[-1].fifths, found[-1].mode):
                found.append(Key(said[0], "minor" if said[1] == "minor" else "major", bar.onset))
        return _from_start(found)

    def _tempi(self) -> tuple[Tempo, ...]:
        found = [Tempo()]
        for bar, at, speed in self._signs("tempi"):
            if speed != found[-1].quarters_per_minute:
                found.append(Tempo(round(speed, 3), bar.onset + at))
        return _from_start(found)

    # ---- notes ----

    def _tracks(self) -> Iterator[Track]:
        worded = dict(self.sung)
        lone = None if worded else self._tuneful()
        for index, part in enumerate(self.parts):
            sounded = list(self._sounded(part))
            voice = self._lone_voice(part, sounded) if index == lone else worded.get(index)
            own = [triple for triple in sounded if voice in ("*", triple[1].voice)]
            rest = [triple for triple in sounded if voice not in ("*", triple[1].voice)]
            left: list[Note] = []
            if own:
                line, left = self._line(part, own)
                yield Track(line, part.name or "Voice", "voice", part.program)
            yield from self._instruments(part, rest, left, own[0][1].staff if own else "1")

    @staticmethod
    def _lone_voice(part: Part, sounded: Sequence[Triple]) -> str | None:
        """The voice of a part without words that could be sung, ``*`` for all of them, ``None`` for an instrument.

        A part that is meant to be sung sings its first voice; any other sings if it hardly ever sounds two notes at
        once: else it is chords, and hands.
        """
        if part.role == "voice" or sounds_sung(part.name):
            return min((raw.voice for _, raw, _ in sounded), default=None)
        return "*" if is_line(_merged(sounded)) else None

    def _instruments(self, part: Part, rest: Sequence[Triple], left: list[Note], staff: str) -> Iterator[Track]:
        """A track a staff for all that the sung line does not hold; ``left``: notes of the line's own staff."""
        staves: dict[str, list[Note]] = {}
        for name in sorted({raw.staff for _, raw, _ in rest}):
            staves[name] = _merged(triple for triple in rest if triple[1].staff == name)
        if left:
            staves[staff] = sorted((*staves.get(staff, ()), *left), key=lambda note: (note.onset_ticks, note.pitch))
        role = role_of(part.role, part.program, part.drums)
        for name in sorted(staves):
            yield Track(tuple(staves[name]), part.name or role.capitalize(), role, part.program)

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

    def _sounded(self, part: Part) -> Iterator[tuple[Note, Sounded, Played]]:
        count = 0
        for bar in self.played:
            for sounded in part.bars[bar.index].notes:
                count += 1
                if count > MOST_NOTES:
                    raise BadInput(
                        f"the {self.heading.format} file, repeats played, has more than {MOST_NOTES:,} notes. Cut it."
                    )
                yield (
                    Note(sounded.pitch, bar.onset + sounded.at, sounded.length, velocity=sounded.velocity),
                    sounded,
                    bar,
                )

    def _line(self, part: Part, own: Sequence[Triple]) -> tuple[tuple[Note, ...], list[Note]]:
        """(the sung line, the other notes of its voice)."""
        verses = Verses(part.bars, self.joint, {note.voice for _, note, _ in own})
        said: dict[int, Syllable | None] = {}
        for note, sounded, bar in own:
            lyric = sounded.lyrics.get(verses.number(bar, sounded))
            if lyric is not None:
                said[note.onset_ticks] = said.get(note.onset_ticks) or lyric.syllable()
        line: list[Note] = []
        top, left = split_line(_merged(own), {onset for onset, syllable in said.items() if syllable})
        for note in top:
            syllable = said.get(note.onset_ticks)
            held = note.onset_ticks in said and any(n.syllable for n in line)
            line.append(replace(note, syllable=syllable, continues=not syllable and (held or carried(line, note))))
        return tuple(line), left


def _joint(row: Iterable[Printed]) -> Printed:
    """What all parts together say of one bar."""
    row = list(row)
    return Printed(
        length=max(bar.length for bar in row),
        implicit=any(bar.implicit for bar in row),
        notes=[],
        key=next((bar.key for bar in row if bar.key), None),
        metre=next((bar.metre for bar in row if bar.metre), None),
        tempi=next((bar.tempi for bar in row if bar.tempi), []),
        headings=next((bar.headings for bar in row if bar.headings), []),
        chords=next((bar.chords for bar in row if bar.chords), []),
        opens=any(bar.opens for bar in row),
        closes=max(bar.closes for bar in row),
        said_times=any(bar.said_times for bar in row),
        endings=next((bar.endings for bar in row if bar.endings), None),
        numerals=[sign for bar in row for sign in bar.numerals],
        road=reduce(or_, (bar.road for bar in row)),
    )


def _merged(sounded: Iterable[tuple[Note, Sounded, Played]]) -> list[Note]:
    """Sorted notes, tied ones made one."""
    held: dict[tuple[int, int], int] = {}  # (pitch, end) -> place
    notes: list[Note] = []
    for note, raw, _ in sorted(sounded, key=lambda pair: (pair[0].onset_ticks, pair[0].pitch)):
        place = held.pop((note.pitch, note.onset_ticks), None) if raw.tied else None
        if place is None:
            place = len(notes)
            notes.append(note)
        else:
            notes[place] = replace(notes[place], length_ticks=note.end_ticks - notes[place].onset_ticks)
        held[note.pitch, note.end_ticks] = place
    return notes


def _from_start(changes: Sequence[Any]) -> tuple:
    """Without what a change at the same tick overrides."""
    return tuple({change.onset_ticks: change for change in changes}.values())
