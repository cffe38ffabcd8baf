"""``carmina compose FOLDER``: every lyric file of a folder set to music, in several processes or on a cluster.

Each file is a run of the same command with the same options, so its song is the one that the command makes of it alone.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from .. import files, spelling
from ..conductor import Conductor
from ..errors import BadInput, BadOption
from ..home.locking import opened_style
from ..text import counted
from ..workers import Limits, cores, open_pool
from . import songs
from .parameters import spelt
from .passphrase import passphrase_of
from .progress import progress_bar

GIVEN = "carmina.arguments"  # where a command's arguments are kept as they were typed
OWN = frozenset(
    {"words", "text", "outputs", "jobs", "cluster", "quiet", "seed", "with_plan"}
)  # not handed on as they are
FILES = frozenset({"model", "soundfont", "like"})  # may be paths, which mean the same from any folder
PERFORM, WARM = "carmina.operations:perform", "carmina.operations:warm"
STAR = "*"
MOST_FILES = 100_000
SECONDS = 3600.0  # for one song
AHEAD = 3


class Remembering(click.Command):
    """A command that keeps its arguments as they were typed."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        ctx.meta[GIVEN] = list(args)
        return super().parse_args(ctx, args)


@dataclass(frozen=True, slots=True)
class Batch:
    """What is asked of a folder."""

    folder: Path
    outputs: tuple[Path, ...]
    alternatives: int
    seed: int
    jobs: int | None = None
    cluster: str | None = None


def compose_folder(
    context: click.Context, conductor: Conductor, batch: Batch, only_plan: bool, told: Callable[[str], None]
) -> int:
    """Set every lyric file; what cannot be is told by name and the others go on. Exit status: 2 where one failed."""
    if context.params.get("with_plan") is not None:
        raise BadInput("--with-plan is for one text; a folder holds several. Name a file, or leave it out.")
    lyrics = _lyrics_in(conductor, batch.folder)
    _check(conductor, batch, lyrics, only_plan)
    options = [*_handed_on(context), f"--seed={batch.seed}"]
    told(f"seed {batch.seed}: {counted('text', len(lyrics))}")
    failed, words = 0, _passphrases(context, conductor, batch.cluster)
    with progress_bar(not context.params.get("quiet")) as report:
        for count, (path, done) in enumerate(_performed(batch, lyrics, options, words), 1):
            if done["error"] is None:
                files.write_all(_placed(batch, path, done["files"]))
            else:
                failed += 1
            if report is not None:
                report(count / len(lyrics), f"{count} of {counted('text', len(lyrics))}")
            if done["error"] is None:
                told(f"{path.name}: {_first(done['notes'])}")
            else:
                click.echo(f"Error: {path.name}: {done['error']}", err=True)
    told(f"{len(lyrics) - failed} of {counted('text', len(lyrics))} set")
    return 2 if failed else 0


def _passphrases(context: click.Context, conductor: Conductor, cluster: str | None) -> dict[str, str]:
    """Those of the locked styles that are asked for, each asked once and tried before any work."""
    style = str(context.params.get("style") or "")
    asked = [name for name in spelling.style_mix(style) or [style] if name in conductor.all("style")]
    locked = [found for found in map(conductor.all("style").__getitem__, asked) if found.locked is not None]
    if locked and cluster is not None:
        raise BadInput(
            f"the style {locked[0].name!r} is locked, and its passphrase is not sent to other machines. Leave "
            "--cluster out, or use another style."
        )
    words = {found.name: passphrase_of(found.name) for found in locked}
    for found in locked:
        opened_style(found, words[found.name])
    return words


def _lyrics_in(conductor: Conductor, folder: Path) -> list[Path]:
    try:
        found = sorted(path for path in folder.iterdir() if path.is_file() and not path.name.startswith("."))
    except OSError as fault:
        raise BadInput(f"cannot read the folder {str(folder)!r}: {(fault.strerror or str(fault)).lower()}.") from fault
    lyrics = [path for path in found if "LyricSheet" in conductor.gives(path.name)]
    if not lyrics:
        raise BadInput(f"the folder {str(folder)!r} holds no lyrics. Put texts (.txt, .cho, .md) into it.")
    if len(lyrics) > MOST_FILES:
        raise BadInput(
            f"the folder {str(folder)!r} holds {len(lyrics):,} texts; at most {MOST_FILES:,} are set at once."
        )
    return lyrics


