"""What ``vary`` is to write again, understood: the stretches, the locks, and how much of the song the network hears."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from carmina import BadInput, BadOption, EditBrief, Line, Lyrics, Section, Workshop

from ..passes.piece import frames_of
from .existing import Existing, existing
from .new_words import shared_out
from .reading import read_lines
from .stretches import Stretch, by_syllable, stretches
from .window import Window, window_of

LINES_BEFORE, LINES_AFTER = 16, 2  # that the network hears around what it writes
SHORTEST = 3  # units that a syllable needs


@dataclass(frozen=True)
class Task:
    """What is to be written, understood."""

    song: Existing
    window: Window
    stretches: tuple[Stretch, ...]
    first: int  # line from which the network hears the song
    stop: int
    locks: frozenset[str]

    @property
    def replaced(self) -> set[int]:
        """Indices of the voice's notes that go."""
        return {index for stretch in self.stretches for index in stretch.replaced}

    @property
    def syllables(self) -> int:
        """Syllables that are set anew, at least 1."""
        return max(1, sum(stretch.count for stretch in self.stretches))


def understood(brief: EditBrief, workshop: Workshop) -> Task:
    """Raises one clear error for what cannot be."""
    if brief.bars is None:
        raise BadOption("--bars", "nothing", "the first and the last bar to write again, e.g. 5-8")
    locks = _locks(brief)
    style = workshop.get("style", brief.style)
    window = window_of(brief.score, brief.bars)
    lines = read_lines(brief.score, workshop.all("language"))
    song = existing(brief.score, lines, style.genre, brief.range)
    found = stretches(song, window)
    _check_any(found, brief.bars)
    if brief.lyrics is not None:
        song, found = _reworded(song, found, brief.lyrics)
    if "words" in locks:
        found = [part for s in found for part in by_syllable(s, brief.score.sung_notes)]
        _check_any(found, brief.bars)
    first = max(0, found[0].line - LINES_BEFORE)
    return Task(song, window, tuple(found), first, min(len(song.lines), found[-1].line + 1 + LINES_AFTER), locks)


def _check_any(found: Sequence[Stretch], bars: tuple[int, int]) -> None:
    if not found:
        raise BadInput(
            f"bars {bars[0]}-{bars[1]} hold no note of the melody that could be another, so there is nothing to write "
            "again. Choose other bars, or more of them."
        )


def _locks(brief: EditBrief) -> frozenset[str]:
    locks = set(brief.locks)
    if {"rhythm", "pitches"} <= locks:
        locks.add("notes")
    if "notes" in locks and brief.lyrics is None:
        raise BadOption("--lock", "notes", "together with new words (--words), since all else stays")
    if brief.lyrics is not None and "words" in locks:
        raise BadOption("--lock", "words", "without --words, which asks for other words")
    if brief.lyrics is not None and locks & {"rhythm", "pitches"} and "notes" not in locks:
        raise BadOption(
            "--lock", ", ".join(sorted(locks)), "with --words only notes: new words have a rhythm of their own"
        )
    return frozenset(locks)


def _reworded(song: Existing, found: Sequence[Stretch], words: Lyrics) -> tuple[Existing, list[Stretch]]:
    """The song with other words in the stretches, as many as they hold."""
    lines, out = list(song.lines), []
    shares = shared_out(words, found)
    frames = list(song.piece.frames)
    for stretch, own in zip(found, shares, strict=True):
        room = (stretch.stop - stretch.start) // SHORTEST
        if len(own) > room:
            raise BadInput(
                f"too many words: {len(own)} syllables for a stretch that holds {room} at most. Give fewer words, "
                "or more bars."
            )
        line, shift = lines[stretch.line], len(own) - stretch.count
        lines[stretch.line] = line.with_words(stretch.first, stretch.last, own)
        frame = frames_of(one_line(lines[stretch.line].syllables))[0]
        old = frames[stretch.line]
        notes = [replace(n, syllable=n.syllable + shift * (n.syllable >= stretch.last)) for n in old.notes]
        frames[stretch.line] = replace(
            old, syllables=frame.syllables, focus=frame.focus, notes=notes, rhyme_back=0, repeat_back=0
        )
        out.append(replace(stretch, last=stretch.first + len(own)))
    return replace(song, lines=tuple(lines), piece=replace(song.piece, frames=frames)), out


def one_line(syllables: Sequence) -> Lyrics:
    """Lyrics of a single line."""
    return Lyrics((Section((Line(tuple(syllables)),)),))
