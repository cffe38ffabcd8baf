"""What the figures of harmony are computed from; works alike for people's songs and ours."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from math import log2

from carmina import Note, Score
from carmina.theory import beat_ticks

from .lattice import key_at
from .setting import Setting, setting_of
from .states import parts, state_of
from .timing import bars

TENTH, MOST_NOTES = 16, 5
AT_REST = {"major": {0, 7, 9}, "minor": {0, 7, 8, 3}}  # degrees on which phrases come to rest: I, V, VI, III of minor
TO_TONIC = {7, 11, 5}


def chord_figures(score: Score) -> dict[str, float | None]:
    """Figures of a score's chords; empty without chords that can be read, or without a voice."""
    if not score.chords or not score.voice or not score.voice.notes:
        return {}
    setting = setting_of(score)
    spans = [span for span in setting.spans if span.tones]
    if not spans:
        return {}
    inside = total = 0
    at = 0
    for note in setting.voice:
        while at < len(spans) - 1 and spans[at].end_ticks <= note.onset_ticks:
            at += 1
        for span in spans[at:]:
            shared = min(span.end_ticks, note.end_ticks) - max(span.onset_ticks, note.onset_ticks)
            if span.onset_ticks >= note.end_ticks:
                break
            if shared > 0:
                total, inside = total + shared, inside + shared * span.sounding.has(note.pitch)
    times: Counter = Counter()
    for span in spans:
        times[state_of(span.sounding, span.key)] += span.length_ticks
    whole = sum(times.values())
    states = [state_of(span.sounding, span.key) for span in spans]
    moved = [a for a, b in zip(states, states[1:], strict=False) if a != b]
    closes = [(degree_at(setting, phrase.close_ticks), phrase) for phrase in setting.phrases]
    last = parts(states[-1])[0]
    return {
        "chord_tone_share": inside / total if total else None,
        "chord_changes_per_bar": len(moved) / len(setting.bars),
        "chord_entropy": -sum(t / whole * log2(t / whole) for t in times.values()),
        "phrase_ends_at_rest": sum(c in AT_REST[key_at(score, p.close_ticks).mode] for c, p in closes) / len(closes)
        if closes
        else None,
        "closes_with_cadence": float(last == 0 and bool(moved) and parts(moved[-1])[0] in TO_TONIC) if moved else 0.0,
    }


def degree_at(setting: Setting, tick: int) -> int | None:
    """The root that sounds, semitones above the tonic."""
    span = next((s for s in reversed(setting.spans) if s.onset_ticks <= tick and s.tones), None)
    return None if span is None else (span.sounding.root - span.key.tonic) % 12


def accompaniment(score: Score) -> dict[str, float | None]:
    """Figures of all that plays beside the voice; empty where nothing does."""
    tracks = [track for track in score.tracks if track.role not in ("voice", "drums") and track.notes]
    notes = sorted((note for track in tracks for note in track.notes), key=lambda note: note.onset_ticks)
    if not notes:
        return {}
    onsets = {note.onset_ticks for note in notes}
    beats = (max(n.end_ticks for n in notes) - notes[0].onset_ticks) / beat_ticks(score.metres[0])
    pitches = [note.pitch for note in notes]
    out: dict[str, float | None] = {
        "onsets_per_beat": len(onsets) / max(beats, 1),
        "notes_per_onset": len(notes) / len(onsets),
        "accompaniment_range": float(max(pitches) - min(pitches)),
        "figure_goes_on": goes_on(score, sorted(onsets)),
        "accompaniment_chord_tones": None,
        "hands_within_tenth": within([t.notes for t in tracks if t.role == "piano"]),
    }
    if score.chords:
        out["accompaniment_chord_tones"] = of_chord(setting_of(score), notes)
    return out


def of_chord(setting: Setting, notes: Sequence[Note]) -> float | None:
    """Share of notes, in order of onset, that begin on a tone of the chord there."""
    fits, at = [], 0
    for note in notes:
        while at < len(setting.spans) - 1 and setting.spans[at].end_ticks <= note.onset_ticks:
            at += 1
        tones = setting.spans[at].tones
        if tones:
            fits.append(tones.has(note.pitch))
    return sum(fits) / len(fits) if fits else None


def goes_on(score: Score, onsets: Sequence[int]) -> float | None:
    """Share of bars whose onsets stand where those of the bar before did."""
    grid = [bar for bar in bars(score) if not bar.phase_ticks]
    shapes, at = [], 0
    for bar in grid:
        while at < len(onsets) and onsets[at] < bar.onset_ticks:
            at += 1
        stop = at
        while stop < len(onsets) and onsets[stop] < bar.end_ticks:
            stop += 1
        shapes.append(tuple(onset - bar.onset_ticks for onset in onsets[at:stop]))
        at = stop
    pairs = [(a, b) for a, b in zip(shapes, shapes[1:], strict=False) if a or b]
    return sum(a == b for a, b in pairs) / len(pairs) if pairs else None


def within(hands: Sequence[Sequence[Note]]) -> float | None:
    """Share of a keyboard's moments that two hands can hold."""
    good = total = 0
    for notes in hands:
        sounding: list[Note] = []
        onsets = sorted({note.onset_ticks for note in notes})
        at = 0
        for onset in onsets:
            sounding = [note for note in sounding if note.end_ticks > onset]
            while at < len(notes) and notes[at].onset_ticks <= onset:
                sounding.append(notes[at])
                at += 1
            held = {note.pitch for note in sounding}
            good += max(held) - min(held) <= TENTH and len(held) <= MOST_NOTES
            total += 1
    return good / total if total else None
