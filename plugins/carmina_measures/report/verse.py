"""A poem on a report's page: its scansion as a grid, and where its words come back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from carmina import Scansion
from carmina.text import counted

from ..poems.text import Line, lines_of
from . import svg
from .gather import Subject

HEARD = {
    "+": "stressed",
    "/": "half",
    "-": "unstressed",
    "平": "unstressed",
    "仄": "stressed",
    "中": "half",
    "?": "unknown",
}
ASKED = {"+": "/", "-": "×", "~": "·"}  # an ictus, a weak place, a free one
MOST_LINES = 120
MATRIX = 420.0  # pixels
LEAST_ALIKE = 0.4  # a picture of likeness is drawn where two lines are as alike


def sections(one: Subject) -> Iterator[str]:
    """The poem, its grid, and the likeness of its lines."""
    said = [
        counted("line", len(one.work.lines)),
        f"language {one.work.language or 'not said'}",
        f"form {one.work.form or 'not said'}",
    ]
    yield f'<p class="facts">{escape(one.name)}: {escape(", ".join(said))}</p>'
    if one.scansion:
        yield f"<section><h2>Scansion</h2>{_legend(one.scansion)}{_grid(one)}</section>"
    else:
        yield f"<section><h2>The poem</h2><pre>{escape(_plain(one.work.stanzas))}</pre></section>"
    if drawn := alike(lines_of(one.work)):
        yield f"<section><h2>Lines that resemble one another</h2>{drawn}</section>"


def _plain(stanzas: Sequence[Sequence[str]]) -> str:
    return "\n\n".join("\n".join(stanza) for stanza in stanzas)


def _legend(rows: Sequence[Scansion]) -> str:
    chinese = any(sign in "平仄中" for row in rows for sign in row.heard)
    names = (
        (("stressed", "仄"), ("unstressed", "平"), ("half", "either"))
        if chinese
        else (("stressed", "stressed"), ("half", "half stressed"), ("unstressed", "unstressed"))
    )
    boxes = "".join(f'<span class="box {kind}"></span>{name}' for kind, name in names)
    asked = (
        ""
        if not any(row.asked for row in rows)
        else (
            " · above: what the form asks"
            + ("" if chinese else " (/ strong, × weak)")
            + ' <span class="box clash"></span>broken'
        )
    )
    return f'<p class="key">{boxes}{asked}</p>'


def _grid(one: Subject) -> str:
    breaks, at = set(), 0
    for stanza in one.work.stanzas:
        at += len(stanza)
        breaks.add(at)
    rows = "".join(_row(number, row, number in breaks) for number, row in enumerate(one.scansion[:MOST_LINES], 1))
    return f'<div class="wide"><table class="scansion" lang="{escape(one.work.language or "und")}">{rows}</table></div>'


def _row(number: int, row: Scansion, ends_stanza: bool) -> str:
    cells = "".join(_cell(row, at) for at in range(len(row.units)))
    chip = f'<span class="chip r{ord(row.rhyme[0]) % 8}">{escape(row.rhyme)}</span>' if row.rhyme else ""
    told = f'<span class="remark">{escape("; ".join(row.remarks))}</span>' if row.remarks else ""
    kind = ' class="last"' if ends_stanza else ""
    return f"<tr{kind}><th>{number}</th><td><div class='verse'>{cells}</div></td><td>{chip}</td><td>{told}</td></tr>"


def _cell(row: Scansion, at: int) -> str:
    asked = row.asked[at] if at < len(row.asked) else ""
    heard = row.heard[at] if at < len(row.heard) else "?"
    kind = HEARD.get(heard, "unknown") + (" clash" if row.remarks and breaks(heard, asked) else "")
    return f'<span class="u {kind}"><i>{escape(ASKED.get(asked, asked))}</i>{escape(row.units[at])}</span>'


def breaks(heard: str, asked: str) -> bool:
    """Whether what is heard goes against what is asked: a stress on a weak place, a level of the wrong kind."""
    return (heard, asked) == ("+", "-") or (asked in ("平", "仄") and heard in ("平", "仄", "?") and heard != asked)


def alike(lines: Sequence[Line]) -> str:
    """The likeness of every two lines (Dice's coefficient of their words); empty where no two are alike."""
    shown = lines[:MOST_LINES]
    table = [[dice(one, other) for other in shown] for one in shown]
    if not any(value >= LEAST_ALIKE for i, row in enumerate(table) for j, value in enumerate(row) if i != j):
        return ""
    cell = min(26.0, MATRIX / len(shown))
    parts = [
        svg.rect(
            28 + j * cell,
            4 + i * cell,
            cell,
            cell,
            "cell",
            f"lines {i + 1} and {j + 1}: {value:.2f}",
            fill_opacity=round(value, 2),
        )
        for i, row in enumerate(table)
        for j, value in enumerate(row)
        if value > 0.02
    ]
    every = max(1, round(len(shown) / 12))
    for at in range(0, len(shown), every):
        middle = (at + 0.5) * cell
        parts += [
            svg.text(24, 8 + middle, str(at + 1), "tick", "end"),
            svg.text(28 + middle, 18 + len(shown) * cell, str(at + 1), "tick", "middle"),
        ]
    size = len(shown) * cell
    return svg.picture(size + 34, size + 26, parts, "likeness of every two lines")


def dice(one: Line, other: Line) -> float:
    """Twice the words that two lines share over all their words, 0..1."""
    shared = len(set(one) & set(other))
    return 2 * shared / (len(set(one)) + len(set(other)))
