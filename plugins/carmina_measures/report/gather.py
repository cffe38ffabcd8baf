"""What a report is made of: the figures of each work, by the evaluators that take works of its kind."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from carmina import BadInput, Figure, Lyrics, Poem, Score, UnknownOffer

from ..hearing import Heard, heard


@dataclass(frozen=True, slots=True)
class Group:
    """The figures of one evaluator that the work defines."""

    name: str
    summary: str
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Subject:
    """One work with its figures."""

    name: str                        # of its file
    work: Any
    groups: tuple[Group, ...]
    heard: Heard | None = None       # songs only

    @property
    def figures(self) -> dict[str, Figure]:
        return {figure.name: figure for group in self.groups for figure in group.figures}


def subject(conductor: Any, name: str, work: Any, lyrics: Lyrics | None = None, reference: Sequence[Any] = ()) -> Subject:
    """A work measured; a song's words are read first."""
    known = heard(conductor, work, lyrics) if isinstance(work, Score) else None
    work = known.score if known else work
    beside = [*([lyrics] if lyrics else []), *reference]
    groups = []
    for evaluator in conductor.all("evaluator").values():
        if evaluator.takes == type(work).__name__:
            defined = [figure for figure in evaluator().evaluate(work, beside) if figure.value is not None]
            groups.append(Group(evaluator.name, evaluator.summary, tuple(defined)))
    return Subject(name, work, tuple(group for group in groups if group.figures), known)


def opened(conductor: Any, path: Path, form: str | None = None) -> Any:
    """The song in a file, or the poem where no reader of songs knows its suffix."""
    song = path.suffix.lower() in suffixes(conductor, "Score")
    work = conductor.open(path, "Score" if song else "Poem")
    if form is None:
        return work
    if not isinstance(work, Poem):
        raise BadInput(f"--form is for poems; {str(path)!r} is a song. Leave it out.")
    if form not in conductor.all("form"):
        raise UnknownOffer("form", form, conductor.all("form"))
    return replace(work, form=form)


def suffixes(conductor: Any, gives: str) -> tuple[str, ...]:
    """The suffixes of the files that hold works of a kind."""
    offers = conductor.all("reader").values()
    return tuple(suffix for offer in offers if offer.gives == gives for suffix in offer.suffixes)


def songs_in(conductor: Any, folder: Path, progress: Callable[[float, str], Any] = lambda *_: None,
             ) -> Iterator[tuple[str, Score]]:
    """The songs of a folder by file name, in order of name."""
    known = suffixes(conductor, "Score")
    try:
        paths = sorted(path for path in folder.iterdir() if path.suffix.lower() in known and path.is_file())
    except OSError as fault:
        raise BadInput(f"cannot read the folder {str(folder)!r}: {(fault.strerror or str(fault)).lower()}. "
                       "Name a folder of songs.") from fault
    if not paths:
        raise BadInput(f"the folder {str(folder)!r} holds no song; songs end in: {', '.join(sorted(known)) or 'none'}.")
    for at, path in enumerate(paths):
        progress(at / len(paths), f"reading {path.name}")
        yield path.name, _open_named(conductor, path)


def _open_named(conductor: Any, path: Path) -> Score:
    try:
        return conductor.open(path, "Score")
    except BadInput as fault:
        raise BadInput(f"{path.name}: {fault}") from fault
