"""``carmina restyle``: a tune or a poem in another manner."""

from __future__ import annotations

import secrets
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from carmina import ArrangeBrief, BadInput, EditBrief, Poem, Score, spelling
from carmina.text import counted
from carmina.theory import shared_run, voiced

SEEDS = 2**32
FILE = click.Path(path_type=Path, dir_okay=False)


@click.command(short_help="A tune or a poem in another style.")
@click.argument("work", type=FILE, metavar="WORK")
@click.option(
    "--style",
    metavar="STYLE",
    help="Of a tune: a style or a mix, e.g. hymn, schubert, folk:0.7,pop:0.3. Of a poem: a period or poet, e.g. "
    "dickinson, 李白.",
)
@click.option("--like", type=FILE, metavar="SONG", help="Of a tune: the manner of this song, on --style.")
@click.option("--form", metavar="FORM", help="Of a poem: another form, e.g. sonnet, haiku, 七绝.")
@click.option("--metre", metavar="METRE", help="Of a tune: another metre, e.g. 3/4.")
@click.option("--mode", type=click.Choice(["major", "minor"]), help="Of a tune: the other mode.")
@click.option(
    "--strength",
    type=click.FloatRange(0, 1),
    default=1.0,
    show_default=True,
    help="0 as it is, to 1 as far as the style goes; words and contour, or what a poem says, are kept.",
)
@click.option(
    "--arrange/--alone", "arranged", default=None, help="With the style's accompaniment; if WORK has one, yes."
)
@click.option(
    "--seed", type=click.IntRange(0, SEEDS - 1), metavar="NUMBER", help="0 to 4294967295; drawn and told unless given."
)
@click.option(
    "-o",
    "--output",
    "outputs",
    multiple=True,
    type=FILE,
    help="Write this file; its suffix decides the format. May be repeated. Without it the work is printed.",
)
@click.option("-q", "--quiet", is_flag=True, help="Say nothing of the seed and what was kept.")
@click.pass_context
def restyle(
    context: click.Context,
    work: Path,
    style: str | None,
    like: Path | None,
    form: str | None,
    metre: str | None,
    mode: str | None,
    strength: float,
    arranged: bool | None,
    seed: int | None,
    outputs: tuple[Path, ...],
    quiet: bool,
) -> None:
    """Write WORK, a tune (MIDI, MusicXML, ABC ...) or a poem (.txt, .json), in another style.

    A tune keeps its words and its contour, a poem what it says. The same seed and options give the same work.
    """
    from carmina.conductor import at_work

    seed = secrets.randbelow(SEEDS) if seed is None else seed
    with at_work(context, not quiet) as conductor:
        is_tune = "Score" in conductor.gives(work.name)
        for path in outputs:
            conductor.renderer(path.name, "Score" if is_tune else "Poem")
            conductor.check_target(path, work)
        done: Score | Poem
        if is_tune:
            _only(form, "--form", "poems", work)
            done, said = _tune(conductor, work, style, like, metre, mode, strength, arranged, seed)
        else:
            for value, option in ((like, "--like"), (metre, "--metre"), (mode, "--mode"), (arranged, "--arrange")):
                _only(value, option, "tunes", work)
            done, said = _poem(conductor, work, style, form, strength, seed)
        conductor.save({path: conductor.render(done, path.name) for path in outputs})
    if not outputs:
        click.echo(conductor.render(done, ".txt"), nl=False)
    if not quiet:
        wrote = [f"wrote {', '.join(map(str, outputs))}"] if outputs else []
        click.echo("\n".join([f"seed {seed}: {said}", *wrote]), err=True)


restyle.renders = ("Score",)  # type: ignore[attr-defined]  # takes the settings of what renders one
restyle.reads = ("Score", "Poem")  # type: ignore[attr-defined]  # and of what reads one


def _tune(
    conductor: Any,
    work: Path,
    style: str | None,
    like: Path | None,
    metre: str | None,
    mode: str | None,
    strength: float,
    arranged: bool | None,
    seed: int,
) -> tuple[Score, str]:
    from .restyling import content_kept
    from .source import source_of

    if strength > 0 and style is None and like is None and metre is None and mode is None:
        raise BadInput("which style? Give --style (`carmina plugins` lists them), --like SONG, --metre or --mode.")
    score = conductor.open(work, "Score")
    if strength == 0:
        return score, f"{work.name} as it is"
    named = style or "song"
    conductor.style(named)
    if like is not None:
        model = voiced(conductor.open(like, "Score"))
        _check_other(voiced(score), model, work, like)
        named = conductor.like(model, like.name, named)
    options: dict[str, object] = {"strength": strength, "name": work.name}
    options |= {"metre": str(spelling.metre(metre, "--metre"))} if metre else {}
    options |= {"mode": mode} if mode else {}
    brief = EditBrief(score, style=named, seed=seed, options=options)
    done: Score = conductor.writer("restyle", brief).write(brief, conductor)
    kept = content_kept(source_of(score, work.name, conductor), done)
    if strength > 0 and (len([t for t in score.tracks if t.notes]) > 1 if arranged is None else arranged):
        asked = ArrangeBrief(replace(done, chords_found=False), named, seed=seed)
        done = conductor.writer("arrange", asked).write(asked, conductor)
    said = [f"{work.name} in style {named}, {spelling.key_name(done.keys[0])}, {done.metres[0]}"]
    said += [f"contour kept {kept:.2f} (1: the same, tunes by chance about .42)"] if kept is not None else []
    said += (
        [f"shares at most {counted('note', shared_run(done, model))} in a row with {like.name}"]
        if like is not None
        else []
    )
    return done, "; ".join(said)


def _poem(
    conductor: Any, work: Path, style: str | None, form: str | None, strength: float, seed: int
) -> tuple[Poem, str]:
    from .poems import content_of, kept, restyled

    if strength > 0 and style is None and form is None:
        raise BadInput("which manner? Give --style (a poet or a period) or --form, or both.")
    poem = conductor.open(work, "Poem")
    if strength == 0:
        return poem, f"{work.name} as it is"
    done = restyled(poem, work.name, style, form, strength, seed, conductor)
    content = content_of(poem, work.name, conductor)
    manner = f" in the manner of {style}" if style else ""
    said = f"content words kept {kept(content, done):.2f}"
    return done, f"{work.name} as {done.form or 'verse'}{manner}; {said}"


def _check_other(score: Score, model: Score, work: Path, like: Path) -> None:
    many = min(len(score.sung_notes), len(model.sung_notes))
    if many > 2 and shared_run(score, model) >= many:
        raise BadInput(f"{work.name} and {like.name} are one tune, so there is no other manner to take. Name another.")


def _only(value: object, option: str, what: str, work: Path) -> None:
    if value is not None:
        raise BadInput(f"{option} is for {what}, and {work.name} is {'a tune' if what == 'poems' else 'a poem'}.")
