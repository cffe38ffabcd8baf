"""Writers and evaluators."""

from __future__ import annotations

from typing import Any

from ..contracts import Evaluator, Figure, Writer
from ..works import Score, Track
from .samples import lyrics, song


def check_evaluator(entry: type[Evaluator]) -> None:
    """Figures within their bounds for a song and for an empty score; the same each time."""
    if entry.takes != "Score":
        return
    reference = (lyrics(),) if "lyrics" in getattr(entry, "summary", "") else ()
    for work in (song(), Score((Track(()),))):
        figures = entry().evaluate(work, reference)
        assert figures == entry().evaluate(work, reference), f"{entry.name}: the same work gave different figures"
        names = [figure.name for figure in figures]
        assert len(set(names)) == len(names), f"{entry.name}: two figures of one name among {names}"
        for figure in figures:
            assert isinstance(figure, Figure), f"{entry.name}: gave {figure!r}, not a Figure"
            assert figure.value is None or figure.low <= figure.value <= figure.high, (
                f"{entry.name}: {figure.name} is {figure.value}, outside {figure.low}..{figure.high}"
            )


def check_writer(entry: type[Writer], workshop: Any = None, brief: Any = None) -> None:
    """Says what it takes and gives; with a workshop and a brief to try it on: gives that, the same each time, every
    word sung."""
    for attribute in ("takes", "gives"):
        value = getattr(entry, attribute, None)
        assert isinstance(value, str) and value.isidentifier(), f"{entry.name}: {attribute} must name a value class"
    for task in entry.tasks:
        assert "." in task and task == task.lower(), f"{entry.name}: the task {task!r} is not written like melody.pitch"
    if entry.language:
        assert entry.usual_form, f"{entry.name}: a writer of verse names its usual_form"
    if brief is None:
        return
    work = entry().write(brief, workshop)
    assert type(work).__name__ == entry.gives, f"{entry.name}: gives {entry.gives}, but gave a {type(work).__name__}"
    assert work == entry().write(brief, workshop), f"{entry.name}: the same brief gave different works"
    if entry.takes == "Lyrics" and isinstance(work, Score):
        sung = [note.syllable.text for track in work.tracks for note in track.notes if note.syllable is not None]
        asked = [syllable.text for syllable in brief.lyrics.syllables]
        assert sung == asked, f"{entry.name}: {len(asked)} syllables were to be sung, {len(sung)} are"
