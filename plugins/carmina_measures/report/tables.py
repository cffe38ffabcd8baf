"""Reports as text for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from carmina.text import width

from .compare import Contrast
from .gather import Subject

MARKS = {"higher": "↑", "lower": "↓", "human": "≈"}
LEGEND = "↑ higher is better   ↓ lower is better   ≈ best near human   - not known"
MOST_COLUMNS = 4  # songs shown side by side; of more, the mean
NAME_WIDTH = 24


def number(value: float | None) -> str:
    """Three digits that matter, or a dash."""
    if value is None:
        return "-"
    if abs(value) == float("inf"):
        return "∞"
    return (
        f"{value:.0f}"
        if value == int(value) and abs(value) > 1
        else f"{value:.1f}"
        if abs(value) >= 100
        else f"{value:.3f}"
    )


def figures_table(subjects: Sequence[Subject]) -> list[str]:
    """Every figure that a song defines, by evaluator, beside human and chance."""
    shown = list(subjects) if len(subjects) <= MOST_COLUMNS else []
    heads = [_short(one.name) for one in shown] or [f"mean of {len(subjects)}"]
    rows = [["", *heads, "human", "chance"]]
    for group, figures in grouped(subjects):
        rows.append([group])
        for name, found in figures.items():
            known = next(figure for figure in found if figure is not None)
            values = [figure.value if figure else None for figure in found]
            cells = values if shown else [_mean(values)]
            rows.append(
                [f"  {name} {MARKS[known.better]}", *map(number, cells), number(known.human), number(known.chance)]
            )
    return [*aligned(rows), "", LEGEND]


def grouped(subjects: Sequence[Subject]) -> Iterator[tuple[str, dict[str, list]]]:
    """Evaluator -> figure -> that figure of each subject, or ``None``."""
    names = dict.fromkeys(group.name for one in subjects for group in one.groups)
    for group in names:
        own = dict.fromkeys(
            figure.name for one in subjects for g in one.groups if g.name == group for figure in g.figures
        )
        yield group, {name: [one.figures.get((group, name)) for one in subjects] for name in own}


def contrast_table(rows: Sequence[Contrast], names: tuple[str, str]) -> list[str]:
    """Two sets side by side."""
    cells, last = [["", *map(_short, names), "difference", "in spreads", "human", "chance"]], ""
    for row in rows:
        if row.group != last:
            cells.append([row.group])
            last = row.group
        cells.append(
            [
                f"  {row.figure.name} {MARKS[row.figure.better]}",
                number(row.first),
                number(row.second),
                f"{row.second - row.first:+.3f}",
                "-" if row.spreads is None else f"{row.spreads:+.2f}",
                number(row.figure.human),
                number(row.figure.chance),
            ]
        )
    return [*aligned(cells), "", LEGEND, "in spreads: the difference over the pooled standard deviation (Cohen's d)"]


MODEL_COLUMNS = (
    "pass",
    "choices",
    "loss",
    "perplexity",
    "bits",
    "n-grams",
    "by frequency",
    "accuracy",
    "top 3",
    "top 5",
    "macro F1",
    "calibration",
)
CLAIM_COLUMNS = ("", "ratio", "human", "chance")
CLAIM_LEGEND = (
    "distance between settings of other words over that between settings of the same words; 1: the words do not "
    "matter; "
    "human: composers who set the same words"
)
CLASS_COLUMNS = ("class", "choices", "precision", "recall", "F1")
COPY_COLUMNS = ("pass", "pieces", "longest", "mean", "people's longest", "people's mean", "whose it is")
MODEL_LEGEND = (
    "loss in nats and bits a choice; n-grams: bits of the best interpolated Kneser-Ney model of the training "
    "split; by frequency:",
    "bits of a model that knows only how often each id occurs; macro F1: over ids; calibration: expected "
    "|confidence - accuracy|, 15 bins",
)
CLASS_LEGEND = "classes: the class of the likeliest id against that of the right one"
COPY_LEGEND = (
    "copies: ids in a row that a training piece has too, where the model writes held-out pieces anew from their "
    "fields, at "
    "temperature 1; people: those pieces themselves"
)


def claim_rows(found: Any) -> list[list[str]]:
    """Swap/reseed ratios."""
    return [[one.name, number(one.value), number(one.human), number(one.chance)] for one in found.figures]


def claim_table(found: Any) -> list[str]:
    """Swap/reseed ratios, and what they were taken over."""
    return [found.said, "", *aligned([list(CLAIM_COLUMNS), *claim_rows(found)]), "", CLAIM_LEGEND]


def unit_column(unit: str) -> str:
    """The heading of bits a note, a character, ..."""
    return f"bits a {unit}" if unit else "bits a unit"


def model_rows(found: Any) -> list[list[str]]:
    """A model's figures by pass, the columns of ``MODEL_COLUMNS`` and bits a unit."""
    return [
        [
            row.name,
            f"{row.choices}",
            *(
                number(value)
                for value in (
                    row.loss,
                    row.perplexity,
                    row.bits,
                    row.bits_by_ngrams,
                    row.bits_by_frequency,
                    row.accuracy,
                    row.top3,
                    row.top5,
                    row.macro_f1,
                    row.calibration_error,
                    row.bits_per_unit,
                )
            ),
        ]
        for row in found.passes
    ]


def class_rows(row: Any) -> list[list[str]]:
    """One pass by class of ids."""
    return [
        [one.name, f"{one.choices}", number(one.precision), number(one.recall), number(one.f1)] for one in row.classes
    ]


def copy_rows(found: Any) -> list[list[str]]:
    """What is copied, by pass."""
    return [
        [
            one.name,
            f"{one.pieces}",
            f"{one.longest}",
            number(one.mean),
            f"{one.people_longest}",
            number(one.people_mean),
            one.nearest,
        ]
        for one in found.copies
    ]


def model_table(found: Any) -> list[str]:
    """A model's figures by pass, its classes, what it copies, and what the columns mean."""
    lines = [*aligned([[*MODEL_COLUMNS, unit_column(found.unit)], *model_rows(found)]), ""]
    if rows := class_rows(found.passes[-1]):
        lines += [*aligned([list(CLASS_COLUMNS), *rows]), ""]
    if found.copies:
        lines += [*aligned([list(COPY_COLUMNS), *copy_rows(found)]), ""]
    return [*lines, *MODEL_LEGEND, *([CLASS_LEGEND] if rows else []), *([COPY_LEGEND] if found.copies else [])]


def aligned(rows: Sequence[Sequence[str]]) -> list[str]:
    """The first column to the left, the others to the right."""
    columns = max(map(len, rows))
    widths = [max((width(row[i]) for row in rows if i < len(row) > 1), default=0) for i in range(columns)]
    return [_line(row, widths) for row in rows]


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    cells = [row[0] + " " * (widths[0] - width(row[0])) if len(row) > 1 else row[0]]
    cells += [" " * (size - width(cell)) + cell for cell, size in zip(row[1:], widths[1:], strict=False)]
    return "  ".join(cells).rstrip()


def _short(name: str) -> str:
    return name if len(name) <= NAME_WIDTH else name[: NAME_WIDTH - 1] + "…"


def _mean(values: Sequence[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return sum(known) / len(known) if known else None
