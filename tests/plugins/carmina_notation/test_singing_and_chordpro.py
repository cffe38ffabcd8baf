"""What leaves for other programs: OpenUtau's project as LibreSVIP opens it, ChordPro as our own reader reads it."""

import json

import pytest
from carmina_lyrics.reader import LyricSheetReader
from carmina_notation.singing.ust import UstRenderer
from carmina_notation.singing.ustx import UstxRenderer
from carmina_notation.text.chordpro import ChordProRenderer
from hypothesis import given, settings
from notated_scores import scores, song, sung

from carmina import Chord, Grace, Metre, Note, Score, SectionMark, Syllable, Tempo, Track
from carmina.testing import check


def opened(score, folder, kind="ustx"):
    shared = json._default_encoder  # LibreSVIP makes json.dumps compact for the whole process, other tests included
    kept = shared.item_separator, shared.key_separator
    from libresvip.plugins.ust.ust_converter import USTConverter
    from libresvip.plugins.ustx.ustx_converter import OpenUtauConverter

    shared.item_separator, shared.key_separator = kept
    path = folder / f"song.{kind}"
    path.write_bytes((UstRenderer if kind == "ust" else UstxRenderer)().render(score))
    return (USTConverter if kind == "ust" else OpenUtauConverter).load(path, {})


def test_the_renderers_keep_their_contract():
    check(UstxRenderer)
    check(UstRenderer)
    check(ChordProRenderer)


@settings(max_examples=25, deadline=None)
@given(scores())
def test_libresvip_opens_every_sung_note_where_it_is(tmp_path_factory, score):
    project = opened(score, tmp_path_factory.mktemp("ustx"))
    lead = score.metres[0].bar_ticks - score.pickup_ticks if score.pickup_ticks else 0
    for track, part in zip((t for t in score.tracks if t.role == "voice" and t.notes), project.track_list, strict=True):
        notes = [(n.onset_ticks + lead, n.length_ticks, n.pitch) for n in track.notes]
        assert [(n.start_pos, n.length, n.key_number) for n in part.note_list] == notes


@pytest.mark.filterwarnings("ignore::DeprecationWarning:portion")
@settings(max_examples=8, deadline=None)
@given(scores())
def test_libresvip_opens_every_syllable_of_a_sequence_where_it_is(tmp_path_factory, score):
    project = opened(score, tmp_path_factory.mktemp("ust"), "ust")
    lead = score.metres[0].bar_ticks - score.pickup_ticks if score.pickup_ticks else 0
    notes = [(n.onset_ticks + lead, n.length_ticks, n.pitch) for n in score.sung_notes]
    (part,) = project.track_list
    assert [(n.start_pos, n.length, n.key_number) for n in part.note_list] == notes


def test_a_tune_without_words_or_chords_is_a_sheet_with_its_head():
    notes = (Note(60, 0, 480), Note(62, 480, 480))
    text = ChordProRenderer().render(Score((Track(notes),), title="Tune")).decode()
    assert text.startswith("{title: Tune}\n") and text.endswith("{tempo: 96}\n")


def test_a_sequence_tells_what_it_has_no_place_for():
    line = sung("la li lo")
    renderer = UstRenderer()
    text = renderer.render(Score((Track(line), Track(line)), tempi=(Tempo(90), Tempo(60, 700)))).decode()
    assert renderer.losses == ("1 sung line beside the first", "1 tempo change moved to the next note")
    assert "Lyric=li" in text and text.count("Tempo=") == 2 and "Tempo=60.00" in text.split("[#0002]")[1]


def test_words_stand_on_their_first_syllable_and_signs_on_what_carries_them(tmp_path):
    score = song("a- ma- zing _ grace,", tempi=(Tempo(72), Tempo(90, 960)), metres=(Metre(3, 4),))
    project = opened(score, tmp_path)  # LibreSVIP writes "-" for OpenUtau's "+~"
    assert [note.lyric for note in project.track_list[0].note_list] == ["amazing", "+", "+", "-", "grace"]
    assert [tempo.bpm for tempo in project.song_tempo_list] == [72, 90]
    assert project.time_signature_list[0].numerator == 3
    moon = tuple(
        Note(60, 480 * n, 480, Syllable(c, tone=4, place=p))
        for n, (c, p) in enumerate((("月", "begin"), ("亮", "end")))
    )
    assert [n.lyric for n in opened(Score((Track(moon),)), tmp_path).track_list[0].note_list] == ["月", "亮"]


def test_grace_notes_are_sung_and_instruments_are_left_to_others(tmp_path):
    voice = Track((Note(60, 0, 480, Syllable("la"), graces=(Grace(62),)),))
    project = opened(Score((voice, Track((Note(40, 0, 480),), "Bass", "bass"))), tmp_path)
    assert [[(n.key_number, n.lyric) for n in t.note_list] for t in project.track_list] == [[(62, "la"), (60, "-")]]


def chorded(text):
    sheet = LyricSheetReader().read(text)
    return [
        [(word.text, word.chord) for line in section.lines for word in line.words] for section in sheet.sections
    ], sheet


def test_chordpro_is_read_back_with_every_chord_at_its_word():
    notes = sung("Row me / home, row me / home a- gain")
    chords = (Chord(0, "C"), Chord(960, "F/A"), Chord(1920, "G7(b9)"), Chord(2400, "Am7"))
    marks = (SectionMark(0, 960, "verse", "Verse 1", "A"), SectionMark(960, 2400, "chorus", "", "B"))
    text = ChordProRenderer().render(
        Score((Track(notes),), chords=chords, sections=marks, title="T", credits=("Music: M",))
    )
    assert b"{composer: M}" in text and b"{start_of_chorus: Chorus}" in text and b"{end_of_verse}" in text
    words, sheet = chorded(text)
    assert sheet.title == "T" and [section.kind for section in sheet.sections] == ["verse", "chorus"]
    assert words == [
        [("Row", "C"), ("me", None)],
        [("home", "F/A"), ("row", None), ("me", "G7(b9)"), ("home", "Am7"), ("again", None)],
    ]


@settings(max_examples=40, deadline=None)
@given(scores())
def test_chordpro_holds_every_word_and_every_chord(score):
    text = ChordProRenderer().render(score).decode()
    assert all(f"[{chord.symbol}]" in text for chord in score.chords)
    said = "".join(text.split())
    assert all("".join(n.syllable.text.split()) in said for n in score.sung_notes if n.syllable)


def test_annotations_are_read_and_not_sung():
    words, sheet = chorded(b"{title: T}\n[F]Down the [A/C#]riv-er [*Rit.]slow-ly\n{capo: 2}\n[C][G]on\n")
    assert [word for word, _ in words[0]] == ["Down", "the", "riv-er", "slow-ly", "on"]
    assert sheet.losses == ("1 annotation", "1 capo")


def test_chords_after_the_last_word_stay_on_its_line():
    """Also those under which nothing is sung: in a rest between two lines, and at the song's end."""
    notes = [
        Note(60, 480 * n, 480, syllable=Syllable(text, ends_line=end))
        for n, text, end in ((0, "Row", False), (1, "home", True), (4, "Love", False), (5, "now", True))
    ]
    chords = tuple(Chord(480 * n, symbol) for n, symbol in enumerate(("C", "Am", "F", "G7", "Dm", "D", "E", "A")))
    text = ChordProRenderer().render(Score((Track(tuple(notes), "Voice", "voice"),), chords=chords)).decode()
    assert "[C]Row [Am]home [F][G7]" in text and "[Dm]Love [D]now [E][A]" in text
