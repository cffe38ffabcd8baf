"""How candidates are ranked: what the network thinks of them, and what singers would."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from .bands import cost, pitch_figures, rhythm_figures
from .learnt import PITCH_WEIGHTS, RHYTHM_WEIGHTS
from .passes.piece import Frame, Piece, Sung, beat_units, landing, strength

RHYTHM_NATS = 1.0  # a syllable, lines and rhythm: about the validation loss, a little below for temperature
PITCH_NATS = 1.2  # a note
ANTICIPATING = 0.25  # of its strong beats that an idiom sings early
ARRIVING = 0.8  # merit of lines that all arrive on strong beats, over those that never do
STRONG = 3  # metrical strength of half a bar
WORDS = 0.8  # merit that a rhythm loses which turns the stress of every word
# Figures in which songs to words with tones differ from those of their genre (docs/experiments/song-planner.md).
TONAL: Mapping[str, tuple[float, float]] = {"range": (14.0, 19.0), "melisma": (0.03, 0.14)}
# Height at which a tone starts and ends, 1 low .. 5 high (Chao 1930); 5 the neutral tone, which follows its neighbour.
TONE_HEIGHTS = {1: (5.0, 5.0), 2: (3.0, 5.0), 3: (2.0, 1.5), 4: (5.0, 1.5), 5: (2.5, 2.5)}
CHORD_TONES = ((0, 4, 7), (0, 3, 7), (0, 4, 7, 10), (0, 3, 6))  # by quality


def rhythm_merit(piece: Piece, log_probability: float) -> float:
    """Higher is better: as likely as songs are, stress on strong places, no rush, breath at line ends."""
    syllables = sum(len(f.syllables) for f in piece.frames)
    merit = (
        -WORDS * turned_words(piece)
        - 0.6 * _untypical(log_probability / max(1, syllables), RHYTHM_NATS)
        + 2.0 * min(0.85, stress_fit(piece.frames, piece))
    )
    if piece.guide is None:
        return merit - 1.2 * _rushed(piece.frames) + 0.5 * _held(piece.frames)
    idiom = piece.guide.idiom
    merit += ARRIVING * min(0.85, landed(piece))  # as many as people's
    return merit - cost(rhythm_figures(piece.frames, piece.grid), idiom.genre, RHYTHM_WEIGHTS, own_bands(piece))


def own_bands(piece: Piece) -> Mapping[str, tuple[float, float]]:
    """The bands that take the place of the genre's: those of the words' language, before these the idiom's."""
    assert piece.guide is not None
    return {**(TONAL if piece.tonal else {}), **piece.guide.idiom.bands}


def _untypical(nats: float, usual: float) -> float:
    """How far a candidate is from as likely as songs are: too likely is dull (Meister et al. 2022, typical
    sampling)."""
    return abs(nats + usual)


def stress_fit(frames: Sequence[Frame], piece: Piece) -> float:
    """Chance that a stressed syllable stands on a stronger place than an unstressed one (AUC); .5 where nothing is
    known."""
    strong: list[int] = []
    weak: list[int] = []
    for frame in frames:
        for note in frame.notes:
            stress = frame.syllables[note.syllable].stress
            if note.continues or stress == 0:
                continue
            (weak if stress == 1 else strong).append(weight(note, piece))
    if not strong or not weak:
        return 0.5
    a, b = np.array(strong)[:, None], np.array(weak)[None]
    return float(((a > b) + 0.5 * (a == b)).mean())


def landed(piece: Piece) -> float:
    """Share of lines that arrive on a strong beat."""
    arrivals = [(frame, landing(frame.syllables)) for frame in piece.frames if frame.notes]
    notes = [next(note for note in frame.notes if note.syllable == syllable) for frame, syllable in arrivals]
    return float(np.mean([weight(note, piece) >= STRONG for note in notes])) if notes else 1.0


def turned_words(piece: Piece) -> float:
    """Share of words of two syllables and more in which an unstressed one stands on a stronger place than the
    stressed one beside it."""
    turned = total = 0
    for frame in piece.frames:
        heads = [note for note in frame.notes if not note.continues]
        for a, b in zip(heads, heads[1:], strict=False):
            one, two = frame.syllables[a.syllable], frame.syllables[b.syllable]
            if two.word < 5 or {one.stress, two.stress} != {1, 2}:
                continue
            first, second = (weight(note, piece) for note in (a, b))
            total += 1
            turned += first < second if one.stress == 2 else first > second
    return turned / total if total else 0.0


