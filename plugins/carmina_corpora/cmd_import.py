"""``carmina corpus import``: a folder of songs or poems in, a corpus out."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import click

from carmina.conductor import conductor_of
from carmina.text import counted

SHOWN = 10  # files left out that are told one by one; all stand in left_out.tsv


@click.command("import", short_help="Make a corpus of a folder of songs or poems.")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(path_type=Path),
    metavar="NAME",
    help="The folder to make: lower case, digits and hyphens, e.g. my-songs.",
)
@click.option(
    "--licence", metavar="TEXT", help="What may be done with these works, e.g. CC0-1.0; else the card asks for it."
)
@click.option(
    "--genre",
    default="song",
    show_default=True,
    help="Kind of the songs: art, hymn, carol, popular, song. Songs in a folder of such a name are of that kind.",
)
@click.option(
    "--only",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="LIST",
    help="Read only the files that this list names, one a line: paths below FOLDER, or the ends of paths.",
)
@click.option(
    "--validation",
    type=float,
    default=0.125,
    show_default=True,
    help="Share that is kept from training to validate on.",
)
@click.option("--test", type=float, default=0.0, show_default=True, help="Share that is kept from training to test on.")
@click.option("--seed", type=click.IntRange(0, 2**32 - 1), default=0, show_default=True, help="Of the split.")
@click.option(
    "--jobs", type=click.IntRange(0, 256), help="Processes; one a core unless said. 0: none, without bounds on time."
)
@click.option(
    "--cluster",
    metavar="tcp://HOST:PORT",
    help="Read on the workers of this Dask cluster instead; what comes of it is the same.",
)
@click.option(
    "--seconds",
    type=click.FloatRange(0.1, 3600),
    default=30.0,
    show_default=True,
    help="What each work of a file may take.",
)
@click.option("--replace", is_flag=True, help="Write over a corpus of this name.")
@click.pass_context
def command(
    context: click.Context,
    folder: Path,
    output: Path,
    licence: str | None,
    genre: str,
    only: Path | None,
    validation: float,
    test: float,
    seed: int,
    jobs: int | None,
    cluster: str | None,
    seconds: float,
    replace: bool,
) -> None:
    """Read every song and text below FOLDER into the corpus NAME, ready for 'carmina train RECIPE --data NAME'.

    Songs: MIDI with lyric events, MusicXML, .mxl, ABC with w: lines, LilyPond. Texts: ChordPro, plain text, Markdown; a
    line of *** or --- parts several poems in one file. What cannot be used is left out and told by file and reason.
    """
    from . import folder as folders
    from .importing import ImportRequest, build, gather
    from .progress import bar
    from .splitting import Shares

    folders.check_new(output, replace)
    conductor = conductor_of(context)
    listed = (
        None if only is None else frozenset(conductor.file_bytes(only).decode("utf-8", "replace").splitlines()) - {""}
    )
    wish = ImportRequest(
        folder, output.name, licence, genre, listed, Shares(validation, test, seed), _jobs(jobs), seconds, cluster
    )
    with bar() as progress:
        built = build(gather(conductor, wish, progress), wish)
    card = conductor.card_file(card_of(wish, built))
    conductor.save_folder(output, dict([card]) | dict(built.files))
    click.echo("\n".join(_summary_lines(wish, built, output)))


def _jobs(asked: int | None) -> int:
    return (
        asked
        if asked is not None
        else len(os.sched_getaffinity(0))
        if hasattr(os, "sched_getaffinity")
        else os.cpu_count() or 1
    )


def card_of(wish, built) -> dict:
    """The fields of the card."""
    from .folder import fingerprints

    of = " and ".join(f"{built.counts[kind]} {kind}" for kind in ("songs", "poems") if built.counts.get(kind))
    return {
        "name": wish.name,
        "title": wish.name,
        "summary": f"{of}, imported from the folder {wish.folder.absolute().name!r}.",
        "languages": list(built.languages),
        "licence": wish.licence,
        "split": f"by near-duplicate cluster, seed {wish.shares.seed}: {wish.shares.validation:g} validation, "
        f"{wish.shares.test:g} test; the field split of each record",
        "sources": [
            {
                "name": wish.folder.absolute().name or "folder",
                "licence": wish.licence,
                "where": "files of the person who imported them",
                "what": of,
            }
        ],
        "counts": dict(built.counts),
        "faults": list(built.faults),
        "files": fingerprints({name: data for name, data in built.files.items() if name.endswith(".gz")}),
    }


def _summary_lines(wish, built, output: Path) -> Iterator[str]:
    from .tally import parts_of

    counts = built.counts
    for kind, inside in (("songs", "syllable"), ("poems", "line")):
        if counts.get(kind):
            held = counted(inside, counts.get(f"{inside}s", 0))
            yield f"{counted(kind[:-1], counts[kind])} ({held}): {parts_of(counts, kind)}"
    yield f"of {counted('file', built.read)}; languages: {', '.join(built.languages) or 'none known'}"
    yield from (f"warning: {fault}" for fault in built.faults[:SHOWN])
    if built.left_out:
        yield f"left out {len(built.left_out)}:"
        yield from (f"  {path}: {reason}" for path, reason in built.left_out[:SHOWN])
        if len(built.left_out) > SHOWN:
            yield f"  and {len(built.left_out) - SHOWN} more, all in {output / 'left_out.tsv'}"
    if wish.licence is None:
        yield f"the licence is not filled in: say in {output / 'corpus.toml'} what may be done with these works"
    yield f"wrote {output}; train with: carmina train RECIPE --data {output} -o MODEL.safetensors"
