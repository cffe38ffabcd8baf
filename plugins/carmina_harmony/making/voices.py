"""What hymns do with four voices -> ``data/voices.npz`` and the human rates in ``data/human.json``.

python -m carmina_harmony.making.voices CORPUS_FOLDER
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np

from carmina import Note

from ..part_rules import RULES, Rows, chords, counts, rows
from ..states import ABOVE, QUALITIES, parts
from .chords import Sample, labelled

WIDEST = 24  # semitones of a move or a gap that is told apart


def four_voices(sample: Sample) -> list[list[Note]] | None:
    """Soprano, alto, tenor and bass of a hymn; None where there are not just four single lines."""
    staves = sorted({staff for _, staff in sample.piece.others})
    if len(staves) != 3:
        return None
    voice = sample.piece.score.voice
    assert voice is not None  # the corpus gives every piece one
    voices = [list(voice.notes)]
    voices += [[note for note, staff in sample.piece.others if staff == wanted] for wanted in staves]
    for line in voices:
        if len(line) < 10 or any(b.onset_ticks < a.end_ticks for a, b in zip(line, line[1:], strict=False)):
            return None
    return voices


def rows_of(sample: Sample) -> Rows | None:
    """The rows of a hymn."""
    voices = four_voices(sample)
    tonic = sample.piece.score.keys[0].tonic
    found = rows(voices, lambda _: tonic) if voices else None
    return found if found is not None and chords(found) > 10 else None


def learnt(found: list[Sample]) -> dict[str, np.ndarray]:
    """Log-chances of moves (3, 49), gaps (3, 25), places (3, 128), basses (2, Q, 4) and doublings (Q, 4) of lower
    voices."""
    moves, gaps, places = np.full((3, 2 * WIDEST + 1), 0.3), np.full((3, WIDEST + 1), 0.3), np.full((3, 128), 0.05)
    basses, doubles = np.full((2, len(QUALITIES), 4), 0.2), np.full((len(QUALITIES), 4), 0.2)
    for sample in found:
        table = rows_of(sample)
        if table is None:
            continue
        full = table.pitches[(table.pitches > 0).all(axis=1)]
        for voice in range(3):
            np.add.at(moves[voice], np.clip(np.diff(full[:, voice + 1]), -WIDEST, WIDEST) + WIDEST, 1)
            np.add.at(gaps[voice], np.clip(full[:, voice] - full[:, voice + 1], 0, WIDEST), 1)
            np.add.at(places[voice], full[:, voice + 1], 1)
        _tones(sample, table, basses, doubles)
    return {
        "moves": _log(moves),
        "gaps": _log(gaps),
        "places": _log(_blurred(places)),
        "basses": _log(basses),
        "doubles": _log(doubles),
    }


def _tones(sample: Sample, table: Rows, basses: np.ndarray, doubles: np.ndarray) -> None:
    """Counts which tone lies in the bass (second axis: at phrase ends) and which is doubled, chord by chord."""
    tonic = sample.piece.score.keys[0].tonic
    for slot, place, number in zip(
        sample.found.slots, sample.found.places.tolist(), sample.states.tolist(), strict=True
    ):
        at = np.flatnonzero(table.onsets == slot.onset_ticks)
        if number < 0 or not len(at) or not table.pitches[at[0]].all():
            continue
        degree, quality = parts(number)
        steps = [(int(pitch) - tonic - degree) % 12 for pitch in table.pitches[at[0]]]
        above = ABOVE[quality]
        if all(step in above for step in steps):
            basses[int(place in (4, 5)), quality, above.index(steps[3])] += 1
            for step, times in Counter(steps).items():
                doubles[quality, above.index(step)] += times > 1


def _blurred(table: np.ndarray) -> np.ndarray:
    padded = np.pad(table, ((0, 0), (1, 1)), mode="edge")
    return 0.25 * padded[:, :-2] + 0.5 * padded[:, 1:-1] + 0.25 * padded[:, 2:]


def _log(table: np.ndarray) -> np.ndarray:
    return np.log(table / table.sum(axis=-1, keepdims=True))


def rates(found: list[Rows]) -> dict[str, float]:
    """How often each rule is broken per 100 chords."""
    total: Counter[str] = Counter()
    for table in found:
        total.update(counts(table))
    moments = sum(chords(table) for table in found)
    return {rule: round(100 * total[rule] / moments, 3) for rule in RULES}


def scrambled(table: Rows, rng: np.random.Generator) -> Rows:
    """Chance: the lower voices' rows in another order, under the soprano as it is."""
    order = rng.permutation(len(table.pitches))
    return Rows(table.onsets, np.column_stack([table.pitches[:, 0], table.pitches[order, 1:]]), table.tonics)


def main(folder: str) -> None:
    """Writes the tables of the hymns that are not held out, and the rates of those that are."""
    data = Path(__file__).parents[1] / "data"
    hymns = [s for s in labelled(Path(folder)) if s.piece.genre == "hymn"]
    write(hymns, data)


def write(hymns: list[Sample], data: Path) -> None:
    """Both files."""
    tables = learnt([s for s in hymns if not s.piece.held_out])
    singles: dict[str, Any] = {name: table.astype(np.float32) for name, table in tables.items()}
    np.savez_compressed(data / "voices.npz", **singles)
    held = [table for table in (rows_of(s) for s in hymns if s.piece.held_out) if table is not None]
    everything = [table for table in (rows_of(s) for s in hymns) if table is not None]
    rng = np.random.default_rng(0)
    human, chance = rates(everything), rates([scrambled(table, rng) for table in everything])
    path = data / "human.json"
    known = json.loads(path.read_text("utf-8")) if path.exists() else {}
    known["part writing"] = {
        "what": "broken rules per 100 chords, four-part hymns",
        "songs": len(everything),
        "held out": len(held),
        "rules": {rule: [human[rule], chance[rule]] for rule in RULES},
    }
    path.write_text(json.dumps(known, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
