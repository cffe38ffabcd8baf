"""Whether a score can be sung as written, and whether it sings the words that were given."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections.abc import Sequence
from typing import Any

import numpy as np

from carmina import TICKS_PER_QUARTER, Figure, Lyrics, Score

from .figures import Measure, Spec, Values, figures, mean
from .view import View, view_of

GRID_TICKS = TICKS_PER_QUARTER // 24  # holds 32nd notes and triplet 16ths
LOWEST, HIGHEST = 40, 84  # E2..C6: bass to soprano
MOST_JOINED = 4  # syllables that may be found squeezed into one note


class Validity(Measure):
    name = "validity"
    summary = "no overlap, singable range, whole bars, lengths on the grid"
    shuffle = ""
    specs = (
        Spec("valid", "1 when all four shares below are 1, else 0; an empty voice is valid", "higher"),
        Spec("no_overlap", "share of notes that end before the next begins", "higher"),
        Spec("in_range", f"share of notes within MIDI {LOWEST}..{HIGHEST}", "higher"),
        Spec("bars_full", "share of bars that notes and rests fill: no change of metre cuts them", "higher"),
        Spec("on_grid", "share of notes whose onset and length are multiples of 1/24 quarter", "higher"),
        Spec("texted", "share of notes that sing a syllable, counting melismas", "higher"),
    )

    def measure(self, view: View) -> Values:
        shares = {
            "no_overlap": mean(view.onset[:-1] + view.length[:-1] <= view.onset[1:]),
            "in_range": mean((view.pitch >= LOWEST) & (view.pitch <= HIGHEST)),
            "bars_full": bars_full(view),
            "on_grid": mean((view.onset % GRID_TICKS == 0) & (view.length % GRID_TICKS == 0)),
        }
        whole = all(share in (None, 1.0) for share in shares.values())
        return {**shares, "valid": float(whole), "texted": mean(view.syllable >= 0)}


def bars_full(view: View) -> float | None:
    """Share of bars at whose end the next bar of the metre, a change of metre or the end of the song stands."""
    if not len(view.pitch):
        return None
    changes = np.array([metre.onset_ticks for metre in view.score.metres])
    inside = changes < view.score.end_ticks
    cut = ~np.isin(changes[inside], view.bars)
    return 1 - float(cut.sum()) / len(view.bars)


class Words(Measure):
    name = "words"
    summary = "lyric recall and cramming against the words that were given"
    shuffle = ""
    specs = (
        Spec("lyric_recall", "share of the given syllables sung in order (longest common subsequence)", "higher"),
        Spec("crammed", "share of the given syllables that are squeezed with another on one note", "lower"),
    )

    def measure(self, view: View) -> Values:
        return {}

    def evaluate(self, work: Any, reference: Sequence[Any] = ()) -> list[Figure]:
        """Recall and cramming against the first :class:`carmina.Lyrics` of ``reference``; without one, undefined."""
        lyrics = next((given for given in reference if isinstance(given, Lyrics)), None)
        values = {} if lyrics is None else against(work, lyrics)
        return figures(self.specs, values, work.language)


def against(score: Score, lyrics: Lyrics) -> Values:
    """Recall and cramming of a score against the words that it should sing."""
    asked = [plain(syllable.text) for syllable in lyrics.syllables]
    sung = [_pieces(text, asked_joined) for asked_joined in [_joined(asked)] for text in view_of(score).text]
    units = [unit for pieces in sung for unit in pieces]
    crammed = sum(len(pieces) for pieces in sung if len(pieces) > 1)
    return {
        "lyric_recall": common_subsequence(units, asked) / len(asked) if asked else None,
        "crammed": crammed / len(asked) if asked else None,
    }


def plain(text: str) -> str:
    """Letters and digits alone, folded: what two spellings of a syllable share."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(c for c in folded if c.isalnum() or unicodedata.combining(c)) or folded


def _joined(asked: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Every run of 2 to MOST_JOINED neighbouring syllables, written as one."""
    single = set(asked)
    runs: dict[str, tuple[str, ...]] = {}
    for size in range(2, MOST_JOINED + 1):
        for at in range(len(asked) - size + 1):
            run = tuple(asked[at : at + size])
            if "".join(run) not in single:
                runs.setdefault("".join(run), run)
    return runs


def _pieces(text: str, joined: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The syllables that one note's text holds: split at spaces, hyphens and elision bows, and known runs."""
    parts = [plain(part) for part in text.replace("\u203f", " ").replace("-", " ").split()]
    return tuple(piece for part in parts for piece in joined.get(part, (part,)))


def common_subsequence(first: Sequence[str], second: Sequence[str]) -> int:
    """Length of the longest common subsequence (Hunt and Szymanski 1977)."""
    places: dict[str, list[int]] = {}
    for at, unit in enumerate(second):
        places.setdefault(unit, []).insert(0, at)
    ends: list[int] = []
    for unit in first:
        for at in places.get(unit, ()):
            slot = bisect_left(ends, at)
            ends[slot : slot + 1] = [at]
    return len(ends)
