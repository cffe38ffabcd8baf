"""A song's plan as JSON that a person reads, edits and gives back."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from .. import files, schema
from ..errors import BadInput, CarminaError
from ..text import counted
from ..theory import shared_run, voiced
from ..works import Echo, LinePlan, Score, SectionPlan, SongPlan

MAX_BYTES = 4 * 2**20
LINE_DEPTH = 4  # of a line of verse in the tables of a plan: what it holds stands on its line of the file


def shown(plan: SongPlan) -> bytes:
    """The plan as JSON, a line of verse on a line of the file."""
    return (_text(dataclasses.asdict(plan), 0) + "\n").encode()


def _text(value: Any, depth: int) -> str:
    nested = (
        depth < LINE_DEPTH
        and isinstance(value, (dict, list, tuple))
        and any(
            isinstance(part, (dict, list, tuple)) for part in (value.values() if isinstance(value, Mapping) else value)
        )
    )
    if not nested:
        return json.dumps(value, ensure_ascii=False)
    pad = " " * (2 * depth + 2)
    if isinstance(value, Mapping):
        parts = [f"{json.dumps(name)}: {_text(part, depth + 1)}" for name, part in value.items()]
        return "{\n" + ",\n".join(pad + part for part in parts) + "\n" + pad[:-2] + "}"
    return "[\n" + ",\n".join(pad + _text(part, depth + 1) for part in value) + "\n" + pad[:-2] + "]"


def read(path: Path) -> SongPlan:
    """The plan in a file; raises ``BadInput`` or ``BadOption`` in one line that names the place."""
    what = f"the plan {path.name}"
    raw = schema.json(files.read(path, MAX_BYTES), what)
    _check_values(raw, what)
    return schema.fitted(raw, SongPlan, what)


@contextmanager
def named(path: Path | None) -> Iterator[None]:
    """What is wrong with a plan when a song is written to it is told with the plan's name."""
    try:
        yield
    except CarminaError as fault:
        if path is None or not any(word in str(fault) for word in ("plan", "idiom", "numeral")):
            raise
        raise BadInput(f"{path.name}: {fault}") from None


def _check_values(raw: Any, what: str) -> None:
    """Says which value of a plan is out of its bounds; what has the wrong type is left to :mod:`~carmina.schema`."""
    sections = raw.get("sections") if isinstance(raw, Mapping) else None
    for number, section in enumerate(sections if isinstance(sections, list) else (), 1):
        if not isinstance(section, Mapping):
            continue
        kinds: list[tuple[str, Callable[..., Any], Any]] = []
        for i, line in enumerate(_tables(section.get("lines")), 1):
            place = f"section {number}, line {i}"
            echoes = _tables(line.get("echoes"))
            kinds += [(place, LinePlan, {**line, "echoes": ()} if echoes else line)]
            kinds += [(f"{place}, echo {k}", Echo, echo) for k, echo in enumerate(echoes, 1)]
        kept = {name: value for name, value in section.items() if name in ("syncopation", "register", "cells", "lines")}
        for place, kind, values in [*kinds, (f"section {number}", _section, kept)]:
            try:
                kind(**values)
            except ValueError as fault:
                raise BadInput(f"{what}, {place}: {fault}. Mend it there.") from None
            except (TypeError, AttributeError):
                continue  # not a table of these fields


def _tables(value: Any) -> list[Mapping[str, Any]]:
    """The tables of a list; of anything else none."""
    return [table for table in value if isinstance(table, Mapping)] if isinstance(value, list) else []


def _section(lines: Any = ({"bars": 1},), **values: Any) -> SectionPlan:
    return SectionPlan("A", tuple(_line(**line) for line in lines), **values)


def _line(echoes: Any = (), **values: Any) -> LinePlan:
    return LinePlan(**values, echoes=tuple(Echo(**echo) for echo in echoes))


taste = click.option(
    "--taste",
    is_flag=True,
    help="Write more alternatives and give those that suit what you kept and rejected best (`carmina taste`).",
)


like = click.option(
    "--like",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="SONG",
    help="In the manner of this song (metre, mode, pace, range, rhythms, steps), without its notes, on --style; how "
    "long a run of notes both share is said.",
)


def likened(conductor: Any, like: Path | None, asked: dict[str, Any]) -> Any:
    """The song of ``--like``, whose manner takes the place of ``--style`` in what was asked; None without one."""
    if like is None:
        return None
    score = conductor.open(like, "Score")
    asked["style"] = conductor.like(score, like.name, asked["style"])
    return voiced(score)


def near(conductor: Any, scores: Sequence[Score], model: Score | None) -> list[str]:
    """One line for each song on what it shares with tunes that were learnt from, and with that of ``--like``."""
    remarks = [conductor.remark(score) for score in scores]
    if model is None:
        return remarks
    runs = [shared_run(score, model) for score in scores]
    said = [f"shares at most {counted('note', run)} in a row with the song of --like, in whatever key" for run in runs]
    return [f"{remark}\n{own}" if remark else own for remark, own in zip(remarks, said, strict=True)]


with_plan = click.option(
    "--with-plan",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="PLAN.json",
    help="Follow this plan, as --plan wrote it and as you changed it.",
)
alternatives = click.option(
    "--alternatives",
    type=click.IntRange(1, 20),
    default=1,
    metavar="N",
    help="So many different songs to the same words, 1 to 20: NAME-1, NAME-2, ...; how far each lies from the others "
    "is said.",
)
