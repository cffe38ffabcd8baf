"""Reports as one self-contained page: nothing is fetched, nothing runs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from importlib.resources import files
from typing import Any

from carmina import Figure, Score
from carmina.text import counted

from ..lint.rules import lint, placed
from ..lint.sheet import Problem, Sheet
from . import contours, plots, svg, tables, verse
from .compare import Contrast
from .gather import Subject
from .tables import MARKS, number

STRIP = 150.0  # width of the little scale beside a figure, pixels
BETTER = {"higher": "higher is better", "lower": "lower is better", "human": "best near human"}
KEY = (
    '<p class="key"><span class="dot own"></span>this work <span class="dot human"></span>people '
    '<span class="dot chance"></span>chance</p>'
)


def of_subjects(subjects: Sequence[Subject]) -> bytes:
    """A section for every work."""
    title = subjects[0].work.title or subjects[0].name if len(subjects) == 1 else f"{len(subjects)} works"
    return _page(title, "".join(part for one in subjects for part in _subject(one, len(subjects) > 1)))


def of_contrasts(rows: Sequence[Contrast], names: tuple[str, ...]) -> bytes:
    """Two sets side by side."""
    heads = ["figure", *names, "difference", "in spreads", "human", "chance", "what it is"]
    cells = [
        [
            f"{row.figure.name} {MARKS[row.figure.better]}",
            number(row.first),
            number(row.second),
            f"{row.second - row.first:+.3f}",
            "-" if row.spreads is None else f"{row.spreads:+.2f}",
            number(row.figure.human),
            number(row.figure.chance),
            row.figure.definition,
        ]
        for row in rows
    ]
    return _page(
        " and ".join(names),
        '<section><p class="remark">In spreads: the difference over the pooled standard '
        f"deviation (Cohen's d).</p>{table(heads, cells)}</section>",
    )


def of_claim(found: Any) -> bytes:
    """Swap/reseed ratios."""
    said = f'<p class="facts">{escape(found.said)}</p>'
    return _page(
        "Do the words shape the tune?",
        f"{said}<section>{table(tables.CLAIM_COLUMNS, tables.claim_rows(found))}"
        f'<p class="remark">{escape(tables.CLAIM_LEGEND)}</p></section>',
    )


def of_model(title: str, found: Any) -> bytes:
    """A model's figures by pass, by class of ids, and what it copies."""
    whole = found.passes[-1]
    parts = [
        (
            "Figures",
            (*tables.MODEL_COLUMNS, tables.unit_column(found.unit)),
            tables.model_rows(found),
            " ".join(tables.MODEL_LEGEND),
        ),
        (f"Classes ({whole.name})", tables.CLASS_COLUMNS, tables.class_rows(whole), tables.CLASS_LEGEND),
        ("Copies", tables.COPY_COLUMNS, tables.copy_rows(found), tables.COPY_LEGEND),
    ]
    return _page(
        title,
        "".join(
            f'<section><h2>{heading}</h2>{table(heads, rows)}<p class="remark">{escape(said)}</p></section>'
            for heading, heads, rows, said in parts
            if rows
        ),
    )


