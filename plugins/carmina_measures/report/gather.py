"""What a report is made of: the figures of each work, by the evaluators that take works of its kind."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from carmina import BadInput, Figure, Lyrics, Poem, Scansion, Score, UnknownEntry

from ..hearing import Heard, heard
from ..poems.together import together


@dataclass(frozen=True, slots=True)
class Group:
    """The figures of one evaluator that the work defines."""

    name: str
    summary: str
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Subject:
    """One work with its figures."""

    name: str  # of its file
    work: Any
    groups: tuple[Group, ...]
    heard: Heard | None = None  # songs only
    scansion: tuple[Scansion, ...] = ()  # poems only: a row a line

    @property
    def figures(self) -> dict[tuple[str, str], Figure]:
        """By evaluator and name: two evaluators may call different things alike."""
        return {(group.name, figure.name): figure for group in self.groups for figure in group.figures}


class Panel:
    """The installed evaluators, each made once: what they open (a lexicon) serves every work."""

    def __init__(self, conductor: Any):
        self.conductor = conductor
        self._evaluators = [entry(conductor) for entry in conductor.all("evaluator").values()]

    def subject(self, name: str, work: Any, lyrics: Lyrics | None = None, reference: Sequence[Any] = ()) -> Subject:
        """A work measured; a song's words are read first."""
        work, known = measured_of(self.conductor, work, lyrics)
        beside = [*([lyrics] if lyrics else []), *reference]
        groups = [_group(one, one.evaluate(work, beside)) for one in self._of(work)]
        return Subject(name, work, tuple(group for group in groups if group.figures), known, self._scansion(work))

    def _of(self, work: Any) -> list[Any]:
        return [one for one in self._evaluators if one.takes == type(work).__name__]

    def _scansion(self, work: Any) -> tuple[Scansion, ...]:
        """The lines as the first evaluator hears them that has an ear for lines."""
        return next((tuple(rows) for one in self._of(work) if (rows := one.scansion(work))), ())

    def subjects(self, works: Sequence[tuple[str, Any]]) -> list[Subject]:
        """A set of works, poems against one another too."""
        found = []
        for at, (name, work) in enumerate(works):
            self.conductor.progress(at / len(works), f"measuring {name}")
            found.append(self.subject(name, work))
        return among_themselves(found)


def among_themselves(found: list[Subject]) -> list[Subject]:
    """A set of works that are measured each; poems against one another too."""
    if not all(isinstance(one.work, Poem) for one in found):
        return found
    sets = (
        Group("set", "a poem against the other poems of its set", _defined(row))
        for row in together([one.work for one in found])
    )
    return [
        replace(one, groups=(*one.groups, *([group] if group.figures else [])))
        for one, group in zip(found, sets, strict=True)
    ]


def measured_of(conductor: Any, work: Any, lyrics: Lyrics | None) -> tuple[Any, Heard | None]:
    """What is measured of a work: of a song what is heard in it, its words read."""
    known = heard(conductor, work, lyrics) if isinstance(work, Score) else None
    return (known.score if known else work), known


def _group(evaluator: Any, figures: Sequence[Figure]) -> Group:
    return Group(evaluator.name, evaluator.summary, _defined(figures))


def _defined(figures: Sequence[Figure]) -> tuple[Figure, ...]:
    return tuple(figure for figure in figures if figure.value is not None)


def load_work(conductor: Any, path: Path, form: str | None = None, keywords: Sequence[str] = ()) -> Any:
    """The song in a file, or the poem where no reader of songs knows its suffix."""
    return work_of(conductor, path.name, conductor.file_bytes(path), form, keywords)


def work_of(conductor: Any, name: str, data: bytes, form: str | None, keywords: Sequence[str]) -> Any:
    """As :func:`load_work`, of a file's bytes."""
    song = "Score" in conductor.gives(name)
    work = conductor.read(data, name, "Score" if song else "Poem")
    if isinstance(work, Poem):
        work = replace(work, form=form_named(conductor, form) if form else work.form)
        return replace(work, notes={**work.notes, "keywords": list(keywords)}) if keywords else work
    for option, given in (("--form", form), ("--keywords", keywords)):
        if given:
            raise BadInput(f"{option} is for poems; {name!r} is a song. Leave it out.")
    return work


def form_named(conductor: Any, name: str) -> str:
    """The name of the form that a person means by its name or an alias; raises ``UnknownEntry``."""
    forms = conductor.all("form")
    key = name.strip().lower().replace(" ", "-").replace("_", "-")
    for form in forms.values():
        if key in (form.name.lower(), *(alias.lower() for alias in form.aliases)):
            return form.name
    raise UnknownEntry("form", name, forms)


def suffixes(conductor: Any, gives: str) -> tuple[str, ...]:
    """The suffixes of the files that hold works of a kind."""
    entries = conductor.all("reader").values()
    return tuple(suffix for entry in entries if entry.gives == gives for suffix in entry.suffixes)


def works_in(conductor: Any, folder: Path, form: str | None = None) -> list[tuple[str, Any]]:
    """The songs of a folder by file name, in order of name; of a folder without songs, its poems."""
    return list(_read(conductor, files_in(conductor, folder), form))


def files_in(conductor: Any, folder: Path) -> list[Path]:
    """The files of a folder that hold songs, in order of name; of a folder without songs, those that hold poems."""
    try:
        paths = sorted(path for path in folder.iterdir() if path.is_file())
    except OSError as fault:
        raise BadInput(
            f"cannot read the folder {str(folder)!r}: {(fault.strerror or str(fault)).lower()}. "
            "Name a folder of songs or of poems."
        ) from fault
    kinds = {gives: suffixes(conductor, gives) for gives in ("Score", "Poem")}
    held = {path: conductor.gives(path.name) for path in paths}
    own = next((found for gives in kinds if (found := [path for path in paths if gives in held[path]])), [])
    if not own:
        raise BadInput(
            f"the folder {str(folder)!r} holds no song and no poem; songs end in: "
            f"{', '.join(sorted(kinds['Score'])) or 'none'}; poems in: {', '.join(sorted(kinds['Poem'])) or 'none'}."
        )
    return own


def _read(conductor: Any, paths: Sequence[Path], form: str | None) -> Iterator[tuple[str, Any]]:
    for at, path in enumerate(paths):
        conductor.progress(at / len(paths), f"reading {path.name}")
        try:
            yield path.name, load_work(conductor, path, form)
        except BadInput as fault:
            raise BadInput(f"{path.name}: {fault}") from fault
