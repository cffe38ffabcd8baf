"""Score -> a sequence of UTAU (.ust), which most singing synthesizers open. Source: UTAU's own format, UST 1.2, with
the key ``Charset`` of its later versions.

One line, note after note: a syllable on each, ``-`` on what holds one, ``R`` where nothing is sung.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar, NamedTuple

from carmina import Bounds, Losses, Note, Renderer, Score, Tempo
from carmina.theory import split_line, with_graces_played

from ..common.bars import lead_ticks
from ..common.words import encodable
from .ustx import singers

REST, HELD, WORDLESS = "R", "-", "a"


class _Step(NamedTuple):
    """A note or a rest."""

    length_ticks: int
    lyric: str
    pitch: int = 60  # of a rest too: the format wants one


class UstRenderer(Renderer):
    """The first sung line, repeats sung as often as the score has them; ``losses`` counts the others."""

    name = "ust"
    summary = "sequence of UTAU, for singing synthesizers: the first sung line with its syllables"
    suffixes: ClassVar[tuple[str, ...]] = (".ust",)
    bounds = Bounds(bars=None, seconds=None)

    def remarked(self, data: bytes, remark: str) -> bytes:
        """As a setting of its own, which others pass over."""
        return data.replace(b"Mode2=True\r\n", f"Mode2=True\r\nComment={remark}\r\n".encode("ascii", "replace"), 1)

    def render(self, work: Score) -> bytes:
        losses, sung = Losses(), singers(work)
        losses.add("sung line beside the first", len(sung) - 1)
        notes = split_line(with_graces_played(sung[0].notes))[0] if sung else []
        lines = [*_head(work), *_entries(list(_steps(notes, lead_ticks(work), work.tempi)), work, losses)]
        self.losses = losses.told()
        return ("\r\n".join([*lines, "[#TRACKEND]"]) + "\r\n").encode("utf-8")


def _head(score: Score) -> Iterator[str]:
    yield from ("[#VERSION]", "UST Version1.2", "Charset=UTF-8", "[#SETTING]")
    yield f"Tempo={score.tempi[0].quarters_per_minute:.2f}"
    yield from ("Tracks=1", f"ProjectName={_plain(score.title) or 'Song'}", "Mode2=True")


def _steps(notes: Sequence[Note], lead: int, tempi: Sequence[Tempo]) -> Iterator[_Step]:
    """Notes and rests from the start of the first bar; a rest is parted where the tempo changes."""
    at = -lead
    for place, note in enumerate(notes):
        changes = [tempo.onset_ticks for tempo in tempi if at < tempo.onset_ticks < note.onset_ticks]
        for until in (*changes, note.onset_ticks):
            if until > at:
                yield _Step(until - at, REST)
            at = until
        said = note.syllable
        lyric = _plain(said.text) if said else HELD if note.continues and place else WORDLESS
        yield _Step(note.length_ticks, lyric or WORDLESS, note.pitch)
        at = note.end_ticks


def _entries(steps: Sequence[_Step], score: Score, losses: Losses) -> Iterator[str]:
    at, tempi = -lead_ticks(score), list(score.tempi[1:])
    for number, step in enumerate(steps):
        yield f"[#{number:04d}]"
        yield from (f"Length={step.length_ticks}", f"Lyric={step.lyric}", f"NoteNum={step.pitch}")
        due = [tempo for tempo in tempi if tempo.onset_ticks <= at]
        if due:
            losses.add("tempo change moved to the next note", sum(tempo.onset_ticks < at for tempo in due))
            yield f"Tempo={due[-1].quarters_per_minute:.2f}"
            tempi = tempi[len(due) :]
        at += step.length_ticks
    losses.add("tempo change after the last note", len(tempi))


def _plain(text: str) -> str:
    return " ".join(encodable(text).split())
