"""``carmina about``: what files say of their making."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from .. import files
from ..conductor import Conductor, conductor_of
from ..errors import BadInput
from ..provenance import Step, UsedModel, as_json, steps_of, unchanged

MOST_BYTES = 256 * 2**20  # of a file whose sum is made
HEAD, TAIL = 4_000_000, 200_000  # bytes at either end of a large file in which the line is looked for
PROVED = {
    True: "that no byte was changed since this was written; not that it is true",
    False: "nothing; bytes were changed since this was written, or it was written by other means",
    None: "nothing; there is no sum of the file to go by, or it is over 256 MiB",
}
PROBE = 4096  # bytes in which a sign that no text has is looked for
NONE = "says nothing of its making: it was not made with Carmina, or the line was left out or taken out"


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE...")
@click.option("--json", "as_data", is_flag=True, help="As JSON, for programs.")
@click.pass_context
def about(context: click.Context, paths: tuple[Path, ...], as_data: bool) -> None:
    """Tell how FILE was made, in any format that Carmina writes: engine, command, seed, style, models, step by step.

    It is what the file says of itself: a claim that anybody can write. The last line says what is proved: that no byte
    was changed since the claim was written, or nothing.
    """
    found = {str(path): (_steps(path, conductor_of(context)), path) for path in paths}
    if as_data:
        told = [
            {"file": name, "claimed": as_json(steps), "unchanged": _unchanged(path) if steps else None}
            for name, (steps, path) in found.items()
        ]
        return click.echo(json.dumps(told, ensure_ascii=False, indent=1))
    for name, (steps, path) in found.items():
        click.echo("\n".join(_told(name, steps, path)))


def _steps(path: Path, conductor: Conductor) -> tuple[Step, ...]:
    """The steps that a file tells of; raises ``BadInput`` for one that could tell of none: it is empty, or bytes of no
    format that is known."""
    ends = files.ends(path, HEAD, TAIL)
    found = steps_of(ends)
    if found:
        return found
    if not ends.strip():
        raise BadInput(f"{str(path)!r} is empty. Give a file that holds a work.")
    known = {end for kind in ("reader", "renderer") for entry in conductor.all(kind).values() for end in entry.suffixes}
    if b"\0" in ends[:PROBE] and not path.name.lower().endswith(tuple(known)):
        raise BadInput(
            f"{str(path)!r} is of no format that is known here: bytes, and no text. Give a file that Carmina may have "
            f"written: {', '.join(sorted(known))}."
        )
    return found


def _unchanged(path: Path) -> bool | None:
    return unchanged(files.read(path, MOST_BYTES)) if path.stat().st_size <= MOST_BYTES else None


def _told(name: str, steps: Sequence[Step], path: Path) -> Iterator[str]:
    if not steps:
        yield f"{name}: {NONE}."
        return
    yield f"{name}: claims to be made with Carmina{f', in {len(steps)} steps' if len(steps) > 1 else ''}"
    for step in steps:
        yield f"  {_step(step)}"
        yield from (f"    {_model(model)}" for model in step.models)
    yield f"  proved: {PROVED[_unchanged(path)]}"


def _step(step: Step) -> str:
    parts = [f"carmina {step.command}" if step.command else "a program that calls the engine"]
    parts += [f"seed {step.seed}"] if step.seed is not None else []
    parts += [f"style {step.style}"] if step.style else []
    parts += ["from a file that says nothing of its making"] if step.of_unmarked else []
    return f"{', '.join(parts)} (version {step.version})"


def _model(model: UsedModel) -> str:
    told = [f"licence {model.licence}" if model.licence else "its licence is not told"]
    told += [f"sha256 {model.digest}..."] if model.digest else []
    return f"model {model.name}: {', '.join(told)}"
