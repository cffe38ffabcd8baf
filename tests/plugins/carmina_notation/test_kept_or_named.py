"""What a person's file says beside notes and words is in the score, or named in one line."""

import io

import mido
import pytest
from carmina_notation.abc.reader import AbcReader
from carmina_notation.abc.renderer import AbcRenderer
from carmina_notation.lilypond.reader import LilyPondReader
from carmina_notation.midi.reader import MidiReader
from carmina_notation.midi.renderer import MidiRenderer
from carmina_notation.musicxml.reader import MusicXmlReader
from carmina_notation.musicxml.renderer import MusicXmlRenderer
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from carmina import MARKS, BadOption, Clef, Direction, Grace, Key, Note, Score, Syllable, Track
from carmina.cli.group import carmina as command
from carmina.theory import moved_track, with_graces_played

WRITTEN = (960, 480, 240, 120, 60)
GRACES = st.lists(st.builds(Grace, st.integers(48, 84), st.sampled_from(WRITTEN), st.booleans()), max_size=3)
CLOSES = st.lists(st.builds(Grace, st.integers(48, 84), st.just(120), after=st.just(True)), max_size=2)
SINGLE = [mark for mark in MARKS if not mark.startswith("slur")]


@st.composite
def decorated(draw):
    """A score whose notes bear grace notes and marks, whose part has words, dynamics and clefs of its own."""
    notes = []
    for place in range(draw(st.integers(1, 8))):
        marks = draw(st.lists(st.sampled_from(SINGLE), max_size=3, unique=True))
        graces = draw(GRACES) + (draw(CLOSES) if place % 4 == 3 else [])
        notes.append(
            Note(draw(st.integers(55, 79)), 480 * place, 480, Syllable("la"), graces=tuple(graces), marks=tuple(marks))
        )
    said = draw(
        st.lists(
            st.builds(
                Direction,
                st.integers(0, len(notes) - 1).map(lambda n: 480 * n),
                st.sampled_from(("dolce", "rit. poco")),
            )
            | st.builds(
                Direction,
                st.integers(0, len(notes) - 1).map(lambda n: 480 * n),
                st.sampled_from(("p", "ff", "mf")),
                st.just(True),
            ),
            max_size=4,
            unique_by=lambda said: (said.onset_ticks, said.text),
        )
    )
    clefs = draw(st.sampled_from(((), (Clef("G", 2),), (Clef("G", 2, -1),), (Clef("C", 3), Clef("G", 2, 0, 480)))))
    if clefs and clefs[-1].onset_ticks >= notes[-1].end_ticks:
        clefs = clefs[:1]
    ordered = tuple(sorted(said, key=lambda d: d.onset_ticks))
    return Score((Track(tuple(notes), clefs=clefs, directions=ordered),))


def kept(score):
    """What the test compares: order among signs at one place is the format's own."""
    track = score.tracks[0]
    return (
        [(n.pitch, n.onset_ticks, n.graces, sorted(n.marks)) for n in track.notes],
        sorted((d.onset_ticks, d.text, d.dynamic) for d in track.directions),
        track.clefs,
    )


@settings(max_examples=60, deadline=None)
@given(decorated())
def test_grace_notes_marks_words_and_clefs_survive_musicxml(score):
    back = MusicXmlReader().read(MusicXmlRenderer().render(score))
    assert kept(back) == kept(score) and not back.losses
    assert MusicXmlRenderer().render(back) == MusicXmlRenderer().render(score)


@settings(max_examples=40, deadline=None)
@given(decorated())
def test_grace_notes_survive_abc_and_sound_in_midi(score):
    back = AbcReader().read(AbcRenderer().render(score))
    graces = [[(g.pitch, g.after) for g in n.graces] for n in score.tracks[0].notes]
    assert [[(g.pitch, g.after) for g in n.graces] for n in back.tracks[0].notes] == graces
    first = [[g.slashed for g in n.graces][:1] for n in score.tracks[0].notes]
    assert [[g.slashed for g in n.graces][:1] for n in back.tracks[0].notes] == first
    sounding = MidiReader().read(MidiRenderer().render(score))
    assert sum(len(t.notes) for t in sounding.tracks) == sum(map(len, graces)) + len(graces)
    words = [n.syllable.text for t in sounding.tracks for n in t.notes if n.syllable]
    assert words == ["la"] * len(graces)


