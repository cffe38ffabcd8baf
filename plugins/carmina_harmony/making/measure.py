"""Measures chords, four parts and piano against people's songs that no table has seen -> ``data/human.json`` and a
report.

python -m carmina_harmony.making.measure CORPUS_FOLDER
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from carmina import ArrangeBrief, Chord, Score, Track
from carmina.conductor import Conductor

from ..chooser import choose
from ..measures import accompaniment, chord_figures
from ..part_rules import Rows, rows
from ..states import QUALITIES, parts
from ..symbols import symbol
from .chords import GENRES, Sample, labelled
from .figures import hands_of
from .voices import rates, rows_of, scrambled

MOST = 40  # songs of a genre
Values = dict[str, float | None]


def with_chords(sample: Sample, states: Sequence[int] | np.ndarray) -> Score:
    """The sample's voice with these states as chords."""
    named = []
    for slot, key, number in zip(sample.found.slots, sample.found.keys, states, strict=True):
        if number >= 0:
            degree, quality = parts(int(number))
            named.append(Chord(slot.onset_ticks, symbol((degree + key.tonic) % 12, QUALITIES[quality], key)))
    return replace(sample.piece.score, chords=tuple(named))


def mean(found: Iterable[Values]) -> dict[str, float]:
    """Means of what is defined."""
    columns: dict[str, list[float]] = {}
    for values in found:
        for name, value in values.items():
            if value is not None:
                columns.setdefault(name, []).append(value)
    return {name: round(float(np.mean(column)), 3) for name, column in columns.items()}