def _check(conductor: Conductor, batch: Batch, lyrics: Sequence[Path], only_plan: bool) -> None:
    """Refuse, before any work, outputs that are no pattern, cannot be written, or would be written twice."""
    if not batch.outputs:
        raise BadInput(
            "where should the songs of a folder go? Give -o with * for each text's name, in quotes, e.g. "
            "-o 'songs/*.mid'."
        )
    owners: dict[Path, Path] = {path.absolute(): path for path in lyrics}
    for pattern in batch.outputs:
        if pattern.name.count(STAR) != 1 or STAR in str(pattern.parent):
            raise BadOption("--output", str(pattern), "a name with one * for each text's name, e.g. 'songs/*.mid'")
        if only_plan and pattern.suffix.lower() != ".json":
            raise BadOption("--output", pattern.name, "a name that ends in .json, for plans")
        if not only_plan:
            conductor.renderer(pattern.name)
        for path in lyrics:
            for target in songs.numbered(_target(pattern, path), batch.alternatives):
                files.check_target(target)
                other = owners.get(target.absolute())
                owners[target.absolute()] = path
                if other is not None:
                    raise BadInput(
                        f"{str(target)!r} would be written for {path.name!r} and is, or is for, {other.name!r}. "
                        "Rename one of the texts, or write elsewhere."
                    )


def _target(pattern: Path, lyrics: Path) -> Path:
    return pattern.with_name(pattern.name.replace(STAR, lyrics.stem))


def _handed_on(context: click.Context) -> list[str]:
    """The options as they were typed, but for those that are of the folder as a whole."""
    values, _rest, _order = context.command.make_parser(context).parse_args(list(context.meta[GIVEN]))
    found: list[str] = []
    for one in context.command.params:
        value = values.get(one.name or "")
        if not isinstance(one, click.Option) or one.name in OWN or not isinstance(value, (str, bool, list)):
            continue
        if one.name in FILES and isinstance(value, str) and os.path.exists(value):
            value = os.path.abspath(value)
        found += spelt(one, value if isinstance(value, list) else [value])
    return found


def _performed(
    batch: Batch, lyrics: Sequence[Path], options: Sequence[str], words: Mapping[str, str]
) -> Iterator[tuple[Path, Mapping[str, Any]]]:
    """Each file with what came of it, as they are done."""
    limits = Limits(seconds=SECONDS)
    pool = open_pool(min(batch.jobs or cores(), len(lyrics)), batch.cluster, limits, WARM)
    ends = [f"--output={_inside(at, pattern)}" for at, pattern in enumerate(batch.outputs)]

    def tasks() -> Iterator[tuple[Any, ...]]:
        for path in lyrics:
            name = f"words{path.suffix.lower()}"
            try:
                data = files.read(path)
            except BadInput as fault:  # said as the others are, when its turn comes
                yield ["compose"], {}, str(fault), {}
            else:
                yield ["compose", *options, *ends, "--", name], {name: data}, None, words

    try:
        for at, task in pool.as_done(PERFORM, tasks(), AHEAD * int(getattr(pool, "workers", batch.jobs or cores()))):
            fault = task.exception()
            yield lyrics[at], task.result() if fault is None else {"error": str(fault), "files": {}, "notes": ""}
    finally:
        pool.shutdown(cancel_futures=True)


def _inside(at: int, pattern: Path) -> str:
    """What an output is called where it is made: plain, whatever the text's name."""
    end = pattern.name.partition(STAR)[2]
    return f"song{at}{end if end.startswith('.') else ''.join(pattern.suffixes)}"


def _placed(batch: Batch, lyrics: Path, made: Mapping[str, bytes]) -> dict[Path, bytes]:
    placed: dict[Path, bytes] = {}
    for at, pattern in enumerate(batch.outputs):
        inside = songs.numbered(Path(_inside(at, pattern)), batch.alternatives)
        targets = songs.numbered(_target(pattern, lyrics), batch.alternatives)
        placed |= {target: made[own.name] for own, target in zip(inside, targets, strict=True)}
    return placed


def _first(notes: str) -> str:
    """What was chosen, of what a run says: its first line without the seed, which is told once."""
    line = (notes.splitlines() or ["done"])[0]
    return line.partition(": ")[2] if line.startswith("seed ") else line
