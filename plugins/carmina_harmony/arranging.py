"""Melody in, song out: key, chords, introduction and ending, then each player that the style names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from typing import Any

from carmina import ArrangeBrief, BadInput, Bounds, Option, Score, Workshop, Writer
from carmina.theory import with_tune

from .framing import framed
from .harmonising import Taste, harmonised
from .human import humanised
from .repeating import repeated
from .timing import bars
from .tonality import keyed

DEFAULT_PARTS = ({"writer": "piano"},)
BOUNDS = Bounds(notes=40_000, bars=5_000)  # of the melody; some seconds of work
MOST_PARTS = 32  # that a style names
MOST_BARS = 8  # of an introduction or an ending


class Chords(Writer):
    """Gives a melody chords; those that the brief or the score gives are kept."""

    name = "chords"
    summary = "chords that fit a melody, with numerals and cadences where phrases end"
    takes = "Score"
    gives = "Score"
    bounds = BOUNDS

    def write(self, brief: ArrangeBrief, workshop: Workshop) -> Score:
        """The score with its chords."""
        style = workshop.get("style", brief.style)
        score = keyed(with_voice(brief.score))
        return harmonised(score, taste_of({**style.options, **brief.options}), brief.chords, brief.seed)


class Arrange(Writer):
    """Gives a melody chords and the parts that the style names, each written by the writer of that name."""

    name = "arrange"
    summary = "chords and accompaniment for a melody, as the style has them"
    takes = "Score"
    gives = "Score"
    bounds = BOUNDS
    options = (
        Option("intro", "bars before the voice", int, None, 0, MOST_BARS),
        Option("outro", "bars after the voice", int, None, 0, MOST_BARS),
        Option("keep", "keep the score's other parts", bool, False),
    )

    def write(self, brief: ArrangeBrief, workshop: Workshop) -> Score:
        """The voice of the brief's score as it is (later by the introduction), with chords and parts."""
        style = workshop.get("style", brief.style)
        options: dict[str, Any] = {**style.options, **brief.options}
        score = to_the_bar(with_voice(brief.score))
        voice = score.voice
        assert voice is not None  # with_voice sees to it
        others = tuple(t for t in score.tracks if t is not voice) if options.get("keep") else ()
        bare = replace(score, tracks=(voice,))
        sung = Chords().write(replace(brief, score=bare), workshop)
        score = framed(
            replace(sung, tracks=(*sung.tracks, *others)),
            _bars(options, "intro"),
            _bars(options, "outro"),
            plain=taste_of(options).colour == "five",
        )
        first = len(score.tracks)
        parts = _parts(options)
        for number, part in enumerate(parts):
            score = _played(score, part, replace(brief, options=dict(part), seed=brief.seed), workshop)
            workshop.progress((number + 1) / len(parts), str(part["writer"]))
        return humanised(repeated(score, first), first, brief.humanise, brief.seed)


def _played(score: Score, part: Mapping[str, Any], brief: ArrangeBrief, workshop: Workshop) -> Score:
    name = part.get("writer")
    if not isinstance(name, str):
        raise BadInput(f"the style names a part without a writer: {repr(dict(part))[:80]}. Give it one, e.g. piano.")
    asked = replace(brief, score=score)
    return workshop.writer(name, asked).write(asked, workshop)


def to_the_bar(score: Score) -> Score:
    """The score with its last section to the end of its bar: a file tells only where its last note ends."""
    end = bars(score)[-1].end_ticks
    if not score.sections or score.sections[-1].onset_ticks + score.sections[-1].length_ticks >= end:
        return score
    last = score.sections[-1]
    return replace(score, sections=(*score.sections[:-1], replace(last, length_ticks=end - last.onset_ticks)))


def _parts(options: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    parts = options.get("parts", DEFAULT_PARTS)
    if (
        not isinstance(parts, (list, tuple))
        or len(parts) > MOST_PARTS
        or not all(isinstance(p, Mapping) for p in parts)
    ):
        raise BadInput(
            f"a style's parts are {repr(parts)[:80]}; allowed: at most {MOST_PARTS} tables, each with a writer."
        )
    return parts


def with_voice(score: Score) -> Score:
    """The score, sure to have a voice that sings something: of no track named so, the first with notes, its top
    line."""
    if score.voice and score.voice.notes:
        return score
    score = with_tune(score)
    if score.voice is None or not score.voice.notes:
        raise BadInput("the score has no voice to accompany: it holds no note. Give a melody.")
    return score


def taste_of(options: Mapping[str, Any]) -> Taste:
    """How a style's options ask for chords; what they leave open is as in :class:`Taste`."""
    known = {field.name for field in fields(Taste)}
    asked = options.get("harmony", {})
    try:
        return Taste(**{name: value for name, value in asked.items() if name in known})
    except (AttributeError, TypeError, ValueError) as error:
        raise BadInput(f"a style's harmony is wrong: {error}.") from None


def _bars(options: Mapping[str, Any], name: str) -> int:
    count = options.get(name) or 0
    if not isinstance(count, int) or not 0 <= count <= MOST_BARS:
        raise BadInput(f"{name} is {repr(count)[:80]}; allowed: 0 to {MOST_BARS} bars.")
    return count
