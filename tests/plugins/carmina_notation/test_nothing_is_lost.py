"""Every note that a file holds is in the score, whoever plays it; words and roads go as pages print them."""

import io

import mido
import pytest
from carmina_notation.abc.reader import AbcReader
from carmina_notation.midi.reader import MidiReader
from carmina_notation.musicxml.reader import MusicXmlReader
from hypothesis import given
from hypothesis import strategies as st

from carmina import Note
from carmina.theory import is_line, split_line

NOTES = st.lists(
    st.builds(
        Note, st.integers(40, 90), st.integers(0, 16).map(lambda n: 240 * n), st.integers(1, 6).map(lambda n: 240 * n)
    ),
    min_size=1,
    max_size=40,
    unique_by=lambda note: (note.pitch, note.onset_ticks),
)


def started(notes):
    return sorted((note.onset_ticks, note.pitch) for note in notes)


@given(NOTES)
def test_a_line_and_what_is_beside_it_are_all_the_notes(notes):
    line, others = split_line(notes)
    assert started([*line, *others]) == started(notes)
    assert all(a.end_ticks <= b.onset_ticks for a, b in zip(line, line[1:], strict=False))
    assert is_line(line)


def midi(notes, words=(), encoding="utf-8", **head):
    file = mido.MidiFile(type=0, ticks_per_beat=480, charset=encoding)
    events = [(note.onset_ticks, 1, mido.Message("note_on", note=note.pitch, velocity=70)) for note in notes]
    events += [(note.end_ticks, 0, mido.Message("note_off", note=note.pitch)) for note in notes]
    events += [
        (note.onset_ticks, 2, mido.MetaMessage("lyrics", text=word)) for note, word in zip(notes, words, strict=False)
    ]
    track, at = mido.MidiTrack(), 0
    for tick, _, event in sorted(events, key=lambda event: event[:2]):
        track.append(event.copy(time=tick - at))
        at = tick
    file.tracks.append(track)
    data = io.BytesIO()
    file.save(file=data)
    return data.getvalue()


@given(NOTES)
def test_every_note_of_a_midi_file_is_in_the_score(notes):
    apart = [
        note
        for note in notes
        if not any(
            n.pitch == note.pitch
            and n is not note
            and n.onset_ticks < note.end_ticks
            and note.onset_ticks < n.end_ticks
            for n in notes
        )
    ]
    if apart:
        score = MidiReader().read(midi(apart))
        assert started(note for track in score.tracks for note in track.notes) == started(apart)


TEXTS = {
    "gb18030": "春江潮水连海平海上明月共潮生",
    "big5": "床前明月光疑是地上霜舉頭望明月",
    "shift_jis": "うみはひろいなおおきいな",
    "cp1251": "во поле береза стояла во поле кудрявая стояла",
    "koi8_r": "тонкая рябина что стоишь качаясь",
    "utf-8": "静夜思こころсердце",
    "cp1252": "là où l'été s'en va, schöne Blümlein",
}


@pytest.mark.parametrize("encoding", TEXTS)
def test_words_are_read_in_the_encoding_that_they_are_in(encoding):
    words = [word + " " for word in TEXTS[encoding].split()] if " " in TEXTS[encoding] else list(TEXTS[encoding])
    notes = [Note(60 + n % 12, 480 * n, 480) for n in range(len(words))]
    score = MidiReader().read(midi(notes, words, encoding))
    sung = [note.syllable.text + note.syllable.after for note in score.voice.notes]
    assert "".join(sung) == TEXTS[encoding].replace(" ", "")


def test_chords_without_words_stay_the_instrument_that_they_are():
    notes = [Note(pitch, 480 * beat, 480) for beat in range(8) for pitch in (48, 55, 64, 72)]
    score = MidiReader().read(midi(notes))
    assert score.voice is None and [len(track.notes) for track in score.tracks] == [32]


