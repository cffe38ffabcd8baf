"""Goes on from a song's end: new lines after those that are there, in the song's own manner."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import cast

import numpy as np

from carmina import BadInput, BadOption, Brief, EditBrief, Line, Lyrics, Score, Section, Syllable, Workshop, Writer
from carmina.text import counted

from ..assembly import copied
from ..passes.all import ChordHypothesis, PitchHypothesis
from ..passes.lines import LinesHypothesis, check_lines
from ..passes.piece import Frame, Piece, frames_of
from ..passes.vocabulary import CHORD, MAX_BACK, MAX_SPAN, MAX_START, PHASE, REFERENCE, SPAN, START_STEP, TICKS_PER_UNIT
from ..ranking import PITCH_NATS, RHYTHM_NATS, pitch_merit, rhythm_merit
from ..studio import Studio, rules_for
from .appending import appended
from .choosing import MOST_ALTERNATIVES, Setting, apart, different, new_notes, unlikely
from .existing import Existing, cut, existing
from .hypotheses import EditedRhythm
from .reading import WORDLESS, read_lines
from .stretches import Stretch
from .task import LINES_BEFORE, SHORTEST, one_line

CANDIDATES = 16
USUAL_BARS, MOST_BARS = 8, 64
USUAL_SPAN = 2  # bars of a line without words
RHYTHMS = 4
ROUNDS = 3


class ContinueWriter(Writer):
    """A song that goes on: with words, line by line; without, in phrases as dense as those before. It closes on the
    tonic."""

    name = "continue"
    summary = "goes on from the end of a song, with words or without"
    takes, gives = "EditBrief", "Score"

    def write(self, brief: EditBrief, workshop: Workshop) -> Score:
        """The best way on; same brief, same model: same score."""
        return self.alternatives(brief, workshop, 1)[0]

    def alternatives(self, brief: EditBrief, workshop: Workshop, many: int) -> list[Score]:
        """So many ways on, apart from one another by a measured distance, the best first."""
        if not 1 <= many <= MOST_ALTERNATIVES:
            raise BadOption("--alternatives", many, f"1 to {MOST_ALTERNATIVES}")
        if brief.lyrics is not None:
            check_lines(brief.lyrics)
        start = _start(brief, workshop)
        count = max(brief.candidates or CANDIDATES, 2 * many if many > 1 else 1)
        style = workshop.get("style", brief.style)
        as_read = cast(Brief, brief)  # a studio over no tunes reads only what both briefs have
        studio = Studio(
            as_read, style, workshop, one_line(start.song.lines[0].syllables), [], rules_for(brief, style, workshop)
        )
        found: list[Setting[Piece]] = []
        for turn in range(ROUNDS):
            found += _round(studio, start, count, turn)
            workshop.progress((turn + 1) / ROUNDS, "bars")
            if len(apart(found, [], many)) >= many:
                break
        return [appended(start.song, s.piece, start.kept, start.bars, brief.lyrics) for s in different(found, [], many)]


@dataclass(frozen=True)
class Start:
    """What is there and how far it goes on."""

    song: Existing
    piece: Piece  # the last lines of the song
    kept: int  # how many lines these are
    bars: int | None  # None: as many as the words need
    lyrics: Lyrics | None
    end: int  # units at which the last note stops


def _start(brief: EditBrief, workshop: Workshop) -> Start:
    style = workshop.get("style", brief.style)
    bars = brief.added_bars if brief.added_bars or brief.lyrics else USUAL_BARS
    if bars is not None and not 1 <= bars <= MOST_BARS:
        raise BadOption("--bars", bars, f"1 to {MOST_BARS}")
    song = existing(brief.score, read_lines(brief.score, workshop.all("language")), style.genre, brief.range)
    piece = cut(song.piece, max(0, len(song.lines) - LINES_BEFORE), len(song.lines))
    end = -(-song.score.sung_notes[-1].end_ticks // TICKS_PER_UNIT)
    while piece.frames[-1].next_anchor < end:
        piece.frames[-1].next_anchor = piece.grid.after(piece.frames[-1].next_anchor, 1)
    start = Start(song, piece, len(piece.frames), bars, brief.lyrics, end)
    if brief.lyrics and bars:
        _check_room(brief.lyrics, bars, start)
    return start


def _check_room(lyrics: Lyrics, bars: int, start: Start) -> None:
    lines, bar = len(lyrics.lines), start.piece.grid.bar(start.piece.frames[-1].next_anchor)[1]
    too_few = f"{counted('bar', bars)} {'is' if bars == 1 else 'are'} too few"
    for line, span in zip(lyrics.lines, _spans(lyrics, bars), strict=True) if lines <= bars else ():
        if len(line.syllables) * SHORTEST > span * bar:
            raise BadInput(
                f"{too_few}: a line of {len(line.syllables)} syllables would have {span}. Give more "
                "--bars, or fewer words."
            )
    if lines > bars:
        raise BadInput(
            f"{too_few} for {counted('line', lines)} of words. Give at least a bar for each line, or fewer words."
        )


def _spans(lyrics: Lyrics, bars: int) -> list[int]:
    """Bars for each line: all alike where that comes out even, else by syllables (largest remainders)."""
    counts = [len(line.syllables) for line in lyrics.lines]
    if bars % len(counts) == 0:
        return [bars // len(counts)] * len(counts)
    free = bars - len(counts)
    shares = np.array(counts) * free / sum(counts)
    spans = 1 + np.floor(shares).astype(int)
    for n in np.argsort(-(shares % 1), kind="stable")[: bars - int(spans.sum())]:
        spans[n] += 1
    return [int(span) for span in spans]


def _round(studio: Studio, start: Start, count: int, turn: int) -> list[Setting[Piece]]:
    seed, salt = studio.brief.seed, 200 + 10 * turn
    rng = np.random.default_rng([seed, salt])
    pieces = [_longer(start, start.lyrics or _unworded(start, rng)) for _ in range(count)]
    planned = studio.run("lines", [GoingOnLines(piece, start, spans) for piece, spans in pieces], seed, salt)
    agendas = [_agendas(piece, start.kept) for piece, _total in planned]
    sung = studio.run(
        "rhythm",
        [EditedRhythm(_silent(piece), agenda) for (piece, _total), agenda in zip(planned, agendas, strict=True)],
        seed,
        salt + 1,
    )
    lacks = unlikely([a + b for (_p, a), (_q, b) in zip(sung, planned, strict=True)], _new_syllables(sung[0][0], start))
    merits = [_rhythm_merit(piece, start) + 0.6 * lack for (piece, _total), lack in zip(sung, lacks, strict=True)]
    for piece, _total in sung:
        _reach_the_last_bar(piece)
    best = [sung[n][0] for n in sorted(range(count), key=lambda n: -merits[n])[:RHYTHMS]]
    if start.piece.chords:
        best = [
            piece
            for piece, _total in studio.run("chords", [GoingOnChords(piece, start) for piece in best], 0, salt + 2)
        ]
    tunes = studio.run(
        "pitches", [PitchHypothesis(copied(best[n * len(best) // count])) for n in range(count)], seed, salt + 3
    )
    lacks = unlikely([total for _piece, total in tunes], _new_syllables(tunes[0][0], start))
    return [_setting(piece, start, lack) for (piece, _total), lack in zip(tunes, lacks, strict=True)]


def _longer(start: Start, lyrics: Lyrics) -> tuple[Piece, list[int | None]]:
    """The song's last lines and blank ones for the new words, with the bars that these get."""
    piece = copied(start.piece)
    old = start.song.lines[len(start.song.lines) - start.kept :]
    both = Lyrics((Section(tuple(Line(line.syllables) for line in old)), *lyrics.sections))
    piece.frames += frames_of(both)[start.kept :]
    piece.frames[-1].closes = True
    spans = _spans(lyrics, start.bars) if start.bars else [None] * len(lyrics.lines)
    return piece, [*[None] * start.kept, *spans]


