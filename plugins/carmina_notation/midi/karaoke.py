"""Score -> words in time: karaoke MIDI (.kar) and lines with their seconds (.lrc)."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator

from carmina import TICKS_PER_QUARTER, Bounds, Note, Renderer, Score, Syllable
from carmina.text import is_wide

from ..common.bars import bars, lead_ticks
from ..common.words import encodable, joined
from .renderer import channels_of, chunk_of, conductor_events, part_events, settled_notes, with_text


def lines(score: Score) -> Iterator[list[Note]]:
    """The notes that begin a syllable, line by line."""
    line: list[Note] = []
    for note in score.voice.notes if score.voice else ():
        if note.syllable:
            line.append(note)
            if note.syllable.ends_line:
                yield line
                line = []
    if line:
        yield line


def spaced(syllable: Syllable) -> str:
    """The syllable and what parts it from the next: nothing within a word or between Chinese characters."""
    text = encodable(joined(syllable))
    wide = bool(text) and is_wide(text[-1])
    return text + " " * (syllable.ends_word and not wide)


def seconds(score: Score, tick: int) -> float:
    """When a tick sounds."""
    at, passed, pace = 0, 0.0, score.tempi[0]
    for tempo in score.tempi[1:]:
        if tempo.onset_ticks >= tick:
            break
        passed += _lasts(tempo.onset_ticks - at, pace.quarters_per_minute)
        at, pace = tempo.onset_ticks, tempo
    return passed + _lasts(tick - at, pace.quarters_per_minute)


def _lasts(ticks: int, quarters_per_minute: float) -> float:
    return ticks / TICKS_PER_QUARTER * 60 / quarters_per_minute


class LrcRenderer(Renderer):
    """One line of words after the time at which it begins; an empty one where the song ends."""

    name = "lrc"
    summary = "lines of words with their times, for players that show lyrics (LRC)"
    suffixes = (".lrc",)
    comment = ("[re:", "]")  # the tag for what made the file
    bounds = Bounds(bars=None, seconds=None)

    def render(self, work: Score) -> bytes:
        rows = [f"[ti:{' '.join(encodable(work.title).split())}]"] if work.title else []
        for line in lines(work):
            said = "".join(spaced(note.syllable) for note in line if note.syllable)
            rows.append(_stamp(seconds(work, line[0].onset_ticks)) + " ".join(said.split()))
        rows.append(_stamp(seconds(work, work.end_ticks)))
        return ("\n".join(rows) + "\n").encode("utf-8")


def _stamp(at: float) -> str:
    hundredths = round(at * 100)
    return f"[{hundredths // 6000:02}:{hundredths // 100 % 60:02}.{hundredths % 100:02}]"


class KarRenderer(Renderer):
    """As ``.mid``, the words as text events of a track of their own: ``/`` begins a line, a backslash a section."""

    name = "kar"
    summary = "karaoke MIDI: words as text events, lines and sections marked"
    suffixes = (".kar",)
    bounds = Bounds(bars=None, seconds=None)

    def remarked(self, data: bytes, remark: str) -> bytes:
        return with_text(data, f"@I{remark}")

    def render(self, work: Score) -> bytes:
        import mido

        file = mido.MidiFile(type=1, ticks_per_beat=TICKS_PER_QUARTER, charset="utf-8")
        lead = lead_ticks(work)
        end = lead + bars(work)[-1].end_ticks
        channels = channels_of(work.tracks)
        chunks = [conductor_events(work, lead), _words(work, lead)]
        for track, channel, notes in zip(work.tracks, channels, settled_notes(work.tracks, channels), strict=True):
            chunks.append([event for event in part_events(track, channel, notes, lead) if event[2].type != "lyrics"])
        file.tracks.extend(chunk_of(chunk, end) for chunk in chunks)
        data = io.BytesIO()
        file.save(file=data)
        return data.getvalue()


def _words(score: Score, lead: int) -> Iterable[tuple]:
    from mido import MetaMessage

    yield 0, 0, MetaMessage("track_name", name="Words")
    for place, text in enumerate(
        ("@KMIDI KARAOKE FILE", "@V0100", f"@T{' '.join(encodable(score.title).split())}"), start=1
    ):
        yield 0, place, MetaMessage("text", text=text)
    starts = sorted(mark.onset_ticks for mark in score.sections)
    for line in lines(score):
        section = bool(starts) and starts[0] <= line[0].onset_ticks
        starts = [tick for tick in starts if tick > line[0].onset_ticks]
        for place, note in enumerate(line):
            mark = "" if place else "\\" if section else "/"
            yield (
                lead + note.onset_ticks,
                9,
                MetaMessage("text", text=mark + (spaced(note.syllable) if note.syllable else "")),
            )
