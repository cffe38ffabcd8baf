"""MusicXML files of any origin as scores."""

from __future__ import annotations

import io
import random
import zipfile

import pytest
from carmina_notation.musicxml import archive as mxl
from carmina_notation.musicxml.archive import MxlRenderer, packed
from carmina_notation.musicxml.reader import MusicXmlReader
from carmina_notation.musicxml.renderer import MusicXmlRenderer
from hypothesis import given, settings
from hypothesis import strategies as st
from notated_scores import song, syllables

from carmina import BadInput, Chord, Metre, Score, Tempo


def read(data: bytes | str) -> Score:
    return MusicXmlReader().read(data.encode() if isinstance(data, str) else data)


def note(step: str = "C", text: str = "", more: str = "", length: int = 1, number: str = "1", head: str = "") -> str:
    words = "".join(
        f'<lyric number="{place}"><text>{word}</text></lyric>' for place, word in enumerate(text.split("|"), 1) if word
    )
    words = words.replace('number="1"', f'number="{number}"')
    return (
        f"<note>{head}<pitch><step>{step}</step><octave>4</octave></pitch><duration>{length}</duration>{more}"
        f"{words}</note>"
    )


FIRST = "<attributes><divisions>1</divisions><time><beats>2</beats><beat-type>4</beat-type></time></attributes>"
AGAIN = '<barline location="right"><repeat direction="backward"/></barline>'


def piece(*bars: str, head: str = "") -> str:
    body = "".join(f'<measure number="{n}">{FIRST if n == 1 else ""}{bar}</measure>' for n, bar in enumerate(bars, 1))
    return f'<score-partwise><part-list><score-part id="P1"/></part-list><part id="P1">{head}{body}</part></score-partwise>'  # noqa: E501


def words(data: str) -> str:
    return " ".join(s.text for s in syllables(read(data)))


def ending(number: str, inside: str, back: bool = False) -> str:
    repeat = '<repeat direction="backward"/>' if back else ""
    return (
        f'<barline location="left"><ending number="{number}" type="start"/></barline>{inside}'
        f'<barline location="right"><ending number="{number}" type="stop"/>{repeat}</barline>'
    )


@pytest.mark.parametrize(
    "bars, sung",
    [
        ((note(text="a"), note(text="b")), "a b"),
        ((note(text="a") + AGAIN, note(text="b")), "a a b"),
        ((note(text="a|x") + AGAIN, note(text="b")), "a x b"),
        ((note(text="a|x|y") + AGAIN, note(text="b")), "a x y b"),
        ((note(text="a|x"), note(text="b|y")), "a b x y"),
        (
            (note(text="a"), ending("1", note(text="b"), back=True), ending("2", note(text="c")), note(text="d")),
            "a b a c d",
        ),
        ((note(text="a|x"), ending("1, 2", note(text="b|y"), back=True), ending("3", note(text="c"))), "a b x y a c"),
        ((note(text="a"), '<barline><repeat direction="forward"/></barline>' + note(text="b") + AGAIN), "a b b"),
    ],
)
def test_repeats_endings_and_verses_are_played_out(bars, sung):
    assert words(piece(*bars)) == sung


def test_lyric_numbers_with_names_in_them_still_number():
    assert words(piece(note(text="a|x", number="part1verse1"), note(text="b|y", number="part1verse1"))) == "a b x y"


def test_ties_become_one_note_and_wordless_notes_carry_on():
    start, stop = '<tie type="start"/>', '<tie type="stop"/>'
    score = read(piece(note(text="a", more=start, length=2), note(more=stop) + note("D"), note("E", "b")))
    assert [(n.length_ticks, n.continues) for n in score.voice.notes] == [(1440, False), (480, True), (480, False)]


def test_a_note_after_a_rest_without_words_is_only_a_note():
    rest = "<note><rest/><duration>1</duration></note>"
    assert [n.continues for n in read(piece(note(text="a") + rest, note("D"))).voice.notes] == [False, False]


def test_a_grace_note_hands_its_words_to_the_note_it_graces():
    assert words(piece(note(text="a", head="<grace/>").replace("<duration>1</duration>", "") + note("D"))) == "a"


def test_several_syllables_under_one_note_stay_together():
    two = "<lyric><syllabic>end</syllabic><text>a</text><elision>‿</elision><syllabic>begin</syllabic><text>o</text></lyric>"  # noqa: E501
    (said,) = syllables(read(piece(note(more=two))))
    assert (said.text, said.place) == ("a‿o", "middle")


def test_tempo_chords_and_a_short_first_bar_are_read():
    metronome = (
        "<direction><direction-type><metronome><beat-unit>eighth</beat-unit><per-minute>ca. 120</per-minute>"
        "</metronome></direction-type></direction>"
    )
    harmony = (
        "<harmony><root><root-step>E</root-step><root-alter>-1</root-alter></root><kind>minor-seventh</kind></harmony>"
    )
    score = read(piece(metronome + note(text="a"), harmony + note(text="b", length=2)))
    assert (score.tempi, score.chords, score.pickup_ticks) == ((Tempo(60.0),), (Chord(480, "Ebm7"),), 480)


