"""How our songs lie beside people's: ``python -m carmina_melody.making.scorecard LYRICS.txt [SEEDS] [CORPUS FOLDER]``.

LYRICS.txt holds lyrics after lines ``== STYLE LANGUAGE``; ``lyrics_dev.txt`` is for development,
``lyrics_test.txt`` only for reports.
Each is set with SEEDS seeds (3). With a corpus folder, people's validation songs are measured by the same code, and
settings of the
same words by different composers give the distances that seeds should have.
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np

from carmina import Brief, Score
from carmina.conductor import Conductor

from ..bands import pitch_figures, rhythm_figures
from ..corpus.encoding import _lines_of_notes, _truth
from ..corpus.songs import Song, read_songs
from ..ranking import stress_fit
from ..tokenizer import reader_of

HEAD = 24  # syllables by which settings are compared
EVALUATED = {  # figures of installed evaluators that say how a song is made above its notes
    "repeated-words": ("repeated_words_gain",),
    "stanzas": ("stanza_rhythm", "line_rhythm", "chorus_lift"),
    "repetition": ("bar_rhythms_repeated", "motives_3", "groove_consistency"),
}
STANZA = 4
Row = dict[str, float]


@lru_cache(maxsize=1)
def _evaluators() -> Mapping[str, Any]:
    return Conductor().all("evaluator")


def evaluated(score: Score) -> Row:
    """What the evaluators in ``EVALUATED`` say."""
    return {
        figure.name: float(figure.value)
        for name, wanted in EVALUATED.items()
        for figure in _evaluators()[name]().evaluate(score)
        if figure.name in wanted and figure.value is not None
    }


def figures_of(score: Score, genre: str = "song") -> Row:
    """The figures of one song."""
    song = Song("", 0, genre, score.language, score, ())
    lines = _lines_of_notes(song)
    if len(lines) < 2:
        return {}
    piece = _truth(song, lines)
    rows = []
    for at in range(0, len(piece.frames) - 1, STANZA):
        frames = piece.frames[at : at + STANZA]
        rows.append({**rhythm_figures(frames, piece.grid), **pitch_figures(frames, piece.mode)})
    found = {
        name: float(np.mean([row[name] for row in rows if name in row])) for name in {n for row in rows for n in row}
    }
    found["stress_beat_auc"] = stress_fit(piece.frames, piece)
    found["line_end_quarters"] = float(np.mean([frame.notes[-1].length / 12 for frame in piece.frames]))
    triad = (0, 3 if piece.mode == "minor" else 4, 7)
    ends = [frame.notes[-1].height % 12 for frame in piece.frames]
    found["final_tonic"] = float(ends[-1] == 0)
    found["ends_on_triad"] = float(np.mean([end in triad for end in ends]))
    found["notes_a_syllable"] = max(
        Counter((i, n.syllable) for i, f in enumerate(piece.frames) for n in f.notes).values()
    )
    moves = [
        abs(f.notes[-1].height - f.notes[-2].height) for f in piece.frames if f.lines_left == 0 and len(f.notes) > 1
    ]
    found["leap_into_end"] = float(max(moves, default=0))
    rests = [b.onset_ticks - a.end_ticks for a, b in zip(score.sung_notes, score.sung_notes[1:], strict=False)]
    found["longest_rest"] = max(rests, default=0) / 480
    whole = sum(1 for end in score.bar_onsets()) or 1
    if score.chords:
        found["changes_a_bar"] = len(score.chords) / whole
        found["kinds_of_chord"] = len({chord.symbol for chord in score.chords})
    return found | evaluated(score)


def heads(score: Score) -> tuple[np.ndarray, np.ndarray, np.ndarray] | None:
    """Of the first syllables: log2 of the time to the next one, place in the bar (0..1), direction to the next."""
    notes = [note for note in score.sung_notes if note.syllable][: HEAD + 1]
    if len(notes) <= HEAD:
        return None
    onset = np.array([note.onset_ticks for note in notes], float)
    bar = score.metres[0].bar_ticks
    return (
        np.log2(np.diff(onset)),
        (onset[:-1] - score.pickup_ticks) % bar / bar,
        np.sign(np.diff([n.pitch for n in notes])),
    )


def distance(a, b) -> Row:
    place = np.abs(a[1] - b[1])
    return {
        "rhythm": float(np.abs(a[0] - b[0]).mean()),
        "place": float(np.minimum(place, 1 - place).mean()),
        "contour": float((a[2] != b[2]).mean()),
    }


def distances(groups: Sequence[Sequence[Score]]) -> dict[str, Row]:
    """Mean distance of settings of the same words, of other words, and their ratio."""
    found = [[h for score in group if (h := heads(score)) is not None] for group in groups]
    same = [distance(a, b) for group in found for a, b in combinations(group, 2)]
    other = [distance(a, b) for one, two in combinations(found, 2) for a in one for b in two]
    mean = {
        kind: {k: float(np.mean([row[k] for row in rows])) for k in rows[0]}
        for kind, rows in (("reseed", same), ("swap", other))
        if rows
    }
    if "swap" in mean and "reseed" in mean:
        mean["ratio"] = {k: mean["swap"][k] / mean["reseed"][k] for k in mean["swap"]}
    return mean


def read_lyrics(path: Path) -> list[tuple[str, str, str]]:
    """(style, language, words) of each."""
    found = []
    for part in path.read_text("utf-8").split("== ")[1:]:
        head, _, words = part.partition("\n")
        style, language = head.split()
        found.append((style, language, words.strip()))
    return found


def ours(path: Path, seeds: int) -> tuple[list[Row], list[list[Score]]]:
    conductor, rows, groups = Conductor(), [], []
    for style, language, words in read_lyrics(path):
        lyrics = conductor.lyrics(words, language)
        known = style if style in conductor.all("style") else "popular"
        songs = [conductor.compose(Brief(lyrics, style=known, seed=seed)) for seed in range(1, seeds + 1)]
        groups.append(songs)
        rows += [{**figures_of(song), f"syncopated {style}": figures_of(song).get("syncopated", 0.0)} for song in songs]
    return rows, groups


def people(folder: Path) -> tuple[list[Row], list[list[Score]]]:
    """Validation songs, and groups of songs that set the same words."""
    rows, by_words = [], defaultdict(list)
    for song in read_songs(folder, reader_of(Conductor())):
        words = " ".join(n.syllable.text.lower() for n in song.score.sung_notes if n.syllable)[:60]
        by_words[words].append(song.score)
        if song.split == "validation":
            rows.append(figures_of(song.score, song.genre))
    return rows, [scores[:4] for scores in by_words.values() if len(scores) > 1]


def means(rows: Iterable[Row]) -> Row:
    kept = [row for row in rows if row]
    names = sorted({name for row in kept for name in row})
    return {name: float(np.mean([row[name] for row in kept if name in row])) for name in names}


def shown(title: str, rows: Sequence[Row], groups: Sequence[Sequence[Score]]) -> str:
    lines = [f"## {title}: {len(rows)} songs"]
    lines += [f"{name:22s} {value:8.3f}" for name, value in means(rows).items()]
    for kind, row in distances(groups).items():
        lines.append(f"{kind:8s} " + "  ".join(f"{name} {value:.3f}" for name, value in row.items()))
    kinds = {chord.symbol for group in groups for song in group for chord in song.chords}
    return "\n".join([*lines, f"kinds of chord in all  {len(kinds)}"])


def main() -> None:
    seeds = int(sys.argv[2]) if len(sys.argv) > 2 else 3
    print(shown(f"ours, {Path(sys.argv[1]).stem}", *ours(Path(sys.argv[1]), seeds)))
    if len(sys.argv) > 3:
        print(shown("people", *people(Path(sys.argv[3]))))


if __name__ == "__main__":
    main()
