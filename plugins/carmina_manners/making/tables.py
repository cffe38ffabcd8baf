"""Measures the manners that ship: ``python -m carmina_manners.making.tables FOLDER``.

FOLDER: the corpus of corpora/songs. Pieces that are held out (an eighth, whole clusters) are not counted. Tunes at
large are the five kinds of song, each as much as another. Writes ``data/manners.json``: tables, and for each
manner how many pieces it was measured on and the middle of their metres, modes and ranges.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median
from typing import Any

from ..corpus import GENRES, Song, songs
from ..tables import DATA, counts_of, manner_of
from .chorales import chorales

COMPOSERS = {"schubert": "Schubert", "schumann": "Schumann, Robert", "brahms": "Brahms", "foster": "Foster"}
RAREST = 0.001  # share of a table's tokens below which one is left out


def lots(corpus: Sequence[Song], bach: Sequence[Song]) -> dict[str, list[Song]]:
    """The pieces of each manner, those of the kinds of song first."""
    of: dict[str, Callable[[Song], bool]] = {genre: lambda s, g=genre: s.genre == g for genre in GENRES.values()}  # type: ignore[misc]
    of |= {name: lambda s, c=who: c in s.composer for name, who in COMPOSERS.items()}  # type: ignore[misc]
    return {**{name: [s for s in corpus if is_one(s)] for name, is_one in of.items()}, "chorale": list(bach)}


def shares_at_large(kinds: Sequence[dict[str, Counter[str]]]) -> dict[str, dict[str, float]]:
    """The mean of the kinds' shares, each token that is not too rare."""
    found: dict[str, dict[str, float]] = {}
    for table in sorted({table for counts in kinds for table in counts}):
        own = [counts[table] for counts in kinds if sum(counts.get(table, Counter()).values())]
        tokens = sorted({token for counts in own for token in counts}, key=lambda t: (len(t), t))
        mean = {t: sum(c[t] / sum(c.values()) for c in own) / len(own) for t in tokens}
        found[table] = {token: round(share, 5) for token, share in mean.items() if share >= RAREST}
    return found


def measured(pieces: Sequence[Song]) -> dict[str, Any]:
    """What a style says besides its manner."""
    scores = [piece.score for piece in pieces]
    metres = Counter(str(score.metres[0]) for score in scores)
    lows = [min(n.pitch for n in score.sung_notes) for score in scores]
    highs = [max(n.pitch for n in score.sung_notes) for score in scores]
    return {
        "pieces": len(pieces),
        "notes": sum(len(score.sung_notes) for score in scores),
        "metres": {
            metre: round(many / len(scores), 3) for metre, many in metres.most_common() if many >= len(scores) / 20
        },
        "minor": round(sum(score.keys[0].mode == "minor" for score in scores) / len(scores), 3),
        "range": [int(median(lows)), int(median(highs))],
    }


def main() -> None:
    """Write the tables."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    asked = parser.parse_args()
    corpus = list(songs(asked.folder))
    found = {
        name: [piece for piece in pieces if not piece.held] for name, pieces in lots(corpus, list(chorales())).items()
    }
    counts = {name: counts_of([piece.score for piece in pieces]) for name, pieces in found.items()}
    large = shares_at_large([counts[genre] for genre in GENRES.values()])
    data: dict[str, dict[str, Any]] = {
        "large": large,
        "manners": {name: manner_of(own, large) for name, own in counts.items()},
        "measured": {name: measured(pieces) for name, pieces in found.items()},
    }
    (DATA / "manners.json").write_text(_text(data) + "\n", "utf-8")


def _text(data: dict[str, dict[str, Any]]) -> str:
    """JSON, a table a line."""
    parts = []
    for name, entries in data.items():
        rows = []
        for key, value in entries.items():
            if name == "manners":
                tables = ",\n   ".join(f"{json.dumps(t)}: {json.dumps(v)}" for t, v in value.items())
                rows.append(f"  {json.dumps(key)}: {{\n   {tables}}}")
            else:
                rows.append(f"  {json.dumps(key)}: {json.dumps(value)}")
        parts.append(f" {json.dumps(name)}: {{\n" + ",\n".join(rows) + "}")
    return "{\n" + ",\n".join(parts) + "}"


if __name__ == "__main__":
    main()
