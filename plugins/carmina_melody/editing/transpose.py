"""A song in another key: every pitched part, the chord symbols and the signatures move together."""

from __future__ import annotations

import re
from dataclasses import replace

from carmina import BadInput, BadOption, Chord, EditBrief, Key, Score, Workshop, Writer, spelling
from carmina.theory import folded_fifths, key_name, moved_track, simplest_key_change, transposed_symbol

_OCTAVES = tuple(12 * n for n in (0, -1, 1, -2, 2, -3, 3))
_TONIC = re.compile(r"[A-Ga-g][#b♯♭]?")


class TransposeWriter(Writer):
    """``options``: ``by`` (semitones) or ``to`` (a key); with a range alone, the smallest move that brings the voice
    into it."""

    name = "transpose"
    summary = "moves a song by an interval, to a key, or into a voice's range"
    takes, gives = "EditBrief", "Score"

    def write(self, brief: EditBrief, workshop: Workshop) -> Score:
        """The same song elsewhere; words, rhythm and loudness stay."""
        score, by, to = brief.score, brief.options.get("by"), brief.options.get("to")
        if (by is None) == (to is None) and (by is not None or brief.range is None):
            raise BadOption(
                "transpose",
                "nothing to go by" if by is None else "both --by and --to",
                "one of --by INTERVAL, --to KEY, or --range LOW-HIGH alone",
            )
        key = _wanted(score.keys[0], str(to)) if to is not None else None
        moves = _moves(by, key, score)
        return moved(score, _within(score, moves, brief.range), key)


def _wanted(old: Key, text: str) -> Key:
    try:
        key = spelling.key(text, None if _says_mode(text) else old.mode, option="--to")
    except BadOption:
        raise _too_far(old, text) from None
    if key.mode != old.mode:
        raise BadOption("--to", text, f"a {old.mode} key, as the song's: to transpose keeps the mode")
    return key


def _too_far(old: Key, text: str) -> BadOption:
    """What is wrong with a key that cannot be written; its other name, where the tonic has one (D flat minor is C
    sharp minor)."""
    tonic = _TONIC.match(text)
    try:
        sounding = spelling.key(f"{tonic[0]} major").tonic if tonic else None
    except BadOption:
        sounding = None
    keys = [Key(fifths, old.mode) for fifths in range(-7, 8)]
    others = [key for key in keys if key.tonic == sounding]
    if not others or "maj" in text.lower():
        return BadOption("--to", text, f"{spelling.KEYS}; a tonic alone keeps the song's mode, {old.mode}")
    best = min(others, key=lambda key: abs(key.fifths))
    why = f"{tonic[0] if tonic else text} {old.mode} cannot be written with seven signs"
    return BadOption(
        "--to", text, f"{key_name(best)}, which sounds the same ({why}; the song is in {old.mode} and keeps it)"
    )


def _says_mode(text: str) -> bool:
    return bool(re.fullmatch(r"\s*[A-Ga-g][#b♯♭]?\s*(m|min\w*|maj\w*)\s*", text, re.IGNORECASE))


def _moves(by: object, key: Key | None, score: Score) -> list[int]:
    """Semitones that may be tried, the most wanted first."""
    if isinstance(by, int):
        return [by]
    if key is None:
        return sorted(range(-24, 25), key=lambda move: (abs(move), -move))
    near = (key.tonic - score.keys[0].tonic + 6) % 12 - 6
    return sorted((near + octave for octave in _OCTAVES), key=lambda move: (abs(move), -move))


def _within(score: Score, moves: list[int], wanted: tuple[int, int] | None) -> int:
    """The first move that keeps every note playable and the voice in the range."""
    pitches = [
        pitch
        for track in score.tracks
        if track.role != "drums"
        for note in track.notes
        for pitch in (note.pitch, *(grace.pitch for grace in note.graces))
    ]
    if not pitches:
        raise BadInput("the song has no pitched note, so there is nothing to transpose. Choose another file.")
    sung = [note.pitch for note in score.sung_notes] or pitches
    for move in moves:
        inside = wanted is None or wanted[0] <= min(sung) + move and max(sung) + move <= wanted[1]
        if inside and 0 <= min(pitches) + move and max(pitches) + move <= 127:
            return move
    if wanted is None:
        raise BadOption(
            "--by", moves[0], f"{-min(pitches)} to {127 - max(pitches)} semitones: no note below 0 or above 127"
        )
    span = f"{_name(min(sung))}-{_name(max(sung))}"
    raise BadOption(
        "--range",
        f"{_name(wanted[0])}-{_name(wanted[1])}",
        f"a range that holds the voice ({span} now) after the move; "
        f"without --range it would lie at {_name(min(sung) + moves[0])}-{_name(max(sung) + moves[0])}",
    )


def _name(pitch: int) -> str:
    return f"{('C', 'C#', 'D', 'Eb', 'E', 'F', 'F#', 'G', 'Ab', 'A', 'Bb', 'B')[pitch % 12]}{pitch // 12 - 1}"


def moved(score: Score, semitones: int, key: Key | None = None) -> Score:
    """Every pitched note ``semitones`` higher; ``key`` decides the spelling, else the simplest signature."""
    fifths = key.fifths - score.keys[0].fifths if key else simplest_key_change(score.keys[0].fifths, semitones)
    tracks = tuple(track if track.role == "drums" else moved_track(track, semitones) for track in score.tracks)
    keys = tuple(replace(k, fifths=folded_fifths(k.fifths + fifths)) for k in score.keys)
    return replace(score, tracks=tracks, keys=keys, chords=_chords(score.chords, fifths))


def _chords(chords: tuple[Chord, ...], fifths: int) -> tuple[Chord, ...]:
    return tuple(replace(chord, symbol=transposed_symbol(chord.symbol, fifths)) for chord in chords)
