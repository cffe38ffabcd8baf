"""Which clef a staff bears where: a person's own, which stays, else the one that asks for fewest ledger lines.

A voice keeps one clef; an instrument changes it where a passage would lie far off the staff, rather at a bar line than
within a bar.
"""

from __future__ import annotations

from dataclasses import replace

from carmina import Clef, Metre, Track
from carmina.theory import MOST_LEDGERS, beat_ticks, ledger_lines

TREBLE, TENOR, BASS = Clef("G", 2), Clef("G", 2, -1), Clef("F", 4)
HIGH, LOW = Clef("G", 2, 1), Clef("F", 4, -1)
_OCTAVE = {"guitar": TENOR, "bass": Clef("F", 4, -1)}  # roles that are written an octave above their sound
_TENORS = ("tenor", "男高音", "tenore", "ténor")
_BASSES = ("bass", "baritone", "bariton", "男低音", "男中音", "basso", "basse")
_PROGRAMS = {41: (Clef("C", 3), TREBLE), 42: (BASS, Clef("C", 4)), 57: (BASS, Clef("C", 4)), 70: (BASS, Clef("C", 4))}
HIGH_VOICE, LOW_ALTO, LOWEST_ALTO, LOW_TENOR, LOWEST_TENOR = 57, 62, 52, 52, 45  # MIDI pitches of ranges and middles
AT_A_BAR, WITHIN, RARE = 8.0, 14.0, 3.0  # what a change costs, and an octave sign for each beat, in ledger lines


def clefs(track: Track, hand: int = 0, metre: Metre | None = None) -> tuple[Clef, ...]:
    """The clefs of a staff, the first at tick 0. ``hand``: which staff of a keyboard, from 1; 0: the only one."""
    if track.role == "drums":
        return (Clef("percussion", 3),)
    if track.clefs:
        first = track.clefs[0]
        return track.clefs if first.onset_ticks == 0 else (_usual(track, hand), *track.clefs)
    if track.role == "voice":
        return (voice_clef(track),)
    return _changing(track, hand, metre or Metre())


def voice_clef(track: Track) -> Clef:
    """One for the whole of a sung line; tenors read treble an octave down, basses bass."""
    name = track.name.casefold()
    if any(word in name for word in _TENORS):
        return TENOR
    if any(word in name for word in _BASSES):
        return BASS
    pitches = sorted(note.pitch for note in track.notes) or [71]
    middle = pitches[len(pitches) // 2]
    if pitches[0] >= HIGH_VOICE or middle >= LOW_ALTO and pitches[0] >= LOWEST_ALTO:
        return TREBLE
    return TENOR if middle >= LOW_TENOR and pitches[0] >= LOWEST_TENOR else BASS


def _usual(track: Track, hand: int) -> Clef:
    if track.role in _OCTAVE:
        return _OCTAVE[track.role]
    if track.role == "voice":
        return voice_clef(track)
    if hand:
        return TREBLE if hand == 1 else BASS
    pitches = sorted(note.pitch for note in track.notes) or [71]
    return min(_choices(track), key=lambda clef: sum(ledger_lines(clef, pitch) for pitch in pitches))


def _choices(track: Track) -> tuple[Clef, ...]:
    own = _PROGRAMS.get(track.program, ()) if track.role != "piano" else ()
    if track.role in _OCTAVE:
        return (_OCTAVE[track.role], BASS, TREBLE) if track.role == "bass" else (_OCTAVE[track.role], BASS, TREBLE)
    return (*own, *(clef for clef in (TREBLE, BASS, HIGH, LOW) if clef not in own))


def _changing(track: Track, hand: int, metre: Metre) -> tuple[Clef, ...]:
    """The cheapest way through the beats that have notes (Viterbi): ledger lines beyond two, and changes, cost."""
    usual, choices = _usual(track, hand), _choices(track)
    beat, bar = beat_ticks(metre), metre.bar_ticks
    beats: dict[int, list[int]] = {}
    for note in track.notes:
        beats.setdefault(note.onset_ticks // beat, []).append(note.pitch)
    cost = [0.0 if clef == usual else AT_A_BAR for clef in choices]
    ways: list[list[int]] = []
    for at, pitches in sorted(beats.items()):
        change = AT_A_BAR if at * beat % bar == 0 else WITHIN
        back, new = [], []
        for place, clef in enumerate(choices):
            came = min(range(len(choices)), key=lambda old: cost[old] + (change if old != place else 0))
            back.append(came)
            here = sum(_weight(ledger_lines(clef, pitch)) for pitch in pitches) + (0 if clef == usual else 0.2)
            rare = RARE if clef in (HIGH, LOW) and clef != usual else 0.0
            new.append(cost[came] + (change if came != place else 0) + here + rare)
        ways.append(back)
        cost = new
    place = min(range(len(choices)), key=lambda n: cost[n])
    path = []
    for back in reversed(ways):
        path.append(place)
        place = back[place]
    found = [replace(choices[path[-1]] if path else usual, onset_ticks=0)]
    for at, chosen in zip(sorted(beats), reversed(path), strict=True):
        if choices[chosen] != replace(found[-1], onset_ticks=0):
            found.append(replace(choices[chosen], onset_ticks=at * beat))
    return tuple(found)


def _weight(lines: int) -> float:
    return 0.0 if lines <= 2 else float((lines - 2) ** 2) + (40.0 if lines > MOST_LEDGERS else 0.0)
