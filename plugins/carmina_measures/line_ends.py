"""How lines end, and how many notes a syllable has."""

from __future__ import annotations

from .figures import Measure, Spec, Values, auc, mean
from .view import View

LONG_BEATS = 1.5


class LineEnds(Measure):
    name = "line-ends"
    summary = "line-final lengthening and melisma"
    shuffle = "words"
    specs = (
        Spec("line_end_auc", "P(a line-final syllable is held longer than another), ties half"),
        Spec("line_end_long", f"share of line-final syllables held at least {LONG_BEATS} beats"),
        Spec("other_long", f"share of other syllables held at least {LONG_BEATS} beats"),
        Spec("melisma", "share of syllables sung on more than one note"),
    )

    def measure(self, view: View) -> Values:
        ends, long = view.ends_line, view.held_beats >= LONG_BEATS
        return {
            "line_end_auc": auc(view.held, ends),
            "line_end_long": mean(long[ends]),
            "other_long": mean(long[~ends]),
            "melisma": mean(view.notes > 1),
        }