def _unworded(start: Start, rng: np.random.Generator) -> Lyrics:
    """Lines of unknown syllables, about as many a bar as the song has had."""
    assert start.bars is not None
    frames = start.piece.frames
    bars = sum(max(1, start.piece.grid.bars_between(f.anchor, f.next_anchor)) for f in frames)
    density = sum(len(f.syllables) for f in frames) / max(1, bars)
    lines = max(1, round(start.bars / USUAL_SPAN))
    sizes = [max(2, round(start.bars / lines * density * rng.uniform(0.8, 1.2))) for _ in range(lines)]
    return Lyrics(
        (
            Section(
                tuple(Line((Syllable(f"{WORDLESS}{n}", content=False),) * size) for n, size in enumerate(sizes, 1000))
            ),
        )
    )


def _agendas(piece: Piece, kept: int) -> list[list]:
    return [
        list(frame.notes) if n < kept else [Stretch(n, 0, len(frame.syllables), frame.start, frame.stop)]
        for n, frame in enumerate(piece.frames)
    ]


def _silent(piece: Piece) -> Piece:
    piece = copied(piece)
    for frame in piece.frames:
        frame.notes = []
    return piece


def _reach_the_last_bar(piece: Piece) -> None:
    """The last note is held into the last bar, where it would leave that silent."""
    frame = piece.frames[-1]
    last = frame.notes[-1]
    bar = piece.grid.bar(frame.stop - 1)[0]
    if last.onset + last.length <= bar:
        last.length = bar + (frame.stop - bar) // 2 - last.onset