def test_film_frames_and_patterns_in_turn_are_read():
    plain = midi([Note(60, 0, 480), Note(62, 480, 480)])
    frames = plain[:12] + bytes([256 - 25, 40]) + plain[14:]  # 1000 ticks a second: 480 of them are .96 quarters at 120
    assert [note.onset_ticks for note in MidiReader().read(frames).voice.notes] == [0, 461]
    both = plain[:8] + b"\x00\x02\x00\x02" + plain[12:] + plain[14:]
    score = MidiReader().read(both)
    assert started(note for track in score.tracks for note in track.notes) == [
        (0, 60),
        (480, 62),
        (960, 60),
        (1440, 62),
    ]


# ---- words of several verses, and the road, in MusicXML --------------------------------------------------------------


def bar(*notes, extra=""):
    """Notes as ``step`` or ``step:1=word,2=word``."""
    return f"<measure>{''.join(map(_note, notes))}{extra}</measure>"


def _note(said):
    step, _, words = said.partition(":")
    lyrics = "".join(
        f'<lyric number="{n}"><syllabic>single</syllabic><text>{text}</text></lyric>'
        for n, _, text in (word.partition("=") for word in words.split(",") if word)
    )
    return f"<note><pitch><step>{step}</step><octave>4</octave></pitch><duration>1</duration>{lyrics}</note>"


def sung(*bars):
    head = '<score-partwise><part-list><score-part id="P1"/></part-list><part id="P1">'
    score = MusicXmlReader().read((head + "".join(bars) + "</part></score-partwise>").encode())
    return " ".join(note.syllable.text if note.syllable else "_" for note in score.voice.notes)


AGAIN = '<barline><repeat direction="backward"/></barline>'
SAID = "<direction><direction-type><words>{}</words></direction-type></direction>"


@pytest.mark.parametrize("shared", [3, 4, 7])
def test_a_refrain_that_is_printed_once_is_sung_in_every_pass(shared):
    own = [f"C:1=a{n},2=b{n}" for n in range(4)]
    refrain = [f"D:1=r{n}" for n in range(shared)]
    passes = [[*(f"{verse}{n}" for n in range(4)), *(f"r{n}" for n in range(shared))] for verse in "ab"]
    assert sung(bar(*own, *refrain, extra=AGAIN)) == " ".join([*passes[0], *passes[1]])


def test_a_melisma_of_one_verse_is_no_shared_word():
    assert sung(bar("C:1=glo,2=King", "D:1=ry", "E:1=be,2=of", extra=AGAIN)) == "glo ry be King _ of"


@pytest.mark.parametrize("number", [2, 3, 7])
def test_a_single_line_of_words_is_sung_once_whatever_its_number(number):
    assert sung(bar(f"C:{number}=a", f"D:{number}=b")) == "a b"


def test_a_tail_under_the_last_verse_is_sung():
    assert sung(bar("C:1=a,2=x", extra=AGAIN), bar("D:2=t", "E:2=u")) == "a x t u"


@pytest.mark.parametrize("label", ["1. ", "1.", "2) ", "1.\u00a0"])
def test_the_number_of_a_verse_is_not_sung(label):
    assert sung(bar(f"C:1={label}An", "D:1=gels")) == "An gels"


@pytest.mark.parametrize(
    ("signs", "expected"),
    [
        ({1: "Fine", 2: "D.C. al Fine"}, "a b c a b"),
        ({1: "FINE", 2: "Da Capo al Fine"}, "a b c a b"),
        ({2: "D.C."}, "a b c a b c"),
        ({0: "To Coda", 1: "D.C. al Coda", 2: "<coda/>"}, "a b a c"),
        ({1: "<segno/>", 2: "D.S."}, "a b c b c"),
        ({1: "<segno/>", 2: "dal segno"}, "a b c b c"),
        ({2: "Andante dolce"}, "a b c"),
    ],
)
def test_the_road_is_walked_as_words_and_signs_say(signs, expected):
    def sign(text):
        return SAID.format(text) if "<" not in text else SAID.replace("<words>{}</words>", text)

    bars = []
    for place, word in enumerate("abc"):
        said = signs.get(place, "")
        before, after = (sign(said), "") if "<" in said else ("", sign(said) if said else "")
        bars.append(bar(f"C:1={word}", extra=after).replace("<measure>", "<measure>" + before))
    assert sung(*bars) == expected


