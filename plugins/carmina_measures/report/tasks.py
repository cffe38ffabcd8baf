"""What ``carmina evaluate`` can be asked, each as a report that is a table, JSON or a page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from carmina import BadInput, Lyrics, Score

from . import plain, tables
from .compare import contrasts
from .gather import Panel, Subject, among_themselves, files_in, load_work, works_in
from .remote import HERE, Workers

SUFFIXES = (".json", ".html")
MOST_REMARKS = 12  # about lines of poems, in a terminal


@dataclass(frozen=True, slots=True)
class Report:
    """One report in its three forms, each made when asked for."""

    table: Callable[[], list[str]]
    json: Callable[[], bytes]
    html: Callable[[], bytes]

    def written(self, suffix: str) -> bytes:
        """The bytes of a report file."""
        return self.json() if suffix.lower() == ".json" else self.html()


def check_outputs(conductor: Any, outputs: Sequence[Path], *sources: Path) -> None:
    """Refuse what cannot be written before anything is measured."""
    for path in outputs:
        if path.suffix.lower() not in SUFFIXES:
            raise BadInput(f"a report cannot end in {path.suffix!r}; it can be {' or '.join(SUFFIXES)}.")
        conductor.check_target(path, *sources)


def of_works(
    conductor: Any,
    paths: Sequence[Path],
    words: Lyrics | None,
    reference: Path | None,
    form: str | None,
    keywords: Sequence[str] = (),
    where: Workers = HERE,
) -> Report:
    """Songs and poems, side by side where they are few."""
    from . import page

    if words is None and reference is None and where.wanted(len(paths)):
        return _of_subjects(page, paths, where.subjects(conductor, paths, form, keywords))
    works = [(path.name, load_work(conductor, path, form, keywords)) for path in paths]
    beside = [work for _, work in works_in(conductor, reference)] if reference else []
    if words is not None and not all(isinstance(work, Score) for _, work in works):
        raise BadInput("--lyrics is for songs; a poem is its own words. Leave it out.")
    found, panel = [], Panel(conductor)
    for at, (name, work) in enumerate(works):
        conductor.progress(at / len(works), f"measuring {name}")
        found.append(panel.subject(name, work, words, beside))
    return _of_subjects(page, paths, found)


def _of_subjects(page: Any, paths: Sequence[Path], found: list[Subject]) -> Report:
    if not any(one.groups for one in found):
        raise BadInput(f"no figure is defined for {', '.join(path.name for path in paths)}: they hold too little.")
    return Report(
        lambda: [*_remarks(found), *tables.figures_table(found)],
        lambda: plain.subjects_json(found),
        lambda: page.of_subjects(found),
    )


def of_folders(conductor: Any, first: Path, second: Path, form: str | None = None, where: Workers = HERE) -> Report:
    """Two folders of songs, or two of poems."""
    from . import page

    files = [files_in(conductor, folder) for folder in (first, second)]
    if where.wanted(sum(map(len, files))):
        sets = [among_themselves(where.subjects(conductor, paths, form)) for paths in files]
    else:
        panel = Panel(conductor)
        sets = [panel.subjects(works_in(conductor, folder, form)) for folder in (first, second)]
    kinds = [{type(one.work) for one in own} for own in sets]
    if kinds[0] != kinds[1]:
        raise BadInput(f"songs and poems cannot be compared: {first} and {second} hold works of two kinds.")
    rows, names = contrasts(*sets), (_named(first), _named(second))
    ours, theirs = (f"{name} ({len(own)})" for name, own in zip(names, sets, strict=True))
    heads = (ours, theirs)
    return Report(
        lambda: tables.contrast_table(rows, heads),
        lambda: plain.contrasts_json(rows, names),
        lambda: page.of_contrasts(rows, heads),
    )


def of_claim(conductor: Any, paths: Sequence[Path], seeds: int, model: str | None) -> Report:
    """Whether the words shape the tune: swap/reseed ratios."""
    from . import page
    from .words_matter import claim

    found = claim(conductor, paths, seeds, model)
    return Report(lambda: tables.claim_table(found), lambda: plain.claim_json(found), lambda: page.of_claim(found))


def of_model(conductor: Any, model: str, task: str | None, data: Path, split: str, pieces: int) -> Report:
    """A model on a split of a corpus."""
    from . import page

    found = conductor.evaluate_model(model, data, task, split, pieces=pieces)
    title = f"{model} on the {split} split"
    return Report(
        lambda: tables.model_table(found),
        lambda: plain.model_json(model, data.name, split, found),
        lambda: page.of_model(title, found),
    )


def _named(folder: Path) -> str:
    return folder.resolve().name or str(folder)


def _remarks(found: Sequence[Any]) -> list[str]:
    """What to know of songs, and where poems break their form."""
    said = [f"note: {one.name}: {remark}" for one in found if one.heard for remark in one.heard.remarks]
    told = [
        f"note: {one.name}: line {number}: {remark}"
        for one in found
        for number, row in enumerate(one.scansion, 1)
        for remark in row.remarks
    ]
    return [
        *said,
        *told[:MOST_REMARKS],
        *([f"note: and {len(told) - MOST_REMARKS} more"] if len(told) > MOST_REMARKS else []),
    ]
