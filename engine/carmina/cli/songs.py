"""What the commands that change songs share: opening one, numbering alternatives, writing them or showing them."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from pathlib import Path

import click

from .. import files
from ..conductor import Conductor
from ..errors import BadInput
from ..works import Score

SEEDS = 2**32
SHOWN_AS = ".txt"


def seed_or_drawn(seed: int | None) -> int:
    """The seed that was asked for, else one that is drawn."""
    return secrets.randbelow(SEEDS) if seed is None else seed


def check(conductor: Conductor, inputs: Sequence[Path], outputs: Sequence[Path], many: int = 1, takes: str = "Score") -> None:
    """Refuse outputs that cannot be made, or that would overwrite an input, before any work is done."""
    for path in outputs:
        conductor.renderer(path.name, takes)
        for target in numbered(path, many):
            files.check_target(target)
            for source in inputs:
                if target.exists() and source.exists() and target.samefile(source):
                    raise BadInput(f"{str(target)!r} is what is read; writing there would lose it. Name another file.")
    if len({path.absolute() for path in outputs}) < len(outputs):
        raise BadInput("one output is named twice. Name each file once.")


def opened(conductor: Conductor, path: Path) -> Score:
    """The song in a file."""
    return conductor.open(path, "Score")


def numbered(path: Path, many: int) -> list[Path]:
    """NAME.mid for one song; NAME-1.mid, NAME-2.mid for several."""
    return [path] if many == 1 else [path.with_name(f"{path.stem}-{n}{path.suffix}") for n in range(1, many + 1)]


def deliver(conductor: Conductor, songs: Sequence[Score], outputs: Sequence[Path], many: int, said: str = "") -> None:
    """Write every file or none; without outputs show the songs. ``said`` goes to stderr."""
    rendered = {target: conductor.render(song, path.name) for path in outputs
                for target, song in zip(numbered(path, many), songs, strict=False)}
    shown = [] if outputs else [conductor.render(song, SHOWN_AS) for song in songs]
    files.write_all(rendered)
    for text in shown:
        click.echo(text, nl=False)
    if said:
        click.echo("\n".join([said, *([f"wrote {', '.join(map(str, rendered))}"] if rendered else [])]), err=True)