def table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A plain table, escaped."""
    head = "".join(f"<th>{escape(cell)}</th>" for cell in heads)
    body = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows)
    return f'<div class="wide"><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'


def _page(title: str, body: str) -> bytes:
    style = files(__package__).joinpath("data", "report.css").read_text("utf-8")
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><style>{style}</style></head>'
        f"<body><header><h1>{escape(title)}</h1></header><main>{body}</main>"
        "<footer>made by carmina evaluate</footer></body></html>\n"
    ).encode()


def _subject(one: Subject, several: bool) -> Iterator[str]:
    if several:
        yield f"<h2 class='work'>{escape(one.work.title or one.name)}</h2>"
    if isinstance(one.work, Score):
        yield from _song(one)
    else:
        yield from verse.sections(one)
    yield f"<section><h2>Figures</h2>{KEY}{''.join(_group(group) for group in one.groups)}</section>"


def _song(one: Subject) -> Iterator[str]:
    heard = one.heard
    assert heard is not None  # a song's
    sheet = Sheet(heard)
    problems = lint(sheet)
    said = [
        counted("note", len(sheet.notes)),
        counted("syllable", sheet.view.syllables),
        counted("bar", len(sheet.view.bars)),
        f"language {one.work.language or 'unknown'}",
        *heard.remarks,
    ]
    yield f'<p class="facts">{escape(one.name)}: {escape(", ".join(said))}</p>'
    yield f"<section><h2>The tune over its words</h2>{_legend()}"
    yield f"<div class='lines'>{''.join(contours.contours(sheet, _by_note(problems)))}</div></section>"
    pictures = [
        ("Stress against the beat", plots.stress_plot(sheet.view)),
        ("Tones", plots.tone_plot(sheet.view)),
        *plots.histograms(sheet.view, one.work.language),
        ("Bars that resemble one another", plots.matrix(sheet.view)),
    ]
    yield (
        '<div class="cards">'
        + "".join(
            f"<section><h2>{heading}</h2>{_key(heading)}{drawn}</section>" for heading, drawn in pictures if drawn
        )
        + "</div>"
    )
    if problems:
        yield f"<section><h2>What a singer may stumble over</h2>{_problems(sheet, problems)}</section>"


def _legend() -> str:
    return (
        '<p class="key"><span class="box stressed"></span>stressed <span class="box unstressed"></span>unstressed '
        '<span class="box plain"></span>unknown <span class="dot fault"></span>problem '
        '<span class="dot hint"></span>hint</p>'
    )


def _key(heading: str) -> str:
    if heading.startswith("Stress"):
        return '<p class="key"><span class="box stressed"></span>stressed <span class="box unstressed"></span>unstressed</p>'  # noqa: E501
    if heading in ("Tones", "Bars that resemble one another"):
        return ""
    return '<p class="key"><span class="box own"></span>this song <span class="box human"></span>people</p>'


def _by_note(problems: Sequence[Problem]) -> dict[int, list[Problem]]:
    found: dict[int, list[Problem]] = {}
    for problem in problems:
        found.setdefault(problem.note, []).append(problem)
    return found


def _problems(sheet: Sheet, problems: Sequence[Problem]) -> str:
    rows = [placed(sheet, problem) for problem in problems]
    return table(
        ("bar", "beat", "syllable", "severity", "what", "fix"),
        [(str(p.bar), f"{p.beat:g}", p.syllable, p.severity, p.reason, p.fix) for p in rows],
    )


def _group(group) -> str:
    rows = "".join(
        f"<tr><td>{escape(f.name)} <span "
        f"title='{BETTER[f.better]}'>{MARKS[f.better]}</span></td><td>{number(f.value)}</td>"
        f"<td>{number(f.human)}</td><td>{number(f.chance)}</td><td>{_strip(f)}</td><td "
        f"class='what'>{escape(f.definition)}</td></tr>"
        for f in group.figures
    )
    return (
        f"<h3>{escape(group.name)} <small>{escape(group.summary)}</small></h3><div class='wide'><table class='figures'>"
        f"<thead><tr><th>figure</th><th>here</th><th>human</th><th>chance</th><th></th><th>what it is</th></tr></thead>"
        f"<tbody>{rows}</tbody></table></div>"
    )


def _strip(figure: Figure) -> str:
    """Where the value lies between the figure's bounds (or, where these are far, the values), beside human and
    chance."""
    assert figure.value is not None  # of what is undefined nothing is shown
    known = [v for v in (figure.value, figure.human, figure.chance) if v is not None and abs(v) != float("inf")]
    low, high = (
        (figure.low, figure.high) if figure.high - figure.low <= 4 else (min(0.0, *known, 0.0), max(*known, 1.0) * 1.15)
    )

    def x(value: float) -> float:
        return 6 + (min(max(value, low), high) - low) / (high - low) * (STRIP - 12)

    parts = [svg.line(6, 9, STRIP - 6, 9, "axis")]
    for kind, value in (("chance", figure.chance), ("human", figure.human)):
        if value is not None:
            parts.append(svg.rect(x(value) - 1.5, 2, 3, 14, kind, f"{kind} {number(value)}"))
    parts.append(svg.tag("circle", cx=float(x(figure.value)), cy=9.0, r=4.5, class_="own"))
    return svg.picture(STRIP, 18, parts, f"{figure.name}: {number(figure.value)}")