def _new(piece: Piece, start: Start) -> Piece:
    return replace(piece, frames=piece.frames[start.kept :])


def _new_syllables(piece: Piece, start: Start) -> int:
    return sum(len(frame.syllables) for frame in piece.frames[start.kept :])


def _rhythm_merit(piece: Piece, start: Start) -> float:
    return rhythm_merit(_new(piece, start), -RHYTHM_NATS * _new_syllables(piece, start))


def _setting(piece: Piece, start: Start, lack: float) -> Setting[Piece]:
    own = _new(piece, start)
    notes = sum(len(frame.notes) for frame in own.frames)
    merit = (
        pitch_merit(own, -PITCH_NATS * notes, [False] * len(own.frames))
        + 0.5 * lack
        + 0.5 * _rhythm_merit(piece, start)
    )
    return Setting(merit, piece, new_notes(piece))


# ---- hypotheses ------------------------------------------------------------------------------------------------------


class GoingOnLines(LinesHypothesis):
    """The plan of the lines that are there is given; new ones start after the last note and fill the bars they are
    given."""

    def __init__(self, piece: Piece, start: Start, spans: Sequence[int | None]):
        super().__init__(piece, piece.frames[0].anchor)
        self.kept, self.end, self.spans = start.kept, start.end, spans

    @property
    def frame(self) -> Frame:
        return self.piece.frames[self.index]

    @property
    def forced(self) -> int | None:
        frame, span = self.frame, self.spans[self.index]
        if self.stage == 2 and self.index >= self.kept:
            return None if span is None else SPAN + min(MAX_SPAN, span)
        if self.index >= self.kept:
            return None
        back = self.index - frame.reference if frame.reference >= 0 else 0
        place = round((frame.start - frame.anchor) / START_STEP)
        bars = self.piece.grid.bars_between(frame.anchor, frame.next_anchor)
        return (
            REFERENCE + min(back, MAX_BACK),
            PHASE + MAX_START + max(-MAX_START, min(MAX_START, place)),
            SPAN + max(0, min(MAX_SPAN, bars)),
        )[self.stage]

    def earliest(self) -> int:
        if self.index == self.kept:
            return self.end
        return min(super().earliest(), self.anchor)

    def choices(self) -> Iterator[int]:
        if self.stage != 1 or self.index != self.kept:
            return super().choices()
        free = [
            place for place in super().choices() if self.anchor + (place - PHASE - MAX_START) * START_STEP >= self.end
        ]
        return iter(free or [PHASE + MAX_START])

    def take(self, chosen: int) -> None:
        if self.index >= self.kept:
            span = self.spans[self.index]
            if self.stage == 2 and span is not None:
                self._close(self.frame, span)
                self.stage = 0
            else:
                super().take(chosen)
            return
        if self.stage == 2:
            self.anchor = self.frame.next_anchor
            self.index += 1
        self.stage = (self.stage + 1) % 3


class GoingOnChords(ChordHypothesis):
    """Chords of the bars that are there are given."""

    def __init__(self, piece: Piece, start: Start):
        super().__init__(piece)
        self.given = start.piece.chords
        self.stop = start.piece.frames[-1].next_anchor

    @property
    def forced(self) -> int | None:
        now = self.slots[self.at]
        if now >= self.stop:
            return None
        before = [slot for slot in self.given if slot <= now]
        return CHORD + self.given[max(before) if before else min(self.given)]
