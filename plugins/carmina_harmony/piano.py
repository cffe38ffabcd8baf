"""A piano accompaniment in the manner of the art song, of figures that songs share."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from carmina import Note, Option, Track

from .adorning import turned, walking
from .figures import TEXTURES, UNIT_TICKS, Figure, fitted, laid, shipped
from .hands import above, close_chord, playable, stack
from .phrases import PHRASE
from .players import Player, checked_choice, track
from .setting import Setting, Span
from .timing import Bar
from .voicing import bass_pitch

ONSETS_A_SECOND = 3.2  # of a usual accompaniment; fuller sections have more
LOWEST_BASS, HIGHEST_BASS = 33, 55
UPPER, LOWER = "upper", "lower"


@dataclass
class Hands:
    """Where both hands are."""

    chord: tuple[int, ...] | None = None
    bass: int | None = None
    notes: dict[str, list[Note]] = field(default_factory=lambda: {UPPER: [], LOWER: []})


class Piano(Player):
    """Chooses a figure for each section and plays it on every chord, hands near where they were."""

    name = "piano"
    summary = "piano in the manner of the art song: figures learnt from the Lieder repertory"
    options = (
        Option("texture", "kind of figure", str, "any", choices=("any", *TEXTURES)),
        Option("pace", "onsets a second, about", float, ONSETS_A_SECOND, 0.5, 10.0),
        Option("program", "General MIDI program", int, 0, 0, 127),
        Option("turns", "whether it answers the voice", bool, True),
        Option("name", "what the part is called", str, "Piano"),
    )

    def play(self, setting: Setting, options: dict[str, Any], rng: np.random.Generator) -> list[Track]:
        """Two tracks, the right hand's first."""
        texture = checked_choice(options, "texture", ("any", *TEXTURES))
        pace = float(options.get("pace", ONSETS_A_SECOND))
        chosen: dict[tuple[str, str], Choice] = {}
        hands = Hands()
        for bar in setting.bars:
            kind = setting.section_at(bar.onset_ticks), str(bar.metre)
            if kind not in chosen:
                chosen[kind] = figures_for(setting, bar, texture, pace, rng)
            if bar.phase_ticks and bar.phase_ticks * 2 > bar.metre.bar_ticks:
                continue  # the voice begins alone
            _bar(setting, bar, chosen[kind], hands)
        program = int(options.get("program", 0))
        if options.get("turns", True):
            hands.notes[UPPER] = turned(setting, hands.notes[UPPER], rng)
            hands.notes[LOWER] = walking(setting, hands.notes[LOWER])
        return [
            track(playable(hands.notes[hand]), str(options.get("name", "Piano")), "piano", program)
            for hand in (UPPER, LOWER)
        ]


@dataclass(frozen=True)
class Choice:
    """The figures of one section."""

    main: Figure
    answer: Figure  # most like it: for every other pair of phrases, and the last bar of long ones
    calm: Figure  # for where sections end


def figures_for(setting: Setting, bar: Bar, texture: str, pace: float, rng: np.random.Generator) -> Choice:
    """A section's figures."""
    seconds = 60 / setting.score.tempi[0].quarters_per_minute
    wanted = pace * (0.7 + 0.75 * setting.fullness(bar.onset_ticks)) * seconds
    fitting = [f for f in shipped() if f.upper and f.lower and f.lower[0][0] == 0 and fitted(f, bar.metre)]
    of_kind = [f for f in fitting if texture in ("any", f.texture) and f.density > 0.6] or fitting
    main = _drawn(of_kind, wanted, rng, 1.4 + 2.5 * setting.fullness(bar.onset_ticks))
    calmer = [
        f for f in fitting if f.density <= main.density and f.lower_pitch < 55 and f.texture in ("block", main.texture)
    ]
    other = [f for f in of_kind if f.unit == main.unit and f.rhythm != main.rhythm]
    akin = [f for f in other if f.lower == main.lower] or [f for f in other if f.texture == main.texture]
    answer = _drawn(akin, main.density, rng, main.thickness) if akin else main
    return Choice(main, answer, _drawn(calmer or [main], main.density * 0.5, rng))


def _drawn(found: list[Figure], wanted: float, rng: np.random.Generator, thick: float = 3.0) -> Figure:
    """One of the figures, likelier the more songs have it and the nearer its density and thickness are to what is
    wanted."""
    scores = np.array([0.8 * np.log(f.songs) - 3.0 * abs(np.log(f.density / max(wanted, 0.25))) for f in found])
    scores -= [1.5 * abs(np.log((f.thickness + (f.texture == "broken")) / thick)) for f in found]
    scores += 0.6 * rng.gumbel(size=len(scores))
    return found[int(scores.argmax())]


