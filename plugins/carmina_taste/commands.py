"""``carmina taste`` and ``carmina learn``."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from carmina import BadInput

if TYPE_CHECKING:
    from .store import Store

KINDS = ("song", "poem")
SUFFIXES = {"song": ".musicxml", "poem": ".json"}
EXISTING = click.Path(path_type=Path, dir_okay=False)


def _store(conductor: Any) -> Store:
    from .store import Store  # here, as the other imports inside commands: listing commands waits for none of it

    return Store(conductor)


@click.group(short_help="What you keep and reject: look at it, use it, forget it.")
def taste() -> None:
    """What you keep and reject, stored on this machine only, and what is learnt from it.

    --taste of compose, song and verse chooses among alternatives by it; `carmina learn` makes a style of what you kept.
    """


@taste.command()
@click.argument("kept", type=EXISTING)
@click.option("--over", multiple=True, type=EXISTING, help="A work that KEPT is better than. May be repeated.")
@click.option("--without-work", is_flag=True, help="Store its figures alone, not the work itself.")
@click.pass_context
def keep(context: click.Context, kept: Path, over: Sequence[Path], without_work: bool) -> None:
    """Keep a song or a poem (of any format that is read), over others that you reject."""
    from carmina.conductor import conductor_of

    from .features import kind_of
    from .store import MOST_REJECTED

    conductor = conductor_of(context)
    store = _store(conductor)
    if not store.on:
        raise BadInput("taste is switched off, so nothing is kept. Switch it on: carmina taste on.")
    if len(over) > MOST_REJECTED:
        raise BadInput(f"--over was given {len(over)} times; at most {MOST_REJECTED}.")
    best, others = _work(conductor, kept), [_work(conductor, path) for path in over]
    suffix = SUFFIXES[kind_of(best)]
    rendered = b"" if without_work else conductor.render(best, suffix)
    one = store.add(best, others, rendered, suffix)
    click.echo(f"kept as choice {one.number}: a {one.kind}" + (f", over {len(others)}" if others else ""), err=True)


@taste.command()
@click.option("--json", "as_json", is_flag=True, help="For programs.")
@click.pass_context
def show(context: click.Context, as_json: bool) -> None:
    """Show what was kept, and what is learnt from it."""
    from carmina.conductor import conductor_of

    from .telling import described, leanings

    store = _store(conductor_of(context))
    if as_json:
        told = {
            "on": store.on,
            "folder": str(store.folder),
            "choices": [
                {"number": c.number, "kind": c.kind, "title": c.title, "over": len(c.rejected), "on_file": bool(c.work)}
                for c in store.choices()
            ],
            "leanings": {kind: dict(leanings(store.taste(kind))) for kind in KINDS},
        }
        click.echo(json.dumps(told, ensure_ascii=False, indent=1))
        return
    click.echo(f"taste is {'on' if store.on else 'off'}; stored in {store.folder}")
    for kind in KINDS:
        choices = [one.choice for one in store.choices(kind)]
        click.echo("\n".join(described(kind, choices, len(store.works(kind)), store.taste(kind))))
    for one in store.choices():
        over = f" over {len(one.rejected)}" if one.rejected else ""
        click.echo(f"{one.number:5}  {one.kind}{over}  {one.title}".rstrip())


@taste.command()
@click.argument("works", nargs=-1, required=True, type=EXISTING)
@click.pass_context
def rank(context: click.Context, works: Sequence[Path]) -> None:
    """Put songs, or poems, in the order in which you would like them."""
    from carmina.conductor import conductor_of

    from .features import features, kind_of

    conductor = conductor_of(context)
    store = _store(conductor)
    read = [_work(conductor, path) for path in works]
    if len({kind_of(work) for work in read}) > 1:
        raise BadInput("songs and poems are not ranked together. Give works of one kind.")
    learnt = store.taste(kind_of(read[0]))
    if not learnt.weights:
        raise BadInput(
            f"nothing is known of your taste in {kind_of(read[0])}s"
            + ("; begin with: carmina taste keep GOOD --over OTHER." if store.on else ": taste is switched off.")
        )
    figures = [features(work) for work in read]
    for at in learnt.order(figures):
        click.echo(f"{learnt.nats(figures[at]):+.2f} nats  {works[at]}")


@taste.command()
@click.argument("output", type=click.Path(path_type=Path, dir_okay=False))
@click.pass_context
def export(context: click.Context, output: Path) -> None:
    """Write all choices to a JSON file: their figures, not the works."""
    from carmina.conductor import conductor_of

    conductor = conductor_of(context)
    conductor.check_target(output)
    store = _store(conductor)
    conductor.save({output: store.exported()})
    click.echo(f"wrote {output}: {len(store.choices())} choices", err=True)


@taste.command("import")
@click.argument("file", type=EXISTING)
@click.pass_context
def take_in(context: click.Context, file: Path) -> None:
    """Add the choices of a file that `carmina taste export` wrote."""
    from carmina.conductor import conductor_of

    conductor = conductor_of(context)
    click.echo(f"{_store(conductor).take_in(conductor.file_bytes(file))} new choices", err=True)


@taste.command()
@click.argument("number", type=click.IntRange(1), required=False)
@click.option("--all", "everything", is_flag=True, help="All choices, with the works on file.")
@click.pass_context
def forget(context: click.Context, number: int | None, everything: bool) -> None:
    """Forget a choice by its NUMBER (`carmina taste show`), or all."""
    from carmina.conductor import conductor_of

    store = _store(conductor_of(context))
    if (number is None) != everything:
        raise BadInput("say what to forget: the number of one choice, or --all.")
    gone = store.forget(number)
    if number is not None and not gone:
        known = ", ".join(str(one.number) for one in store.choices()[-10:]) or "none"
        raise BadInput(f"there is no choice {number} to forget. The last ones are: {known}.")
    click.echo(f"forgot {gone} choice{'s' * (gone != 1)}", err=True)


@taste.command()
@click.pass_context
def on(context: click.Context) -> None:
    """Keep choices, and choose by them."""
    from carmina.conductor import conductor_of

    _store(conductor_of(context)).switch(True)
    click.echo("taste is on", err=True)


@taste.command()
@click.pass_context
def off(context: click.Context) -> None:
    """Keep no choices and choose by none, until it is switched on; what was learnt stays."""
    from carmina.conductor import conductor_of

    _store(conductor_of(context)).switch(False)
    click.echo("taste is off", err=True)


@click.command(short_help="Make a style of the songs or poems that you kept.")
@click.option("--kind", type=click.Choice(KINDS), default="song", show_default=True, help="What to learn from.")
@click.option("--style", default="mine", show_default=True, metavar="NAME", help="Name of the style to make.")
@click.option("--steps", type=click.IntRange(1, 1_000_000), metavar="N", help="Optimiser steps at most.")
@click.pass_context
def learn(context: click.Context, kind: str, style: str, steps: int | None) -> None:
    """Tune the shipped model on the songs (12 at least) or poems (30) that you kept, and call the result a style.

    It is used by --style NAME, as what `carmina finetune` makes.
    """
    from carmina.conductor import conductor_of

    from .learning import learn as learn_style

    root = context.find_root()
    conductor = conductor_of(context)

    def run(arguments: Sequence[str]) -> object:
        return root.command.main(list(arguments), prog_name="carmina", standalone_mode=False, obj=root.obj)

    many = learn_style(conductor, _store(conductor), kind, style, run, steps)
    click.echo(f"learnt from {many} {kind}s: use it with --style {style}", err=True)


def _work(conductor: Any, path: Path) -> Any:
    """The song or the poem in a file."""
    kinds = conductor.gives(path.name)
    gives = next((kind for kind in ("Score", "Poem") if kind in kinds), None)
    if gives is None:
        raise BadInput(
            f"{path.name!r} is neither a song nor a poem. Give MIDI, MusicXML, ABC, or a poem's text or JSON."
        )
    return conductor.open(path, gives)
