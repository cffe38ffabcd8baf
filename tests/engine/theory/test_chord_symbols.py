"""One reader of chord symbols: what it reads, what it refuses, and that it agrees with music21."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from music21 import harmony

from carmina.theory import (
    PitchName,
    in_english,
    is_no_chord,
    read_chord,
    transposed_symbol,
)

# What stands after the root -> semitones above it, by the books (Brandt and Roemer 1976; Levine 1995), several
# spellings each.
SPELLINGS = {
    "|maj|M|Maj|major": (0, 4, 7),
    "m|min|-|mi|minor": (0, 3, 7),
    "7|dom7": (0, 4, 7, 10),
    "maj7|M7|Maj7|ma7|MA7|△7|△|Δ|Δ7|j7|^7|^|major7": (0, 4, 7, 11),
    "m7|min7|-7|mi7|MI7|minor7": (0, 3, 7, 10),
    "mM7|m(maj7)|mMaj7|mmaj7|m#7|-△7|min(maj7)": (0, 3, 7, 11),
    "dim|°|o": (0, 3, 6),
    "dim7|°7|o7": (0, 3, 6, 9),
    "m7b5|m7(b5)|ø|ø7|m7-5|-7b5|m7♭5|min7(♭5)|halfdim": (0, 3, 6, 10),
    "aug|+|(#5)|(+5)": (0, 4, 8),
    "7#5|+7|7+|aug7|7(#5)|7+5": (0, 4, 8, 10),
    "maj7#5|+maj7|augmaj7|maj7(#5)|M7#5|maj7+5": (0, 4, 8, 11),
    "7b5|7(b5)|7-5|7♭5": (0, 4, 6, 10),
    "maj7b5|maj7(b5)": (0, 4, 6, 11),
    "6|maj6|M6": (0, 4, 7, 9),
    "m6|min6|-6": (0, 3, 7, 9),
    "6/9|69|6add9|6(9)|6(add9)": (0, 2, 4, 7, 9),
    "m6/9|m69|-6/9": (0, 2, 3, 7, 9),
    "9|7(9)|7add9": (0, 2, 4, 7, 10),
    "maj9|M9|Maj9|△9": (0, 2, 4, 7, 11),
    "m9|min9|-9": (0, 2, 3, 7, 10),
    "m(maj9)|mM9": (0, 2, 3, 7, 11),
    "11": (0, 2, 4, 5, 7, 10),
    "m11|-11|min11": (0, 2, 3, 5, 7, 10),
    "13": (0, 2, 4, 5, 7, 9, 10),
    "maj13|M13": (0, 2, 4, 5, 7, 9, 11),
    "m13": (0, 2, 3, 5, 7, 9, 10),
    "add9|(add9)|add2|2|/9|(9)": (0, 2, 4, 7),
    "madd9|m(add9)|m(9)": (0, 2, 3, 7),
    "add4|(add11)|add11": (0, 4, 5, 7),
    "7b9|7(b9)|7-9|7(♭9)": (0, 1, 4, 7, 10),
    "7#9|7(#9)|7+9": (0, 3, 4, 7, 10),
    "7b9#9|7(b9,#9)": (0, 1, 3, 4, 7, 10),
    "7#11|7(#11)": (0, 4, 6, 7, 10),
    "9#11": (0, 2, 4, 6, 7, 10),
    "maj7#11|maj7(#11)|△#11": (0, 4, 6, 7, 11),
    "maj9#11": (0, 2, 4, 6, 7, 11),
    "13#11": (0, 2, 4, 6, 7, 9, 10),
    "13b9": (0, 1, 4, 5, 7, 9, 10),
    "7b13|7(b13)": (0, 4, 7, 8, 10),
    "7b9b13|7(b9 b13)": (0, 1, 4, 7, 8, 10),
    "7alt|alt|7(alt)": (0, 1, 3, 4, 6, 8, 10),
    "9b5": (0, 2, 4, 6, 10),
    "9#5|+9": (0, 2, 4, 8, 10),
    "sus4|sus|4": (0, 5, 7),
    "sus2": (0, 2, 7),
    "sus2sus4|sus24|sus2/4": (0, 2, 5, 7),
    "7sus4|7sus": (0, 5, 7, 10),
    "7sus2": (0, 2, 7, 10),
    "9sus4|9sus": (0, 2, 5, 7, 10),
    "13sus4": (0, 2, 5, 7, 9, 10),
    "7sus4(b9)|7susb9": (0, 1, 5, 7, 10),
    "maj7sus4": (0, 5, 7, 11),
    "5|(no3)|no3|(omit3)|(no 3rd)": (0, 7),
    "7(no3)|7no3|7omit3": (0, 7, 10),
    "7(no5)|7omit5": (0, 4, 10),
    "m7add11|m7(11)|m7(add4)": (0, 3, 5, 7, 10),
    "dim(maj7)|°M7": (0, 3, 6, 11),
    "m(b6)|mb6": (0, 3, 7, 8),
    "maj7(9,13)": (0, 2, 4, 7, 9, 11),
    "m7(b9)": (0, 1, 3, 7, 10),
    "ø9": (0, 2, 3, 6, 10),
}
ROOTS = {f"{step}{sign}": (number + alter) % 12
         for step, number in zip("CDEFGAB", (0, 2, 4, 5, 7, 9, 11), strict=True)
         for sign, alter in (("", 0), ("#", 1), ("b", -1))}  # fmt: skip
WRITTEN = [(suffix, steps) for spellings, steps in SPELLINGS.items() for suffix in spellings.split("|")]


@pytest.mark.parametrize(("suffix", "steps"), WRITTEN, ids=[f"C{suffix}" for suffix, _ in WRITTEN])
def test_every_spelling_names_its_tones_on_every_root(suffix, steps):
    for root, number in ROOTS.items():
        read = read_chord(root + suffix)
        assert read is not None and (read.root.pitch_class, read.intervals, read.bass) == (number, steps, None), root


@pytest.mark.parametrize(("suffix", "steps"), WRITTEN[::3])
def test_a_slash_names_the_bass_and_leaves_the_chord(suffix, steps):
    for bass in ("E", "Bb", "F#"):
        read = read_chord(f"A{suffix}/{bass}")
        assert read is not None and read.intervals == steps and str(read.bass) == bass
        assert read.pitch_classes == {(9 + step) % 12 for step in steps} | {ROOTS[bass]}


@pytest.mark.parametrize(
    ("german", "english"),
    [("H", "B"), ("Hm7", "Bm7"), ("Es", "Eb"), ("As7", "Ab7"), ("Fis", "F#"), ("Fism7b5", "F#m7b5"), ("Des", "Db"),
     ("Cis°", "C#°"), ("Ges/B", "Gb/Bb"), ("D/Fis", "D/F#"), ("Heses", "Bbb"), ("B", "Bb"), ("Bm", "Bbm"), ("G7/H", "G7/B")],  # noqa: E501
)  # fmt: skip
def test_german_names_are_made_english_beside_others(german, english):
    assert in_english(["H7", german]) == ("B7", english)


def test_a_song_without_german_names_keeps_its_b():
    assert in_english(["B", "Asus4", "Esus2", "E/G#", "A7"]) == ("B", "Asus4", "Esus2", "E/G#", "A7")


@pytest.mark.parametrize("text", ["", "N.C.", "what", "Andante", "Cfoo", "c", "Cmm", "C/", "C7/X", "Bad", "Fade", "Coda", "Hat",  # noqa: E501
                                  "A" * 400, "C" + "(b9)" * 90, "C(", "Cadd", "Csus5", "C7777777", "H2O", "Gm7dim"])  # fmt: skip  # noqa: E501
def test_what_is_no_chord_symbol_is_not_read(text):
    assert read_chord(text) is None


@pytest.mark.parametrize("text", ["N.C.", "NC", "n.c.", " N.C ", "No chord"])
def test_no_chord_is_told_from_what_cannot_be_read(text):
    assert is_no_chord(text) and read_chord(text) is None and not is_no_chord("Cfoo")


@given(st.text(alphabet="ABCDEFGH#bmajinsudgM7913/+-°øΔ() ,5", max_size=14))
def test_any_text_is_read_or_not_and_never_fails(text):
    read = read_chord(text)
    if read:
        assert read.intervals == tuple(sorted(set(read.intervals))) and set(read.intervals) <= set(range(12))
        assert set(read.played_intervals) <= set(read.intervals)


@given(st.sampled_from(WRITTEN), st.sampled_from(sorted(ROOTS)), st.integers(-11, 11))
def test_a_moved_symbol_names_the_same_chord_elsewhere_and_comes_back(written, root, fifths):
    suffix, steps = written
    moved = read_chord(transposed_symbol(root + suffix, fifths))
    assert (moved.root.pitch_class, moved.intervals) == ((ROOTS[root] + 7 * fifths) % 12, steps)
    assert abs(moved.root.alter) <= 1
    back = read_chord(transposed_symbol(moved.text, -fifths))
    assert (back.root.pitch_class, back.intervals) == (ROOTS[root], steps)


@given(st.integers(-14, 20))
def test_a_name_knows_its_place_on_the_line_of_fifths(fifths):
    name = PitchName.at(fifths)
    assert name.fifths == fifths and name.pitch_class == fifths * 7 % 12


# ---- music21 --------------------------------------------------------------------------------------------------------

KINDS = harmony.CHORD_TYPES
SIXTHS = {"Neapolitan", "Italian", "French", "German", "Tristan"}  # harmony of one key, no symbols of lead sheets
EXCEPTIONS = {
    "dom7dim5": "a name of music21's own; people write 7b5",
    "pedal": "a name of music21's own",
    "power": "a name of music21's own; people write 5",
}
WRONG = {  # suffix -> what music21 does
    "13#11": "sounds the natural eleventh beside the raised one that replaces it",
    "ob9": "sounds a seventh that is not written, though not in dimb9, which says the same",
}
ALTERED = (
    "add9",
    "madd9",
    "7b9",
    "7#9",
    "7#11",
    "7b5",
    "7b13",
    "7b9#11",
    "9#11",
    "m7add11",
    "maj7#11",
    "13#11",
    "m9b5",
)
SUFFIXES = [suffix for kind, (_tones, names) in KINDS.items() if kind not in SIXTHS for suffix in names] + [*ALTERED]
COMPARED = ("C", "F#", "Bb", "E", "Ab", "D", "G", "Eb", "A", "B", "Db")


@pytest.mark.parametrize("suffix", [suffix for suffix in SUFFIXES if suffix not in EXCEPTIONS])
def test_music21_names_the_same_tones(suffix):
    for root in COMPARED:
        theirs = harmony.ChordSymbol(root.replace("b", "-") + suffix).pitches
        ours = read_chord(root + suffix)
        assert ours is not None
        same = set(ours.intervals) == {(pitch.pitchClass - ROOTS[root]) % 12 for pitch in theirs}
        assert same == (suffix not in WRONG), root + suffix


@pytest.mark.parametrize("suffix", EXCEPTIONS)
def test_what_only_music21_calls_so_is_no_symbol(suffix):
    assert read_chord("C" + suffix) is None


def test_over_400_symbols_are_compared_with_music21():
    assert len(COMPARED) * (len(SUFFIXES) - len(EXCEPTIONS)) >= 400


def test_every_symbol_that_the_documentation_shows_is_read():
    import re
    from pathlib import Path

    page = (Path(__file__).parents[3] / "docs" / "lyrics.md").read_text("utf-8").split("## Chord symbols")[1]
    shown = [
        sign for row in re.findall(r"^\| (`[^|]*) \|", page, re.MULTILINE) for sign in re.findall(r"`([^`]+)`", row)
    ]
    assert len(shown) > 40 and [sign for sign in shown if not read_chord(sign) and not is_no_chord(sign)] == []