def _bar(setting: Setting, bar: Bar, chosen: Choice, hands: Hands) -> None:
    """Plays one bar; the figure is answered, calms where a section comes to rest, and stops where the song ends."""
    spans = [span for span in setting.spans if span.bar.onset_ticks == bar.onset_ticks and span.tones]
    if not spans:
        return
    figure = _figure(setting, bar, chosen)
    if bar is setting.bars[-1]:
        _last(setting, bar, spans[0], figure, hands)
        return
    at = bar.onset_ticks
    for cell, ticks in laid(figure, bar.metre):
        _cell(setting, cell, at, ticks, spans, hands)
        at += ticks


def _figure(setting: Setting, bar: Bar, chosen: Choice) -> Figure:
    """The bar's figure, by its place in the phrase."""
    closing = [p for p in setting.phrases if bar.onset_ticks <= p.close_ticks < bar.end_ticks]
    if any(p.closes > PHRASE for p in closing):
        return chosen.calm
    number = sum(p.onset_ticks < bar.end_ticks for p in setting.phrases)
    ends_long_phrase = any(p.close_ticks - p.onset_ticks > 2.5 * bar.metre.bar_ticks for p in closing)
    return chosen.answer if ends_long_phrase != (number % 4 in (3, 0)) else chosen.main


def _cell(setting: Setting, figure: Figure, start: int, ticks: int, spans: list[Span], hands: Hands) -> None:
    scale = ticks / UNIT_TICKS[figure.unit]
    for span in spans:
        if span.onset_ticks >= start + ticks or span.end_ticks <= start:
            continue
        low = _placed(setting, span, figure, hands)
        assert hands.chord is not None  # placed
        for hand, cell in ((UPPER, figure.upper), (LOWER, figure.lower)):
            for onset, length, step in cell:
                at, end = start + round(onset * scale), start + round((onset + length) * scale)
                if at < span.onset_ticks < end and span.fresh and onset == 0 and span.onset_ticks > start:
                    at = span.onset_ticks  # a note held over the change is struck again on the new chord
                if span.onset_ticks <= at < span.end_ticks:
                    pitch = above(hands.chord, step) if hand == UPPER else _lower(span, step, low)
                    stop = min(end, span.end_ticks)
                    ring = span.end_ticks - stop if figure.texture == "broken" else 0
                    hands.notes[hand].append(
                        Note(
                            pitch,
                            at,
                            max(1, stop - at),
                            velocity=setting.velocity(at, -6 if hand == UPPER else -3),
                            ring_ticks=ring,
                        )
                    )


def _lower(span: Span, step: int, low: int) -> int:
    """The left hand's pitch; a third low down growls, so the fifth stands for it."""
    return stack(span.sounding, 2 if step == 1 and low < 45 else step, low)


def _placed(setting: Setting, span: Span, figure: Figure, hands: Hands) -> int:
    """Moves both hands to the chord; gives the bass."""
    reach = max((step for _, _, step in figure.lower), default=0)
    wish = max(LOWEST_BASS + 3, min(HIGHEST_BASS - 5, figure.lower_pitch))
    hands.bass = bass_pitch(span.sounding, max(LOWEST_BASS, wish - 8), min(HIGHEST_BASS, wish + 8), hands.bass)
    top = stack(span.sounding, reach, hands.bass)
    sung = setting.sung(span.onset_ticks, span.end_ticks)
    middle = max(figure.upper_pitch, 59, min(top + 5, 64)) + (4 if setting.fullness(span.onset_ticks) > 0.6 else 0)
    hands.chord = close_chord(span, middle, hands.chord, max(sung) if sung else None)
    return hands.bass


def _last(setting: Setting, bar: Bar, span: Span, figure: Figure, hands: Hands) -> None:
    """The final chord, held; the hand spreads where the figure did not lie in blocks."""
    low = _placed(setting, span, figure, hands)
    assert hands.chord is not None  # placed
    end = max(bar.end_ticks, setting.score.end_ticks)
    spread = 0 if figure.texture in ("block", "repeated") else 18
    pitches = [(LOWER, low), (LOWER, stack(span.sounding, 3, low)), *((UPPER, pitch) for pitch in hands.chord)]
    for place, (hand, pitch) in enumerate(pitches):
        hands.notes[hand].append(
            Note(
                pitch,
                span.onset_ticks,
                end - span.onset_ticks,
                delay_ticks=place * spread,
                velocity=setting.velocity(span.onset_ticks, -8),
            )
        )
