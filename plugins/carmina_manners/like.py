"""One piece -> a style with its manner and without its notes: metre, mode, pace, range, and what it does readily."""

from __future__ import annotations

from dataclasses import replace
from statistics import median

from carmina import ArrangeBrief, BadInput, Score, Style, Workshop, Writer
from carmina.theory import beat_ticks, voiced

from .tables import counts_of, large, manner_of, manners

LEAST = 16  # syllables from which a piece tells of its manner
PACE = 0.1  # of the tempo, that the style allows beside it
NARROWEST = 12  # semitones
ASKED = "like"  # option: what the style is to be called


class MannerWriter(Writer):
    """A song -> a style like it; what its voice does not tell is the brief's style's."""

    name = "manner"
    summary = "the manner of a piece as a style, without its notes"
    takes, gives = "Score", "Style"

    def write(self, brief: ArrangeBrief, workshop: Workshop) -> Style:
        """The style; raises ``BadInput`` where the piece has no voice, or too little of one."""
        named = str(brief.options.get(ASKED, "the piece"))
        score = voiced(brief.score)
        heads = [note for note in score.sung_notes if not note.continues]
        if score.voice is None or not heads:
            raise BadInput(
                f"{named} has no one voice whose manner could be taken: no track, or several notes at once. "
                "Give a piece of one voice, or with a voice among its parts."
            )
        if len(heads) < LEAST:
            raise BadInput(f"{named} has {len(heads)} notes; a manner needs at least {LEAST}. Give a longer piece.")
        return style_like(score, workshop.get("style", brief.style), f"like {named}")


class MeasuredWriter(Writer):
    """A style -> the same with the manner that was measured of its name, else of its genre, where it says none."""

    name = "measured-manner"
    summary = "a style with the manner that was measured of such songs, where it says none"
    takes, gives = "Style", "Style"

    def write(self, brief: Style, workshop: Workshop) -> Style:
        """The style, as it was where nothing was measured."""
        known = manners()
        name = next((name for name in (brief.name, brief.genre) if name in known), None)
        return brief if brief.manner or name is None else replace(brief, manner=known[name])


def style_like(score: Score, base: Style, name: str) -> Style:
    """The base style with what the score's voice does."""
    metre, key = score.metres[0], score.keys[0]
    pitches = [note.pitch for note in score.sung_notes]
    low, high = min(pitches), max(pitches)
    spare = max(0, NARROWEST - (high - low))
    beats = score.tempi[0].quarters_per_minute * 480 / beat_ticks(metre)
    slurs = [note for note in score.sung_notes if note.continues]
    return replace(
        base,
        name=name,
        summary=f"in the manner of {name.removeprefix('like ')}, on {base.name}",
        metres=(str(metre),),
        mode=key.mode,
        tempo_bpm=(round(beats * (1 - PACE), 1), round(beats * (1 + PACE), 1)),
        range=_in_a_voice(low - spare // 2, high + spare - spare // 2),
        melisma=base.melisma - (0.7 if not slurs else 0.0),
        options={"idiom": base.name, **base.options},
        manner=manner_of(counts_of([score]), large()),
    )


def _in_a_voice(low: int, high: int) -> tuple[int, int]:
    """The range, octaves moved until its middle lies among those of voices."""
    middle = median((low, high))
    shift = 12 * (middle < 55) - 12 * (middle > 79)
    return max(0, low + shift), min(127, high + shift)
