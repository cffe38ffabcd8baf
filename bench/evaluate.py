"""Evaluating 200 songs and 200 poems with every figure, and the figures that muspy defines too beside muspy's own.

Eight songs are composed (one candidate each, not timed) and each is evaluated in 25 transpositions and tempi, since
composing two hundred would take longer than measuring them; nothing is kept from one score to the next. Poems are words
of the demo lyrics dealt into fourteen lines: what they say does not change how long they take.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from about import ROOT, model_option
from carmina_measures.figures import entropy
from carmina_measures.repetition import groove_consistency
from carmina_measures.report.gather import Panel
from carmina_measures.sets import measure_set
from carmina_measures.tonality import scale_consistency
from carmina_measures.view import view_of
from told import told

from carmina import Brief, Poem, Score
from carmina.conductor import Conductor

SONGS = 8
COUNT = 200
LYRICS = ("english", "chinese")
LINES, WORDS = 14, 8


def main() -> None:
    conductor = Conductor()
    texts = [(ROOT / "corpora" / "demo" / f"{name}.txt").read_text("utf-8") for name in LYRICS]
    with tempfile.TemporaryDirectory() as folder:
        model = model_option(Path(folder))
        words = [conductor.lyrics(text) for text in texts]
        songs = [conductor.compose(Brief(words[n % 2], seed=n, model=model, candidates=1)) for n in range(SONGS)]
    scores = [copy for song in songs for copy in copies(song, COUNT // SONGS)]
    lyrics = [words[n % 2] for n in range(SONGS) for _ in range(COUNT // SONGS)]
    notes = sum(len(score.voice.notes) for score in scores)
    took, measured = timed(lambda: measure_set(scores, lyrics=lyrics))
    print(
        f"{len(scores)} scores, {notes} notes, {len(measured)} figures: {took:.2f} s, "
        f"{took / len(scores) * 1000:.1f} ms a score"
    )
    told(f"evaluate {len(scores)} songs, processor time", took, "s", at_most=10)
    took, _ = timed(lambda: Panel(conductor).subjects([(str(n), score) for n, score in enumerate(scores)]))
    print(f"the same with their words read again, as carmina evaluate does: {took:.2f} s, {notes / took:,.0f} notes/s")
    beside_muspy(scores, notes)
    for name, text in zip(LYRICS, texts, strict=True):
        took, found = timed(lambda made=list(poems(text, name)): Panel(conductor).subjects(made))
        print(
            f"{COUNT} {name} poems of {LINES} lines, {len(found[0].figures)} figures: {took:.2f} s, "
            f"{took / COUNT * 1000:.1f} ms a poem"
        )


def timed(work: Callable) -> tuple[float, object]:
    """Seconds of the processor that work takes (a busy machine makes it no longer), and what it gives."""
    began = time.process_time()
    found = work()
    return time.process_time() - began, found


def copies(song: Score, count: int) -> Iterator[Score]:
    """The song in other keys and tempi."""
    for number in range(count):
        lift = number % 5 - 2
        tracks = tuple(
            replace(track, notes=tuple(replace(n, pitch=n.pitch + lift) for n in track.notes)) for track in song.tracks
        )
        yield replace(
            song, tracks=tracks, tempi=(replace(song.tempi[0], quarters_per_minute=80.0 + number), *song.tempi[1:])
        )


def poems(text: str, name: str) -> Iterator[tuple[str, Poem]]:
    """Poems of the words (characters) of a text."""
    rng = np.random.default_rng(0)
    chinese = name == "chinese"
    units = [c for c in text if "一" <= c <= "鿿"] if chinese else [word for word in text.split() if word.isalpha()]
    for number in range(COUNT):
        lines = ("".join(rng.choice(units, 7)) if chinese else " ".join(rng.choice(units, WORDS)) for _ in range(LINES))
        yield str(number), Poem((tuple(lines),), "" if chinese else "sonnet", "zh" if chinese else "en")


# ---- the figures that muspy has too


def beside_muspy(scores: Sequence[Score], notes: int) -> None:
    try:
        import muspy
    except ImportError:
        print("muspy is not installed: pip install muspy")
        return
    theirs = [
        muspy.Music(
            resolution=12,
            tracks=[
                muspy.Track(
                    notes=[
                        muspy.Note(n.onset_ticks // 40, n.pitch, max(1, n.length_ticks // 40), n.velocity)
                        for n in score.voice.notes
                    ]
                )
            ],
        )
        for score in scores
    ]
    ours_took, _ = timed(lambda: [ours(score) for score in scores])
    muspy_took, _ = timed(lambda: [shared(muspy, music, score) for music, score in zip(theirs, scores, strict=True)])
    print(
        "range, pitches used, entropies of pitch and pitch class, scale and groove consistency: ours "
        f"{notes / ours_took:,.0f} notes/s, "
        f"muspy {notes / muspy_took:,.0f} notes/s: {muspy_took / ours_took:.1f} x"
    )


def ours(score: Score) -> tuple:
    """From the score, arrays and all."""
    view = view_of(score)
    return (
        int(np.ptp(view.pitch)),
        len(np.unique(view.pitch)),
        entropy(np.bincount(view.pitch)),
        entropy(np.bincount(view.pitch % 12)),
        scale_consistency(view.pitch),
        groove_consistency(view),
    )


def shared(muspy, music, score: Score) -> tuple:
    """From muspy's own objects, which are not timed."""
    return (
        muspy.pitch_range(music),
        muspy.n_pitches_used(music),
        muspy.pitch_entropy(music),
        muspy.pitch_class_entropy(music),
        muspy.scale_consistency(music),
        muspy.groove_consistency(music, score.metres[0].bar_ticks // 40),
    )


if __name__ == "__main__":
    main()
