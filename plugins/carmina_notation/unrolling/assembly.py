"""Printed bars of all parts -> Score: repeats and verses played out. What readers of notation share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import reduce
from operator import or_
from typing import Any

from carmina import BadInput, Chord, Key, Losses, Metre, Score, Tempo

from ..common.bounds import LONGEST_QUARTERS
from ..common.printed import Printed
from ..common.sections import label_in_pass, marks
from .grid import Played, metres_of
from .repeats import goes_back_somewhere, order
from .tracks import Part, Performance
from .verses import numbers_of, ranks_of, strays_of

__all__ = ["Assembly", "Heading", "Part"]


@dataclass(frozen=True, slots=True)
class Heading:
    """What a file says of the whole piece."""

    format: str  # as errors name it
    title: str = ""
    language: str = ""
    credits: tuple[str, ...] = ()
    chords_found: bool = False  # by a writer, not by a person
    losses: Losses = field(default_factory=Losses)  # what the reader could not keep


class Assembly:
    """Puts the printed bars of all parts in the order they are played."""

    def __init__(self, parts: Sequence[Part], heading: Heading):
        self.heading = heading
        count = max(len(part.bars) for part in parts)
        for part in parts:
            part.bars += [Printed() for _ in range(count - len(part.bars))]
        self.parts = parts
        self.sung = _sung_streams(parts)
        self.joint = [_joint(row) for row in zip(*(part.bars for part in parts), strict=True)]
        lead = parts[self.sung[0][0]] if self.sung else parts[0]
        self.strays = set() if goes_back_somewhere(self.joint) else self._strays()
        self.played = self._play(lead)
        if self.played[-1].end > LONGEST_QUARTERS * 480:
            raise BadInput(
                f"the {heading.format} file, repeats played, is longer than {LONGEST_QUARTERS:,} quarters. Cut it."
            )

    def _strays(self) -> set[int]:
        """Numbers of lyrics that are a verse in no part that has them."""
        used = [(set(numbers_of(part.bars)), strays_of(part.bars)) for part in self.parts]
        verses = {number for numbers, strays in used for number in numbers - strays}
        return {number for _, strays in used for number in strays} - verses

    def _count_others(self) -> None:
        """Keys and metres of single parts that differ from what the score has: it has one of each at a time."""
        for place, joint in enumerate(self.joint):
            bars = [part.bars[place] for part in self.parts]
            self.heading.losses.add(
                "key signature of one part alone", sum(bool(b.keys) and b.keys != joint.keys for b in bars)
            )
            metre = [bar.metre for bar in bars if bar.metre and bar.metre != joint.metre]
            self.heading.losses.add("time signature of one part alone", len(metre))

    def _play(self, lead: Part) -> list[Played]:
        """Every bar as played, with its onset and the metre it is written in."""
        played, at, metre = [], 0, Metre()
        lines = [{n for note in bar.notes for n in note.lyrics if n not in self.strays} for bar in lead.bars]
        turns = order(self.joint, ranks_of(lead.bars, self.strays), lines)
        written: list[Metre] = []
        for bar in self.joint:
            metre = bar.metre or metre
            written.append(metre)
        last_turn: dict[int, int] = {}
        for index, turn in turns:
            last_turn[index] = max(turn, last_turn.get(index, 0))
        for index, turn in turns:
            length = self.joint[index].length or written[index].bar_ticks
            played.append(Played(index, turn, last_turn[index], at, length, written[index]))
            at += length
        return played

    def score(self) -> Score:
        self._count_others()
        pickup, metres = metres_of(self.played)
        performance = Performance(
            self.parts, self.joint, self.played, self.sung, self.strays, self.heading.format, self.heading.losses
        )
        tracks = tuple(performance.tracks())
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
            losses=self.heading.losses.told(),
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
        end = self.played[-1].end
        for bar in self.played:
            for at, said in self.joint[bar.index].keys:
                if said != (found[-1].fifths, found[-1].mode) and (not at or bar.onset + at < end):
                    found.append(Key(said[0], "minor" if said[1] == "minor" else "major", bar.onset + max(0, at)))
        return _from_start(found)

    def _tempi(self) -> tuple[Tempo, ...]:
        found = [Tempo()]
        for bar, at, speed in self._signs("tempi"):
            if speed != found[-1].quarters_per_minute:
                found.append(Tempo(round(speed, 3), bar.onset + at))
        return _from_start(found)


def _sung_streams(parts: Sequence[Part]) -> list[tuple[int, str]]:
    """(part, voice) of every voice that has words, the most worded first."""
    counts: dict[tuple[int, str], int] = {}
    for index, part in enumerate(parts):
        for note in (note for bar in part.bars for note in bar.notes if note.lyrics):
            counts[index, note.voice] = counts.get((index, note.voice), 0) + 1
    return sorted(counts, key=lambda stream: -counts[stream])


def _joint(row: Iterable[Printed]) -> Printed:
    """What all parts together say of one bar."""
    row = list(row)
    return Printed(
        length=max(bar.length for bar in row),
        implicit=any(bar.implicit for bar in row),
        notes=[],
        keys=next((bar.keys for bar in row if bar.keys), []),
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


def _from_start(changes: Sequence[Any]) -> tuple:
    """Without what a change at the same tick overrides."""
    return tuple({change.onset_ticks: change for change in changes}.values())