def test_repeats_are_not_played_again_after_a_jump():
    assert sung(bar("C:1=a", extra=AGAIN), bar("D:1=b", extra=SAID.format("D.C."))) == "a a b a b"


def test_a_bar_repeat_sign_plays_the_bar_again():
    style = '<measure-style><measure-repeat type="start">1</measure-repeat></measure-style>'
    sign = f"<measure><attributes>{style}</attributes></measure>"
    assert len(sung(bar("C:1=a", "D:1=b"), sign, "<measure/>").split()) == 6


# ---- ABC -------------------------------------------------------------------------------------------------------------

HEAD = "X:1\nT:t\nM:4/4\nL:1/4\n"


def abc(text):
    return AbcReader().read((HEAD + text).encode())


@pytest.mark.parametrize(
    ("order", "expected"),
    [("AAB", "CDCDGA"), ("A2B", "CDCDGA"), ("(AB)2", "CDGACDGA"), ("B.A", "GACD"), ("AX", "CDGA")],
)
def test_parts_are_played_in_their_order(order, expected):
    notes = abc(f"P:{order}\nK:C\nP:A\nC2D2|\nP:B\nG2A2|\n").voice.notes
    assert "".join("C D EF G A"[note.pitch - 60] for note in notes) == expected


def test_a_second_voice_within_a_bar_is_kept():
    score = abc("K:C\nCDEF & C,4|GABc|\n")
    assert [len(track.notes) for track in score.tracks] == [8, 1]


@pytest.mark.parametrize(
    ("clef", "shift"), [("treble-8", -12), ("clef=treble+8", 12), ("bass", 0), ("clef=tenor-15", -24)]
)
def test_clefs_of_another_octave_sound_there(clef, shift):
    assert abc(f"K:C {clef}\nC4|\n").voice.notes[0].pitch == 60 + shift


def test_words_go_on_after_a_plus():
    words = [note.syllable.text for note in abc("K:C\nCDEF|GABc|\nw: a b c d\n+: e f\n+: g h\n").voice.notes]
    assert words == list("abcdefgh")


def test_a_plus_goes_on_a_title():
    assert abc("T:One\n+:more\nK:C\nC4|\n").title == "t"


@pytest.mark.parametrize(("marks", "expected"), [("!D.C.!", 8), ("!fine!", 4), ("!segno!", 4)])
def test_marks_of_the_road(marks, expected):
    assert len(abc(f"K:C\nCDEF{marks}|\n").voice.notes) == expected


def _chorale(lines_under_repeat, lines_after):
    """Two notes repeated, two after them; each line of words counted from 1."""

    def worded(letter, place, many):
        return "CDEF"[place] + (":" + ",".join(f"{n}={letter}{place}{n}" for n in range(1, many + 1)) if many else "")

    first = bar(worded("a", 0, lines_under_repeat), worded("a", 1, lines_under_repeat), extra=AGAIN)
    return first + bar(worded("b", 2, lines_after), worded("b", 3, lines_after))


CHORALES = {  # lines under the repeat, lines after it -> which line each pass sings
    (4, 2): ("a1", "a2", "b1", "a3", "a4", "b2"),
    (6, 3): ("a1", "a2", "b1", "a3", "a4", "b2", "a5", "a6", "b3"),
    (2, 2): ("a1", "a1", "b1", "a2", "a2", "b2"),
    (2, 1): ("a1", "a2", "b1"),
    (1, 1): ("a1", "a1", "b1"),
}


@pytest.mark.parametrize("lines", CHORALES)
def test_a_chorale_of_several_stanzas_takes_the_whole_road_for_each(lines):
    said = sung(_chorale(*lines)).split()
    assert [text[0] + text[2] for text in said[::2]] == list(CHORALES[lines])