@settings(max_examples=40, deadline=None)
@given(decorated())
def test_grace_notes_take_no_time_but_their_own_notes(score):
    notes = score.tracks[0].notes
    played = with_graces_played(notes)
    assert sum(n.length_ticks for n in played) == sum(n.length_ticks for n in notes)
    assert max(n.end_ticks for n in played) == max(n.end_ticks for n in notes)
    up = moved_track(score.tracks[0], 2)
    assert [[g.pitch - 2 for g in n.graces] for n in up.notes] == [[g.pitch for g in n.graces] for n in notes]


def test_lilypond_keeps_grace_notes_marks_words_clefs_and_chord_names():
    score = LilyPondReader().read(
        rb"""<< \chords { c1 g:m7.5- } \relative c' { \clef "treble_8" \grace { d16 e } c4-. d->\p^"dolce (slow)"
        \acciaccatura f8 e4( f) | g1\fermata } \addlyrics { one two three four five } >>"""
    )
    voice = score.voice
    assert [[g.pitch for g in n.graces] for n in voice.notes] == [[62, 64], [], [65], [], []]
    assert voice.notes[2].graces[0].slashed and not voice.notes[0].graces[0].slashed
    assert [n.marks for n in voice.notes] == [("staccato",), ("accent",), (), (), ("fermata",)]
    assert [(d.text, d.dynamic) for d in voice.directions] == [("p", True), ("dolce (slow)", False)]
    assert voice.clefs == (Clef("G", 2, -1),)
    assert [(c.onset_ticks, c.symbol) for c in score.chords] == [(0, "C"), (1920, "Gm7b5")]
    assert score.losses == ("1 syllable after the last note",)


LOST = {
    "abc": (
        AbcReader,
        b"X:1\nL:1/4\nK:C\n!slide!C D ~E F|G A B c|{d}\nW:words below\n",
        ("decoration !slide!", "roll", "grace note without a note after it", "line of words below the tune"),
    ),
    "ly": (
        LilyPondReader,
        rb"{ c'4 d'-1 e'\glissando f' } \addlyrics { a b c d e }",
        ("fingering", "glissando", "syllable after the last note"),
    ),
    "xml": (
        MusicXmlReader,
        b"""<score-partwise><part-list><score-part id="P1"><part-name>V</part-name></score-part></part-list>
        <part id="P1"><measure><attributes><divisions>1</divisions></attributes>
        <direction><direction-type><wedge type="crescendo"/>
        </direction-type></direction><note><pitch><step>C</step><octave>4</octave></pitch><duration>4</duration>
        <notations><technical><fingering>1</fingering></technical><glissando type="start"/></notations>
        <lyric number="1"><text>la</text></lyric><lyric number="2"><text>lo</text></lyric></note></measure>
        <measure><note><cue/><pitch><step>C</step><octave>4</octave></pitch><duration>4</duration></note></measure>
        </part></score-partwise>""",
        ("hairpin", "fingering", "glissando", "cue note"),
    ),
}


@pytest.mark.parametrize("format", LOST)
def test_what_a_reader_cannot_keep_is_named(format):
    reader, data, names = LOST[format]
    told = ", ".join(reader().read(data).losses)
    assert all(name in told for name in names), told


def messages(*events):
    file = mido.MidiFile(type=0, ticks_per_beat=480)
    file.tracks.append(mido.MidiTrack(events))
    data = io.BytesIO()
    file.save(file=data)
    return data.getvalue()