def weight(note: Sung, piece: Piece) -> int:
    """Metrical strength of a note, 0..4: of its place, or where the idiom sings before the beat of the beat that it is
    held over."""
    found = _strength(note.onset, piece)
    if piece.guide is None or piece.guide.idiom.anticipate < ANTICIPATING:
        return found
    bar, length, metre = piece.grid.bar(note.onset)
    beat = beat_units(metre)
    ahead = bar + ((note.onset - bar) // beat + 1) * beat
    early = note.onset + beat // 2 >= ahead and note.onset + note.length > ahead
    return max(found, _strength(ahead, piece)) if early else found


def _strength(onset: int, piece: Piece) -> int:
    bar, _length, metre = piece.grid.bar(onset)
    return strength(onset - bar, metre)


def _rushed(frames: Sequence[Frame]) -> float:
    """Share of notes shorter than an eighth."""
    lengths = np.array([note.length for frame in frames for note in frame.notes] or [12])
    return float((lengths < 6).mean())


def _held(frames: Sequence[Frame]) -> float:
    """Share of lines whose last note is longer than their usual one, or is followed by a rest."""
    held = 0
    for frame in frames:
        if not frame.notes:
            continue
        last, lengths = frame.notes[-1], [n.length for n in frame.notes]
        held += bool(last.length > np.median(lengths) or frame.stop - last.onset - last.length >= 6)
    return held / max(1, len(frames))


def pitch_merit(piece: Piece, log_probability: float, lifts: Sequence[bool] = ()) -> float:
    """Higher is better: as likely as songs are, within people's bands, chord tones on strong places, tones, a lifted
    chorus."""
    notes = [note for frame in piece.frames for note in frame.notes]
    pitches = np.array([note.pitch for note in notes])
    if len(pitches) < 2:
        return 0.0
    merit = 0.8 * min(0.8, _chord_share(piece)) + 0.8 * min(0.58, tone_fit(piece))
    merit -= _untypical(log_probability / len(pitches), PITCH_NATS)
    if piece.guide is None:
        merit += 0.6 * arch_fit(piece) - _monotony(pitches)
    else:
        merit -= cost(pitch_figures(piece.frames, piece.mode), piece.guide.idiom.genre, PITCH_WEIGHTS, own_bands(piece))
    if any(lifts) and not all(lifts):
        merit += 0.12 * min(4.0, max(-2.0, _lift(piece, lifts)))
    return merit


def _monotony(pitches: np.ndarray) -> float:
    """How far the line strays from what people sing: repeated notes near .3, leaps under .1, a range of an octave."""
    moves = np.abs(np.diff(pitches))
    span = pitches.max() - pitches.min()
    return (
        max(0.0, float((moves == 0).mean()) - 0.33) * 2
        + max(0.0, float((moves > 5).mean()) - 0.08) * 3
        + max(0, 12 - span) * 0.06
        + max(0, span - 17) * 0.08
    )


def _chord_share(piece: Piece) -> float:
    """Share of notes on beats that belong to their chord."""
    good = total = 0
    for frame in piece.frames:
        for note in frame.notes:
            onset, _length, metre = piece.grid.bar(note.onset)
            chord = piece.chord_at(note.onset)
            if chord is None or strength(note.onset - onset, metre) < 2:
                continue
            total += 1
            good += (note.height - chord // 4) % 12 in CHORD_TONES[chord % 4]
    return good / total if total else 0.7


def arch_fit(piece: Piece) -> float:
    """Share of lines that are highest on their weightiest word (or on a note as high)."""
    good = total = 0
    for frame in piece.frames:
        if frame.focus < 0 or len(frame.notes) < 3:
            continue
        total += 1
        good += max(n.height for n in frame.notes) == max(n.height for n in frame.notes if n.syllable == frame.focus)
    return good / total if total else 0.5


def tone_fit(piece: Piece) -> float:
    """Share of moves that go with the tones of Chinese words; .5 without tones."""
    good = total = 0
    for frame in piece.frames:
        sung = [n for n in frame.notes if not n.continues]
        for a, b in zip(sung, sung[1:], strict=False):
            tones = frame.syllables[a.syllable].tone, frame.syllables[b.syllable].tone
            if 0 in tones or a.height == b.height:
                continue
            rise = sum(TONE_HEIGHTS[tones[1]]) - sum(TONE_HEIGHTS[tones[0]])
            if abs(rise) >= 1:
                total += 1
                good += (rise > 0) == (b.height > a.height)
    return good / total if total else 0.5


def _lift(piece: Piece, lifts: Sequence[bool]) -> float:
    """Mean pitch of the lines that should lie higher over that of the others, in semitones."""
    high = [n.height for f, lift in zip(piece.frames, lifts, strict=True) if lift for n in f.notes]
    low = [n.height for f, lift in zip(piece.frames, lifts, strict=True) if not lift for n in f.notes]
    return float(np.mean(high) - np.mean(low)) if high and low else 0.0
