"""Writers and evaluators."""

from __future__ import annotations

from typing import Any

from ..contracts import Evaluator, Figure, Writer
from ..works import Score, Track
from .samples import lyrics, song


def check_evaluator(offer: type[Evaluator]) -> None:
    """Figures within their bounds for a song and for an empty score; the same each time."""
    if offer.takes != "Score":
        return
    reference = (lyrics(),) if "lyrics" in getattr(offer, "summary", "") else ()
    for work in (song(), Score((Track(()),))):
        figures = offer().evaluate(work, reference)
        assert figures == offer().evaluate(work, reference), f"{offer.name}: the same work gave different figures"
        names = [figure.name for figure in figures]
        assert len(set(names)) == len(names), f"{offer.name}: two figures of one name among {names}"
        for figure in figures:
            assert isinstance(figure, Figure), f"{offer.name}: gave {figure!r}, not a Figure"
            assert figure.value is None or figure.low <= figure.value <= figure.high, (
                f"{offer.name}: {figure.name} is {figure.value}, outside {figure.low}..{figure.high}"
            )


def check_writer(offer: type[Writer], workshop: Any = None, brief: Any = None) -> None:
    """Says what it takes and gives; with a workshop and a brief to try it on: gives that, the same each time, every word sung."""
    for attribute in ("takes", "gives"):
        value = getattr(offer, attribute, None)
        assert isinstance(value, str) and value.isidentifier(), f"{offer.name}: {attribute} must name a value class"
    for task in offer.tasks:
        assert "." in task and task == task.lower(), f"{offer.name}: the task {task!r} is not written like melody.pitch"
    if offer.language:
        assert offer.usual_form, f"{offer.name}: a writer of verse names its usual_form"
    if brief is None:
        return
    work = offer().write(brief, workshop)
    assert type(work).__name__ == offer.gives, f"{offer.name}: gives {offer.gives}, but gave a {type(work).__name__}"
    assert work == offer().write(brief, workshop), f"{offer.name}: the same brief gave different works"
    if offer.takes == "Lyrics" and isinstance(work, Score):
        sung = [note.syllable.text for track in work.tracks for note in track.notes if note.syllable is not None]
        asked = [syllable.text for syllable in brief.lyrics.syllables]
        assert sung == asked, f"{offer.name}: {len(asked)} syllables were to be sung, {len(sung)} are"