def test_midi_names_bends_changes_and_bytes_that_no_file_may_hold():
    on, off = mido.Message("note_on", note=60), mido.Message("note_off", note=60, time=480)
    data = messages(
        on,
        mido.Message("pitchwheel", pitch=1000),
        mido.Message("control_change", control=64, value=127),
        mido.MetaMessage("lyrics", text="far away", time=900),
        off,
        mido.Message("control_change", control=64, value=0, time=100),
    )
    score = MidiReader().read(data)
    assert score.losses == ("1 pitch bend", "1 text without a note to sing it on")
    assert [note.ring_ticks for track in score.tracks for note in track.notes] == [100]
    odd = data[:22] + b"\x00\xf8" + data[22:]
    odd = odd[:18] + (len(odd) - 22).to_bytes(4, "big") + odd[22:]
    assert "1 illegal status byte F8" in MidiReader().read(odd).losses


def test_the_command_line_tells_it_in_one_line(tmp_path):
    source = tmp_path / "t.abc"
    source.write_bytes(LOST["abc"][1])
    done = CliRunner().invoke(command, ["transpose", str(source), "--by", "2", "-o", str(tmp_path / "o.abc"), "-q"])
    assert done.exit_code == 0
    told = [line for line in done.stderr.splitlines() if line.startswith("note: not kept of t.abc: ")]
    assert len(told) == 1 and told[0].endswith(".")


def test_an_encoding_may_be_forced_and_a_wrong_name_is_refused():
    word = "\u9644\u8fd1"
    data = messages(mido.Message("note_on", note=60), mido.Message("note_off", note=60, time=480))
    raw = word.encode("gb18030")
    event = b"\x00\xff\x05" + bytes([len(raw)]) + raw
    data = data[:18] + (len(data) - 22 + len(event)).to_bytes(4, "big") + event + data[22:]
    assert MidiReader().read_with(data, {"encoding": "GBK"}).voice.notes[0].syllable.text == word
    with pytest.raises(BadOption, match="--encoding: got 'klingon'; allowed: the name of an encoding"):
        MidiReader().read_with(data, {"encoding": "klingon"})


def test_abc_writes_a_tune_without_words_and_tells_what_is_beside_it():
    piano = Track((Note(60, 0, 480), Note(64, 0, 480), Note(62, 480, 480)), "Piano", "piano", 0)
    bass = Track((Note(40, 0, 960),), "Bass", "bass", 32)
    renderer = AbcRenderer()
    text = renderer.render(Score((piano, bass)))
    assert renderer.losses == ("1 part beside the tune", "1 note beside the tune's line")
    back = AbcReader().read(text)
    assert [(n.pitch, n.onset_ticks) for n in back.tracks[0].notes] == [(64, 0), (62, 480)]


def test_a_key_within_a_bar_and_metres_in_a_row_are_read_and_written():
    tune = tuple(Note(67, 480 * n, 480, Syllable("la")) for n in range(8))
    score = Score((Track(tune),), keys=(Key(0), Key(2, "major", 960), Key(-3, "minor", 1920)))
    for reader, renderer in ((MusicXmlReader, MusicXmlRenderer), (AbcReader, AbcRenderer)):
        back = reader().read(renderer().render(score))
        assert back.keys == score.keys and [n.pitch for n in back.voice.notes] == [67] * 8
    time = b"<time><beats>3</beats><beat-type>8</beat-type><beats>3</beats><beat-type>4</beat-type></time>"
    note = b"<note><pitch><step>C</step><octave>4</octave></pitch><duration>9</duration></note>"
    bar = b"<attributes><divisions>2</divisions><key><fifths>8</fifths></key>" + time + b"</attributes>" + note
    read = MusicXmlReader().read(
        b"<score-partwise><part id='P1'><measure number='1'>" + bar + b"</measure></part></score-partwise>"
    )
    assert str(read.metres[0]) == "9/8" and read.keys[0].fifths == -4
    assert set(read.losses) == {"1 grouping of beats in a time signature", "1 key signature of more than seven signs"}
