"""Importing a corpus: files a second of ``carmina corpus import``, beside music21 and pretty_midi that only parse the
same files.

The files are made here: songs of 160 sung notes and 480 of piano, as MIDI and as MusicXML. Ours does more than parse:
it finds the tune, its words, language, key and metre, throws out duplicates, splits, and writes. The start of its
processes is told apart.
"""

from __future__ import annotations

import os
import tempfile
import time
import warnings
from collections.abc import Callable
from pathlib import Path

import numpy as np
from about import ROOT
from told import told

from carmina import Note, Score, Syllable, Track
from carmina.conductor import Conductor

MIDI_FILES, XML_FILES, OTHERS = 200, 40, 10  # how many ours reads of each, and how many the alternatives read
JOBS = 2
LEAST = {"mid": 50, "musicxml": 5}  # files a second of two cores
WORDS = (ROOT / "corpora" / "demo" / "english.txt").read_text("utf-8").split()
STEPS = (0, 2, 4, 5, 7, 9, 11, 12, 14)


def main() -> None:
    conductor = Conductor()
    with tempfile.TemporaryDirectory() as kept:
        for suffix, count, others in (
            (".mid", MIDI_FILES, {"pretty_midi": _pretty_midi, "music21": _music21}),
            (".musicxml", XML_FILES, {"music21": _music21}),
        ):
            folder = Path(kept, suffix[1:])
            folder.mkdir()
            for seed in range(count):
                (folder / f"{seed}{suffix}").write_bytes(conductor.render(song(seed), suffix))
            _compare(conductor, folder, count, others)


def _compare(conductor: Conductor, folder: Path, count: int, others: dict[str, Callable[[Path], object]]) -> None:
    few = Path(folder.parent, f"few-{folder.name}")
    few.mkdir()
    for path in sorted(folder.iterdir())[:JOBS]:
        os.link(path, few / path.name)
    start, start_cpu = _spent(lambda: _import(conductor, few))
    wall, cpu = _spent(lambda: _import(conductor, folder))
    more = count - JOBS
    print(
        f"{folder.name}: carmina corpus import, {JOBS} processes: {count / wall:.0f} files/s; their start takes "
        f"{start:.1f} s, after it "
        f"{more / max(wall - start, 1e-3):.0f} files/s, {more / max(cpu - start_cpu, 1e-3):.0f} a second of one "
        "core's time"
    )
    told(
        f"import {folder.name} files, one core's time",
        more / max(cpu - start_cpu, 1e-3),
        "files/s",
        at_least=LEAST[folder.name] / JOBS,
    )
    for name, read in others.items():
        paths = sorted(folder.iterdir())[:OTHERS]
        read(paths[0])
        wall, cpu = _spent(lambda read=read, paths=paths: [read(path) for path in paths])
        print(
            f"{folder.name}: {name}, parsing alone, 1 process: {OTHERS / wall:.1f} files/s, {OTHERS / cpu:.1f} a "
            "second of one core's time"
        )


def _import(conductor: Conductor, folder: Path) -> None:
    from carmina_corpora.importing import ImportRequest, build, gather

    wish = ImportRequest(folder, "bench", jobs=JOBS)
    build(gather(conductor, wish, lambda *_: None), wish)


def _spent(work: Callable[[], object]) -> tuple[float, float]:
    """Seconds on the clock, and of processor time with that of ended child processes."""
    began, before = time.perf_counter(), os.times()
    work()
    after = os.times()
    return time.perf_counter() - began, sum(after[:4]) - sum(before[:4])


def song(seed: int) -> Score:
    """A tune over broken chords."""
    drawn = np.random.default_rng(seed)
    steps = np.clip(np.cumsum(drawn.integers(-2, 3, 160)) + 4, 0, 8)
    lengths = drawn.choice((240, 480, 480, 960), 160)
    onsets = np.cumsum(lengths) - lengths
    start = int(drawn.integers(len(WORDS) - 20))
    voice = tuple(
        Note(
            60 + STEPS[step],
            int(at),
            int(length),
            Syllable(WORDS[(start + number) % len(WORDS)].strip(",.;:!?[]") or "la"),
        )
        for number, (step, at, length) in enumerate(zip(steps, onsets, lengths, strict=True))
    )
    piano = tuple(Note(int(48 + drawn.choice((0, 4, 7)) + 12 * (at % 3)), at * 240, 240) for at in range(480))
    return Score((Track(voice), Track(piano, "Piano", "piano", 0)))


def _music21(path: Path) -> object:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import music21

        return music21.converter.parse(path, forceSource=True, storePickle=False)


def _pretty_midi(path: Path) -> object:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pretty_midi

        return pretty_midi.PrettyMIDI(str(path))


if __name__ == "__main__":
    main()
