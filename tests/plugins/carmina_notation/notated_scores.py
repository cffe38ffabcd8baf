"""Scores to write down and read back: small tunes by hand, and any number of others by hypothesis."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import assume
from hypothesis import strategies as st

from carmina import Chord, Key, Metre, Note, Score, SectionMark, Syllable, Tempo, Track

QUARTER = 480
ROOMS = ((4, 4), (3, 4), (2, 4), (6, 8), (2, 2))
BEATS = {
    2: ((960,), (480, 480), (720, 240)),
    4: ((480,), (240, 240), (360, 120), (120, 120, 240), (160, 160, 160), (320, 160)),
    8: ((720,), (240, 240, 240), (480, 240), (240, 480), (360, 120, 240)),
}
TEXTS = ("la", "Rose", "don't", "éclat", "über", "花", "月", "fire", "o'")
AFTER = ("", "", "", ",", ".", "，", "!", " —", "…")
KINDS = {"A": ("verse", "Verse"), "B": ("chorus", "Chorus"), "C": ("bridge", "Bridge")}


def sung(line: str, at: int = 0, pitch: int = 67, **rest) -> tuple[Note, ...]:
    """``"a- ma- zing _ grace,"``: a quarter for each word; "_" goes on, "0" rests, "/" ends the line before it."""
    notes: list[Note] = []
    begins = True
    for place, token in enumerate(line.split()):
        onset = at + QUARTER * (place - line.split()[:place].count("/"))
        if token == "_":
            notes.append(Note(pitch + place % 5, onset, QUARTER, continues=True, **rest))
        elif token == "/":
            ended = replace(notes[-1].syllable, ends_line=True)
            notes[-1] = replace(notes[-1], syllable=ended)
        elif token != "0":
            bare = token.rstrip("-").rstrip(",.!?，。")
            last = not token.endswith("-")
            where = ("single" if last else "begin") if begins else ("end" if last else "middle")
            begins = last
            said = Syllable(bare, place=where, after=token.rstrip("-")[len(bare) :])
            notes.append(Note(pitch + place % 5, onset, QUARTER, said, **rest))
    return tuple(notes)


def song(line: str, **rest) -> Score:
    return Score((Track(sung(line)),), **rest)


@st.composite
def tunes(draw, metre: Metre, length: int) -> tuple[Note, ...]:
    """Notes without words that fill a stretch; ``continues`` marks the melismas."""
    steps: list[tuple[int, str]] = []
    while sum(step for step, _ in steps) < length:
        beat = draw(st.sampled_from(BEATS[metre.unit]))
        steps += [(step, draw(st.sampled_from(("note", "note", "note", "held", "rest", "joined")))) for step in beat]
    notes: list[Note] = []
    at = 0
    for place, (step, what) in enumerate(steps):
        step = min(step, length - at)
        follows = bool(notes) and notes[-1].end_ticks == at
        if step > 0 and (what != "rest" or place == 0):
            if what == "joined" and follows:
                notes[-1] = replace(notes[-1], length_ticks=notes[-1].length_ticks + step)
            else:
                pitch = draw(st.integers(55, 79))
                notes.append(Note(pitch, at, step, continues=what == "held" and follows))
        at += step
    return tuple(notes)


@st.composite
def texts(draw, count: int) -> list[Syllable]:
    """So many syllables in whole words; the last ends its line."""
    ends = [draw(st.booleans()) for _ in range(count - 1)] + [True]
    found, begins = [], True
    for index, last in enumerate(ends):
        where = ("single" if last else "begin") if begins else ("end" if last else "middle")
        begins = last
        line = index == count - 1 or last and draw(st.integers(0, 3)) == 0
        found.append(
            Syllable(
                draw(st.sampled_from(TEXTS)),
                place=where,
                ends_line=line,
                after=draw(st.sampled_from(AFTER)) if last else "",
            )
        )
    return found


@st.composite
def scores(draw, plan: tuple[str, ...] = ("A", "AB", "AA", "ABAB", "AAB", "ABC", "AABA")) -> Score:
    """Songs of two-bar sections, each letter of the plan one tune; the words are new each time."""
    metre = Metre(*draw(st.sampled_from(ROOMS)))
    length = 2 * metre.bar_ticks
    beat = QUARTER * 4 // metre.unit
    pickup = draw(st.sampled_from((0, *range(beat, metre.bar_ticks, beat))))
    letters = draw(st.sampled_from(plan))
    tune = {letter: draw(tunes(metre, length)) for letter in sorted(set(letters))}
    shapes = [tuple((n.pitch, n.onset_ticks, n.length_ticks) for n in notes) for notes in tune.values()]
    assume(len(set(shapes)) == len(shapes))
    chord = {letter: draw(st.sampled_from(("C", "F#m7", "Bb/D", "Gsus4", "Am7b5"))) for letter in tune}
    notes, marks, chords = [], [], []
    for place, letter in enumerate(letters):
        at, turn = place * length, letters[: place + 1].count(letter)
        notes += _worded(draw, tune[letter], at)
        kind, label = KINDS[letter]
        marks.append(SectionMark(at, length, kind, f"{label} {turn}", letter, turn))
        chords.append(Chord(at + pickup, chord[letter]))
    marks[-1] = replace(marks[-1], length_ticks=notes[-1].end_ticks - marks[-1].onset_ticks)
    key = Key(draw(st.integers(-7, 7)), draw(st.sampled_from(("major", "minor"))))
    return Score(
        (Track(tuple(notes)),),
        (metre,),
        (key,),
        (Tempo(draw(st.integers(30, 240))),),
        tuple(chords),
        tuple(marks),
        pickup,
        draw(st.sampled_from(("", "Song", "歌"))),
        draw(st.sampled_from(("", "zh"))),
        draw(st.sampled_from(((), ("Words: 李白", "Music: Carmina")))),
    )


def _worded(draw, tune: tuple[Note, ...], at: int) -> list[Note]:
    words = iter(draw(texts(sum(not note.continues for note in tune))))
    return [
        replace(note, onset_ticks=note.onset_ticks + at, syllable=None if note.continues else next(words))
        for note in tune
    ]


def syllables(score: Score) -> list[Syllable]:
    return [note.syllable for note in score.voice.notes if note.syllable]
