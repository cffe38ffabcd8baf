"""``carmina blend``: between two melodies."""

from __future__ import annotations

from pathlib import Path

import click

from carmina import BadInput, BadOption
from carmina.text import counted

SEEDS = 2**32
FILE = click.Path(path_type=Path, dir_okay=False)
MOST_STEPS = 20


@click.command(short_help="A melody between two others.")
@click.argument("one", type=FILE, metavar="A")
@click.argument("other", type=FILE, metavar="B")
@click.option("--at", type=click.FloatRange(0, 1), metavar="PLACE", help="0 is A, 1 is B; 0.5 unless given.")
@click.option("--steps", type=int, metavar="N", help="So many melodies from A to B, 2 to 20: NAME-1 is A, NAME-N is B.")
@click.option(
    "--seed",
    type=click.IntRange(0, SEEDS - 1),
    default=0,
    show_default=True,
    metavar="NUMBER",
    help="The same seed, the same melodies.",
)
@click.option("--model", metavar="NAME|PATH", help="Trained model; the shipped one unless given.")
@click.option(
    "-o",
    "--output",
    "outputs",
    multiple=True,
    type=FILE,
    help="Write this file; its suffix decides the format. May be repeated. Without it the melodies are printed.",
)
@click.option("-q", "--quiet", is_flag=True, help="Say nothing of what was made.")
@click.pass_context
def blend(
    context: click.Context,
    one: Path,
    other: Path,
    at: float | None,
    steps: int | None,
    seed: int,
    model: str | None,
    outputs: tuple[Path, ...],
    quiet: bool,
) -> None:
    """Write a melody between the melodies A and B (MIDI, MusicXML, ABC ...; one voice each).

    A model that learnt phrases as latent numbers writes what lies between theirs. Metre, mode and key are the nearer
    one's; words are not kept (`carmina underlay` sets some).
    """
    from carmina import files
    from carmina.conductor import conductor_of
    from carmina.theory import shared_run

    from .blend import Blender, check_two

    if at is not None and steps is not None:
        raise BadInput("--at names one place and --steps several from A to B. Leave one of them out.")
    if steps is not None and not 2 <= steps <= MOST_STEPS:
        raise BadOption("--steps", steps, f"2 to {MOST_STEPS}, A and B counted")
    places = [0.5 if at is None else at] if steps is None else [n / (steps - 1) for n in range(steps)]
    conductor = conductor_of(context)
    targets = [[path] if steps is None else [files.numbered(path, n + 1) for n in range(steps)] for path in outputs]
    for path, own in zip(outputs, targets, strict=True):
        conductor.renderer(path.name, "Score")
        for target in own:
            conductor.check_target(target, one, other)
    blender = Blender(conductor, model)
    sides = [blender.side(conductor.open(path, "Score"), path.name) for path in (one, other)]
    check_two(sides[0], sides[1], (one.name, other.name))
    made = [blender.between(sides[0], sides[1], place, seed) for place in places]
    written = {
        target: conductor.render(score, path.name)
        for path, own in zip(outputs, targets, strict=True)
        for target, score in zip(own, made, strict=True)
    }
    conductor.save(written)
    for score in [] if outputs else made:
        click.echo(conductor.render(score, ".txt"), nl=False)
    if not quiet:
        for place, score in zip(places, made, strict=True):
            runs = [shared_run(score, side.score) for side in sides]
            click.echo(
                f"{place:.2f}: {counted('note', len(score.sung_notes))}, {score.metres[0]}; shares at most "
                f"{counted('note', runs[0])} in a row with {one.name}, {runs[1]} with {other.name}",
                err=True,
            )
        if written:
            click.echo(f"wrote {', '.join(map(str, written))}", err=True)


blend.renders = ("Score",)  # type: ignore[attr-defined]  # takes the settings of what renders one
blend.reads = ("Score",)  # type: ignore[attr-defined]  # and of what reads one