def test_a_bar_of_odd_length_keeps_later_bar_lines_in_place():
    score = read(piece(note(length=2), note(length=3), note(length=2), note(length=2)))
    assert score.metres == (Metre(2, 4), Metre(3, 4, 960), Metre(2, 4, 2400))


def test_headings_in_plain_words_are_sections():
    heading = "<direction><direction-type><words>Refrain</words></direction-type></direction>"
    score = read(piece(note(text="a", length=2), heading + note(text="b", length=2)))
    assert [(m.onset_ticks, m.kind, m.label) for m in score.sections] == [(960, "chorus", "Refrain")]


def test_the_voice_is_the_part_with_words_and_backup_is_followed():
    second = "<backup><duration>2</duration></backup>" + note("E", length=2, more="<voice>2</voice>")
    score = read(piece(note("G", "a", more="<voice>1</voice>", length=2) + second))
    assert [(t.role, [n.pitch for n in t.notes]) for t in score.tracks] == [("voice", [67]), ("piano", [64])]


def test_transposing_parts_are_read_as_they_sound():
    shift = "<attributes><transpose><chromatic>-2</chromatic></transpose></attributes>"
    assert read(piece(shift + note("D"))).voice.notes[0].pitch == 60


def test_score_timewise_and_namespaces_are_understood():
    plain = piece(note(text="a"))
    timewise = (
        '<score-timewise><part-list><score-part id="P1"/></part-list><measure number="1"><part id="P1">'
        + FIRST
        + note(text="a")
        + "</part></measure></score-timewise>"
    )
    spaced = plain.replace("<score-partwise>", '<score-partwise xmlns="urn:x">')
    assert read(timewise) == read(spaced) == read(plain)


# ---- files that are none ----------------------------------------------------------------------------------------

BOMB = '<!DOCTYPE s [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>' + piece(note(text="&b;"))
ENDLESS = piece(*[note(text="a") + '<barline><repeat direction="backward" times="64"/></barline>'] * 400)


@pytest.mark.parametrize(
    "data, message",
    [
        ("", "not well-formed XML"),
        ("<score-partwise>", "not well-formed XML"),
        ("\x00\x01\x02", "not well-formed XML"),
        ("<html/>", "begins with <html>"),
        ("<score-partwise/>", "no notes"),
        (piece(), "no notes"),
        (BOMB, "declares entities"),
        (ENDLESS, "more than 20,000 bars"),
        (piece(note(length=10**8)), "longer than 12500 whole notes"),
        (piece(note().replace(">1<", ">x<")), "'x' for <duration>"),
        (piece(note()).replace("<divisions>1<", "<divisions>0<"), "divisions that are not above 0"),
        (piece(note()).replace("<octave>4<", "<octave>4e9<"), "'4e9' for <pitch/octave>"),
    ],
)
def test_what_is_no_score_is_refused_in_one_line(data, message):
    with pytest.raises(BadInput, match=message) as caught:
        read(data)
    assert "\n" not in str(caught.value)


def test_a_file_outside_is_never_opened():
    data = f'<!DOCTYPE s [<!ENTITY a SYSTEM "file://{__file__}">]>' + piece(note(text="&a;"))
    with pytest.raises(BadInput, match="declares entities"):
        read(data)


def archive(**members: bytes) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as made:
        for name, text in members.items():
            made.writestr(name, text)
    return data.getvalue()


@pytest.mark.parametrize(
    "data, message",
    [
        (b"PK\x03\x04 and no more", "cut off or damaged"),
        (archive(readme=b"hello"), "holds no score"),
        (archive(**{f"{n}.xml": b"<a/>" for n in range(65)}), "65 files; at most 64"),
        (archive(**{"a.xml": bytes(4_000_000)}), "more than 200 times its size"),
        (archive(**{"a.xml": bytes(mxl.MOST_BYTES + 1)}), "at most 33,554,432 are allowed"),
    ],
)
def test_archives_are_bounded_before_they_are_unpacked(data, message):
    with pytest.raises(BadInput, match=message):
        read(data)


def test_an_archive_without_a_container_gives_its_only_score():
    assert words_of(archive(**{"song.xml": piece(note(text="a")).encode()})) == ["a"]
    assert words_of(packed(piece(note(text="b")).encode())) == ["b"]


def words_of(data: bytes) -> list[str]:
    return [s.text for s in syllables(read(data))]


@settings(max_examples=30, deadline=None)
@given(st.binary(min_size=1, max_size=4), st.integers(0, 10**6), st.sampled_from((MusicXmlRenderer, MxlRenderer)))
def test_damage_gives_a_score_or_one_clear_line(noise, seed, renderer):
    whole = renderer().render(song("a- b c _ d, /", pickup_ticks=480))
    chance = random.Random(seed)
    broken = bytearray(whole)
    for byte in noise:
        broken[chance.randrange(len(broken))] = byte
    for data in (bytes(broken), whole[: chance.randrange(len(whole))], noise):
        try:
            assert isinstance(read(data), Score)
        except BadInput as refused:
            assert "\n" not in str(refused)