def chord_rows(found: list[Sample], seed: int = 0) -> dict[str, dict[str, float]]:
    """Figures of people's chords, ours, and people's dealt anew; with the share of slots where root and chord are
    people's."""
    rng = np.random.default_rng(seed)
    out: dict[str, list[Values]] = {"human": [], "ours": [], "chance": [], "tonic alone": []}
    for number, sample in enumerate(found):
        human = sample.states
        ours = choose(sample.found, GENRES[sample.genre], np.random.default_rng([seed, number]))
        chance = human.copy()
        chance[human >= 0] = rng.permutation(human[human >= 0])
        tonic = np.full_like(human, QUALITIES.index("m") if sample.mode else 0)
        for name, states in (("human", human), ("ours", ours), ("chance", chance), ("tonic alone", tonic)):
            known = human >= 0
            figures = chord_figures(with_chords(sample, np.where(known, states, -1)))
            figures["root_as_human"] = (
                float((states // len(QUALITIES) == human // len(QUALITIES))[known].mean()) if known.any() else None
            )
            figures["chord_as_human"] = float((states == human)[known].mean()) if known.any() else None
            out[name].append(figures)
    return {name: mean(rows_) for name, rows_ in out.items()}


def piano_rows(found: list[Sample], conductor: Conductor) -> dict[str, dict[str, float]]:
    """Figures of people's piano parts, ours to the same voices, and people's notes over bars dealt anew."""
    rng = np.random.default_rng(0)
    out: dict[str, list[Values]] = {"human": [], "ours": [], "chance": []}
    for number, sample in enumerate(found):
        hands = hands_of(sample)
        if hands is None:
            continue
        notes = [[note for bar in hands for note, at in bar if at == hand] for hand in (0, 1)]
        score = with_chords(sample, sample.states)
        tracks = tuple(Track(tuple(line), "Piano", "piano", 0) for line in notes)
        out["human"].append(accompaniment(replace(score, tracks=(*score.tracks, *tracks))))
        dealt = replace(score, chords=tuple(_dealt(score.chords, rng)))
        out["chance"].append(accompaniment(replace(dealt, tracks=(*score.tracks, *tracks))))
        brief = ArrangeBrief(
            replace(sample.piece.score, chords=()), "art", seed=number, options={"intro": 0, "outro": 0}
        )
        out["ours"].append(accompaniment(conductor.get("writer", "arrange")().write(brief, conductor)))
    return {name: mean(rows_) for name, rows_ in out.items()}


def _dealt(chords: Sequence[Chord], rng: np.random.Generator) -> list[Chord]:
    order = rng.permutation(len(chords))
    return [replace(chord, symbol=chords[place].symbol) for chord, place in zip(chords, order, strict=True)]


def hymn_rows(found: list[Sample], conductor: Conductor) -> dict[str, dict[str, float]]:
    """Broken rules per 100 chords: people's, ours under the same sopranos, people's lower voices dealt anew."""
    human = [(sample, table) for sample in found if (table := rows_of(sample)) is not None]
    rng = np.random.default_rng(0)
    ours = []
    for number, (sample, _) in enumerate(human):
        brief = ArrangeBrief(replace(sample.piece.score, chords=()), "hymn", seed=number)
        made = conductor.get("writer", "arrange")().write(brief, conductor)
        tonic = made.keys[0].tonic
        ours.append(rows([track.notes for track in made.tracks], lambda _, tonic=tonic: tonic))
    tables = [table for _, table in human]
    return {
        "human": rates(tables) | _motion(tables),
        "ours": rates(ours) | _motion(ours),
        "chance": rates([scrambled(table, rng) for table in tables]),
    }


def _motion(tables: list[Rows]) -> dict[str, float]:
    """Semitones that each lower voice moves a chord, on average."""
    steps = [np.abs(np.diff(table.pitches[(table.pitches > 0).all(axis=1)], axis=0)) for table in tables]
    alto, tenor, bass = np.concatenate(steps)[:, 1:].mean(axis=0).tolist()
    return {"alto moves": round(alto, 2), "tenor moves": round(tenor, 2), "bass moves": round(bass, 2)}


def remember(path: Path, group: str, rows_: dict[str, dict[str, float]], what: str, songs: int) -> None:
    """Human and chance values into the table that the evaluators read."""
    known = json.loads(path.read_text("utf-8")) if path.exists() else {}
    names = [name for name in rows_["human"] if not name.endswith("as_human")]
    known[group] = {
        "what": what,
        "songs": songs,
        "source": "OpenScore Lieder (CC0-1.0), Open Hymnal, OpenEWLD (public domain)",
        "figures": {name: [rows_["human"][name], rows_["chance"].get(name)] for name in names},
    }
    path.write_text(json.dumps(known, indent=1) + "\n", "utf-8")


def report(title: str, rows_: dict[str, dict[str, float]], say: Callable[[str], None] = print) -> None:
    """One table, in Markdown."""
    say(f"\n{title}\n\n| figure | {' | '.join(rows_)} |\n|---|{'---|' * len(rows_)}")
    for name in rows_["human"]:
        say(f"| {name} | {' | '.join(str(row.get(name, '')) for row in rows_.values())} |")


def main(folder: str) -> None:
    """Everything, from the corpus."""
    measured([sample for sample in labelled(Path(folder)) if sample.piece.held_out])


def measured(found: list[Sample]) -> None:
    """All tables of the held-out songs."""
    conductor, path = Conductor(), Path(__file__).parents[1] / "data" / "human.json"
    by_genre = {genre: [s for s in found if s.piece.genre == genre][:MOST] for genre in GENRES}
    for genre, songs in by_genre.items():
        report(f"Chords, {genre}, {len(songs)} songs", chord_rows(songs))
    everyone = [sample for songs in by_genre.values() for sample in songs]
    remember(
        path, "chords", chord_rows(everyone), "chords of held-out songs: art songs, hymns, popular songs", len(everyone)
    )
    piano = piano_rows(by_genre["art"], conductor)
    report("Piano, art songs", piano)
    remember(path, "accompaniment", piano, "piano parts of held-out art songs", len(by_genre["art"]))
    report("Four parts, hymns: per 100 chords", hymn_rows([s for s in found if s.piece.genre == "hymn"], conductor))


if __name__ == "__main__":
    main(sys.argv[1])
