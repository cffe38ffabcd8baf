"""Evaluating 200 generated scores: every figure of a set, in one process.

Eight songs are composed (one candidate each, not timed) and each is evaluated in 25 transpositions and tempi, since composing two
hundred would take longer than measuring them; nothing is kept from one score to the next.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from about import ROOT, model_option

from carmina import Brief, Score
from carmina.conductor import Conductor
from carmina_measures.sets import measure_set

SONGS = 8
COUNT = 200
LYRICS = ("english", "chinese")


def main() -> None:
    conductor = Conductor()
    with tempfile.TemporaryDirectory() as folder:
        model = model_option(Path(folder))
        words = [conductor.lyrics((ROOT / "corpora" / "demo" / f"{name}.txt").read_text("utf-8")) for name in LYRICS]
        songs = [conductor.compose(Brief(words[n % 2], seed=n, model=model, candidates=1)) for n in range(SONGS)]
    scores = [copy for song in songs for copy in copies(song, COUNT // SONGS)]
    lyrics = [words[n % 2] for n in range(SONGS) for _ in range(COUNT // SONGS)]
    began = time.perf_counter()
    measured = measure_set(scores, lyrics=lyrics)
    took = time.perf_counter() - began
    notes = sum(len(score.voice.notes) for score in scores)
    print(f"{len(scores)} scores, {notes} notes, {len(measured)} figures: {took:.2f} s, {took / len(scores) * 1000:.1f} ms a score")


def copies(song: Score, count: int) -> Iterator[Score]:
    """The song in other keys and tempi."""
    for number in range(count):
        lift = number % 5 - 2
        tracks = tuple(replace(track, notes=tuple(replace(n, pitch=n.pitch + lift) for n in track.notes))
                       for track in song.tracks)
        yield replace(song, tracks=tracks, tempi=(replace(song.tempi[0], quarters_per_minute=80.0 + number), *song.tempi[1:]))


if __name__ == "__main__":
    main()
