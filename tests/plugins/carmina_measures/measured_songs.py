"""Small songs for the tests of figures: made from a few numbers, so that each test shows what it breaks."""

from __future__ import annotations

from carmina import Key, Metre, Note, Score, SectionMark, Syllable, Track

QUARTER = 480


def song(
    pitches, lengths=None, syllables=None, metre="4/4", fifths=0, mode="major", language="en", gaps=None, **more
) -> Score:
    """A score of one voice: ``lengths`` and ``gaps`` (rests after) in quarters; a syllable of ``None`` carries on."""
    lengths = lengths or [1] * len(pitches)
    gaps = gaps or [0] * len(pitches)
    syllables = syllables if syllables is not None else [Syllable("la") for _ in pitches]
    notes, at = [], 0
    for pitch, length, gap, syllable in zip(pitches, lengths, gaps, syllables, strict=True):
        notes.append(Note(pitch, at, int(length * QUARTER), syllable, continues=syllable is None))
        at += int((length + gap) * QUARTER)
    beats, unit = map(int, metre.split("/"))
    return Score((Track(tuple(notes)),), (Metre(beats, unit),), (Key(fifths, mode),), language=language, **more)


def line(*texts, **more) -> list[Syllable]:
    """Syllables of one line: "won-" begins a word, "-der" ends it, a leading ' marks stress 1, else 0."""
    found = []
    for i, text in enumerate(texts):
        place = {(False, False): "single", (False, True): "begin", (True, True): "middle", (True, False): "end"}[
            text.lstrip("'").startswith("-"), text.endswith("-")
        ]
        last = i == len(texts) - 1
        found.append(Syllable(text.strip("'-"), place, int(text.startswith("'")), ends_line=last, **more))
    return found


def verse_song(repeats=4, pitches=(60, 64, 62, 67, 65, 64, 60), lengths=(1, 1, 1, 1, 1, 1, 2), words=None) -> Score:
    """Strophes of one line of 8 quarters: stressed words on strong beats, a long last note on the tonic."""
    words = words or ("'sing", "the", "'mer-", "-ry", "'song", "of", "'day")
    syllables = [s for _ in range(repeats) for s in line(*words)]
    bars = 8 * QUARTER
    marks = tuple(SectionMark(i * bars, bars, "verse", verse=i + 1) for i in range(repeats))
    return song(list(pitches) * repeats, list(lengths) * repeats, syllables, sections=marks)
