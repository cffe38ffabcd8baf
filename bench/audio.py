"""Rendering a four-part song of one minute: seconds, and how many times faster than it plays. Audio should take under 2
s.

CPU seconds stand beside those on the clock, and the target is held to them: nothing here waits or uses a second core,
so on a quiet machine both are one, and on a busy one only they say what the work costs.
"""

from __future__ import annotations

import statistics
import time

from told import told

from carmina import BadInput, Note, Score, Syllable, Tempo, Track
from carmina.conductor import Conductor

SECONDS = 60
QUARTER = 480
ROUNDS = 3
TARGET = 2.0
SUFFIXES = (".wav", ".flac", ".ogg", ".sung.wav", ".mid", ".musicxml", ".svg", ".pdf", ".html")
WORDS = "morning river lantern silver".split()


def song() -> Score:
    """Voice, piano chords, bass and drums: 96 quarters a minute."""
    beats = range(SECONDS * 96 // 60)
    voice = Track(
        tuple(Note(62 + i * 5 % 12, QUARTER * i, QUARTER, Syllable(WORDS[i % 4], ends_line=i % 8 == 7)) for i in beats)
    )
    piano = tuple(Note(48 + 4 * k + i % 3, QUARTER * i, QUARTER, velocity=60) for i in beats for k in range(3))
    bass = tuple(Note(36 + i % 4, QUARTER * i, QUARTER) for i in beats)
    drums = tuple(
        note for i in beats for note in (Note((36, 38)[i % 2], QUARTER * i, 240), Note(42, QUARTER * i + 240, 120))
    )
    return Score(
        (voice, Track(piano, "Piano", "piano", 0), Track(bass, "Bass", "bass", 33), Track(drums, "Drums", "drums", 0)),
        tempi=(Tempo(96),),
        title="A Minute",
        language="en",
    )


def main() -> None:
    conductor, score = Conductor(), song()
    print(f"{'a minute of four parts as':28}{'seconds':>9}{'CPU':>8}{'bytes':>12}{'times faster than it plays':>28}")
    for suffix in SUFFIXES:
        try:
            took, busy, size = timed(conductor, score, suffix)
        except BadInput as missing:
            print(f"{suffix:28}{missing}")
            continue
        met = (
            ""
            if suffix not in (".wav", ".flac", ".ogg")
            else f"   target {TARGET:g} s: {'met' if busy < TARGET else 'missed'}"
        )
        print(f"{suffix:28}{took:9.2f}{busy:8.2f}{size:12,}{SECONDS / took:28.1f}{met}", flush=True)
        if met:
            told(f"a minute of four parts as {suffix}, processor time", busy, "s", at_most=TARGET)


def timed(conductor: Conductor, score: Score, suffix: str) -> tuple[float, float, int]:
    """Medians of seconds and CPU seconds, and the bytes, after one unmeasured call."""
    size = len(conductor.render(score, suffix))
    clock, busy = [], []
    for _ in range(ROUNDS):
        began, used = time.perf_counter(), time.process_time()
        conductor.render(score, suffix)
        clock.append(time.perf_counter() - began)
        busy.append(time.process_time() - used)
    return statistics.median(clock), statistics.median(busy), size


if __name__ == "__main__":
    main()
