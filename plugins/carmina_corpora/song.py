"""A score -> a song of the corpus format (``corpora/songs/README.md``), with what is doubtful about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from carmina import TICKS_PER_QUARTER, BadInput, Note, Score, Track

from .keys import heard_key
from .language import Tongues, words_of_notes
from .metres import heard_metre
from .strophes import Passes, passes_of

FEWEST_NOTES, FEWEST_PITCHES = 8, 3
MOST_ACCOMPANIMENT = 20_000  # notes; more is left out and said
MOST_MELODY = 20_000
SHORT_TICKS = TICKS_PER_QUARTER // 12  # a note on no multiple of this is off every grid that the models know
WIDE_SEMITONES = 36


@dataclass(frozen=True, slots=True)
class ExplicitSignatures:
    """What the file itself says, where a score cannot tell it from a default."""

    metre: bool = True
    key: bool = True


def song_of(score: Score, said: ExplicitSignatures, tongues: Tongues) -> dict[str, Any]:
    """The record without ``id``, ``path``, ``cluster`` and ``split``; raises ``BadInput`` where there is no tune in
    it."""
    voice = _voice(score)
    passes = passes_of(voice.notes)
    end = passes.end_ticks
    faults = list(_faults(voice, passes))
    metres, doubt = heard_metre(score, passes.first, said.metre)
    faults += doubt
    parts = [
        [n for n in track.notes if n.onset_ticks < end]
        for track in score.tracks
        if track is not voice and track.role != "drums"
    ]
    key, doubt = heard_key(score.keys[0], passes.first, said.key, parts)
    faults += doubt
    language = tongues.of_words(words_of_notes(passes.first), score.language)
    record = {
        "title": score.title,
        "composer": "; ".join(score.credits),
        "language": language or None,
        "key": key,
        "time_signatures": [[_quarters(m.onset_ticks), str(m)] for m in metres if m.onset_ticks < end],
        "key_signatures": [[_quarters(k.onset_ticks), k.fifths] for k in score.keys if k.onset_ticks < end],
        "tempo_qpm": score.tempi[0].quarters_per_minute,
        "pickup_quarters": _quarters(score.pickup_ticks),
        "bars": [_quarters(tick) for tick in score.bar_onsets() if tick < end],
        "melody": [_entry(note) for note in passes.first],
        "verses": [{"n": number, "syl": _syllables(notes)} for number, notes in enumerate(passes.others, 2)],
        "chords": [[_quarters(c.onset_ticks), c.symbol] for c in score.chords if c.onset_ticks < end],
        "accompaniment": _accompaniment(score, voice, end, faults),
    }
    return {**record, **({"faults": faults} if faults else {})}


def _voice(score: Score) -> Track:
    """The sung track with most words, else with most notes."""
    sung = [track for track in score.tracks if track.role == "voice" and track.notes]
    if not sung:
        raise BadInput("no track in it could be a tune")
    best = max(sung, key=lambda track: (sum(bool(note.syllable) for note in track.notes), len(track.notes)))
    if len(best.notes) < FEWEST_NOTES:
        raise BadInput(f"the tune has {len(best.notes)} notes; {FEWEST_NOTES} are needed")
    if len(best.notes) > MOST_MELODY:
        raise BadInput(f"the tune has {len(best.notes):,} notes; at most {MOST_MELODY:,} are kept")
    if (pitches := len({note.pitch for note in best.notes})) < FEWEST_PITCHES:
        raise BadInput(f"the tune has {pitches} pitch{'es' * (pitches > 1)}; {FEWEST_PITCHES} are needed")
    return best


def _faults(voice: Track, passes: Passes) -> list[str]:
    notes = passes.first
    worded = sum(bool(note.syllable) for note in notes)
    found = []
    if not worded:
        found.append("no words")
    elif worded + sum(note.continues for note in notes) < 0.8 * len(notes):
        found.append("words on few notes")
    if looks_like_drums(voice):
        found.append("a drum track that poses as a melody")
    if sum(bool(note.onset_ticks % SHORT_TICKS) for note in notes) > 0.2 * len(notes):
        found.append("off the beat: played in, not quantised")
    pitches = [note.pitch for note in notes]
    if max(pitches) - min(pitches) > WIDE_SEMITONES:
        found.append("wider than three octaves")
    return found


def looks_like_drums(track: Track) -> bool:
    """Whether a wordless track moves like a drum kit: few low pitches, each struck again and again at once, no
    steps."""
    if track.role == "drums" or any(word in track.name.lower() for word in ("drum", "percussion", "schlagzeug", "鼓")):
        return True
    if any(note.syllable for note in track.notes) or len(track.notes) < 2 * FEWEST_NOTES:
        return False
    pitches = [note.pitch for note in track.notes]
    steps = sum(1 <= abs(a - b) <= 2 for a, b in zip(pitches, pitches[1:], strict=False))
    kit = sum(35 <= pitch <= 59 for pitch in pitches)
    return len(set(pitches)) <= 6 and kit > 0.9 * len(pitches) and steps < 0.3 * len(pitches)


def _entry(note: Note) -> list[Any]:
    said = note.syllable
    return [
        _quarters(note.onset_ticks),
        _quarters(note.length_ticks),
        note.pitch,
        said.text + said.after if said else None,
        said.place if said else None,
        int(note.continues),
    ]


def _syllables(notes: Sequence[Note]) -> list[list[Any]]:
    return [
        [index, note.syllable.text + note.syllable.after, note.syllable.place]
        for index, note in enumerate(notes)
        if note.syllable
    ]


def _accompaniment(score: Score, voice: Track, end: int, faults: list[str]) -> list[list[Any]]:
    others = [
        (staff, track) for staff, track in enumerate(score.tracks) if track is not voice and track.role != "drums"
    ]
    notes = [
        [_quarters(n.onset_ticks), _quarters(n.length_ticks), n.pitch, staff]
        for staff, track in others
        for n in track.notes
        if n.onset_ticks < end
    ]
    if len(notes) > MOST_ACCOMPANIMENT:
        faults.append(f"accompaniment of {len(notes)} notes cut to {MOST_ACCOMPANIMENT}")
    return sorted(notes)[:MOST_ACCOMPANIMENT]


def _quarters(ticks: int) -> float | int:
    value = round(ticks / TICKS_PER_QUARTER, 5)
    return int(value) if value == int(value) else value
