"""Our reading beside music21's and mido's: ``python -m tests.agreement.table --files 60 --seed 1`` (0: all files).

Reads the scores that music21 ships (it is in the test extra), the MIDI files that music21 and we write of them, and our
own cases, whose roads and words are known.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random

from carmina import CarminaError
from carmina.conductor import Conductor

from . import by_mido, by_music21
from .cases import CASES, road_of
from .compare import Tally, compare
from .facts import of_score

SUFFIXES = (".mxl", ".xml", ".musicxml", ".abc")
LARGEST = 200_000  # bytes; the few larger ones take minutes each in music21


def corpus(files: int, seed: int) -> list[Path]:
    """Scores of music21's corpus, so many drawn, or all (0)."""
    from music21 import corpus as shipped

    paths = [path for name in shipped.getPaths() if (path := Path(name)).suffix in SUFFIXES]
    paths = sorted(path for path in paths if path.stat().st_size <= LARGEST)
    return paths if not files or files >= len(paths) else sorted(Random(seed).sample(paths, files))


def notation(paths: Sequence[Path], conductor: Conductor, tallies: dict[str, Tally]) -> Iterator[Path]:
    """Adds each file to the tally of its format; those that both read are given on."""
    for path in paths:
        tally = tallies["music21, ABC" if path.suffix == ".abc" else "music21, XML"]
        name = "/".join(path.parts[-2:])
        try:
            theirs = by_music21.reading(path)
        except Exception:
            theirs = None  # what a stranger cannot read says nothing of ours
        if theirs is None or not theirs.notes:
            continue
        try:
            ours = of_score(conductor.open(path, "Score"))
        except CarminaError as fault:
            tally.add("notes kept", 0, sum(theirs.notes.values()))
            tally.apart.append(f"{name}: refused: {fault}")
            continue
        compare(name, theirs, ours, tally)
        yield path


def midi(data: bytes, name: str, conductor: Conductor, tally: Tally) -> None:
    """Adds one MIDI file."""
    theirs, ours = by_mido.reading(data), of_score(conductor.read(data, ".mid", "Score"))
    lead = by_mido.lead(theirs) - by_mido.lead(ours)
    ours.notes, ours.length = by_mido.moved(ours.notes, lead), (ours.length or 0) + lead
    compare(name, theirs, ours, tally)


def cases(conductor: Conductor, tally: Tally) -> None:
    """Our own: every road and every word is known."""
    for case in CASES:
        got = road_of(conductor.read(case.data, case.suffix, "Score"))
        tally.add(case.what, got == case.expected, 1)
        if got != case.expected:
            tally.apart.append(f"{case.name}: expected {case.expected}, got {got}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    conductor, started = Conductor(), time.process_time()
    tallies = {name: Tally() for name in ("music21, XML", "music21, ABC", "mido, MIDI", "own cases")}
    cases(conductor, tallies["own cases"])
    for number, path in enumerate(notation(corpus(asked.files, asked.seed), conductor, tallies), 1):
        midi(conductor.render(conductor.open(path, "Score"), ".mid"), path.name, conductor, tallies["mido, MIDI"])
        print(f"\r{number} files", end="", file=sys.stderr, flush=True)
    print(f"\n{'beside':<14}{'compared':<20}{'agree':>9}{'of':>9}{'share':>9}")
    for stranger, tally in tallies.items():
        for what, (agreed, of) in tally.counts.items():
            print(f"{stranger:<14}{what:<20}{agreed:>9,}{of:>9,}{agreed / of if of else 1:>9.2%}")
    for stranger, tally in tallies.items():
        for line in tally.apart[:40]:
            print(f"apart ({stranger}): {line}")
    print(f"{time.process_time() - started:.0f} seconds of the processor", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
