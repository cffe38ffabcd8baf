"""Numbered notation: every note is its figure, with dots, dashes and lines; every word is printed."""

import re

import pytest
from carmina_engraving.jianpu.figures import bars_of, do_of
from carmina_engraving.jianpu.renderers import JianpuPdfRenderer, JianpuPngRenderer, JianpuSvgRenderer
from carmina_engraving.labels import in_its_language
from lxml import etree

from carmina import Chord, Grace, Key, Metre, Note, Score, SectionMark, Syllable, Track
from carmina.conductor import Conductor
from carmina.testing import check

MAJOR = (0, 2, 4, 5, 7, 9, 11)


def tune(*steps, **rest):
    notes, at = [], 0
    for pitch, length in steps:
        if pitch:
            notes.append(Note(pitch, at, length, Syllable("啦", tone=1)))
        at += length
    return Score((Track(tuple(notes)),), language="zh", **rest)


def figures(score):
    root = etree.fromstring(Conductor().render(score, ".musicxml"))
    return [item for bar in bars_of(root.find("part")) for item in bar.items]


@pytest.mark.parametrize("fifths", range(-6, 7))
def test_a_scale_from_do_is_one_to_seven_in_every_key(fifths):
    do = 60 + fifths * 7 % 12
    items = figures(tune(*((do + step, 480) for step in (*MAJOR, 12)), keys=(Key(fifths),)))
    assert [item.figure.digit for item in items] == [1, 2, 3, 4, 5, 6, 7, 1]
    assert [item.figure.octave for item in items] == [0] * 7 + [1]
    assert all(item.figure.change is None for item in items)


def test_lengths_are_dashes_dots_and_lines():
    items = figures(tune((60, 960), (62, 720), (64, 240), (65, 1920), (67, 1440), (69, 120), (71, 120), (0, 240)))
    shown = [(i.figure.digit, i.columns, i.dots, i.lines) for i in items]
    assert shown[:5] == [(1, 2, 0, 0), (2, 1, 1, 0), (3, 1, 0, 1), (4, 4, 0, 0), (5, 3, 0, 0)]
    assert shown[5:] == [(6, 1, 0, 2), (7, 1, 0, 2), (0, 1, 0, 1)]


def test_what_is_not_of_the_key_bears_its_sign_once_a_bar():
    items = figures(tune((66, 480), (66, 480), (65, 480), (64, 480), (66, 480)))
    assert [item.figure.change for item in items[:5]] == [1, None, 0, None, 1]


def test_grace_notes_chords_and_minor_keys_are_shown():
    score = tune((69, 960), (64, 960), keys=(Key(0, "minor"),))
    note = score.tracks[0].notes[0]
    score = Score(
        (Track((Note(69, 0, 960, note.syllable, graces=(Grace(71),)), score.tracks[0].notes[1])),), keys=score.keys
    )
    first = figures(score)[0]
    assert first.figure.digit == 6 and [grace.digit for grace in first.graces] == [7]
    assert do_of(-3) == "♭E" and do_of(6) == "♯F"


def test_every_word_and_figure_is_on_the_page():
    words = "春江潮水连海平海上明月共潮生"
    notes = tuple(Note(60 + n % 9, 480 * n, 480, Syllable(c, tone=1)) for n, c in enumerate(words))
    score = Score(
        (Track(notes),),
        (Metre(3, 4),),
        title="春江",
        language="zh",
        sections=(SectionMark(0, 4320, "chorus", "", "A"),),
    )
    svg = JianpuSvgRenderer().render(score).decode()
    texts = re.findall(r"<tspan>([^<]*)</tspan>", svg)
    assert all(c in texts for c in words) and "春江" in texts and "副歌" in texts and "1=C" in texts and "3/4" in texts
    assert sum(text in "1234567" for text in texts) == len(words)
    assert JianpuSvgRenderer().render(score).decode() == svg
    assert JianpuPdfRenderer().render(score).startswith(b"%PDF") and JianpuPngRenderer().render(score)[1:4] == b"PNG"


def test_long_songs_take_several_pages_and_the_renderers_keep_their_contract():
    score = tune(*(((60 + n % 12), 240) for n in range(900)))
    svg = JianpuSvgRenderer().render(score).decode()
    assert svg.count("<svg ") >= 3
    check(JianpuSvgRenderer)


def test_chinese_pages_have_chinese_labels():
    marks = (
        SectionMark(0, 480, "verse", "Verse 2", "A"),
        SectionMark(480, 480, "chorus", "", "B"),
        SectionMark(960, 480, "verse", "我的主歌", "A"),
    )
    tracks = tuple(
        Track((Note(60, 0, 1440),), name, role)
        for name, role in (
            ("Voice", "voice"),
            ("Bass", "bass"),
            ("Bass", "ensemble"),
            ("Erhu", "strings"),
            ("Zither", "ethnic"),
        )
    )
    score = in_its_language(Score(tracks, sections=marks, language="zh"))
    assert [t.name for t in score.tracks] == ["人声", "贝斯", "男低音", "二胡", "Zither"]
    assert [m.label for m in score.sections] == ["主歌2", "副歌", "我的主歌"]
    assert in_its_language(Score(tracks, sections=marks, language="en")).tracks == tracks


def test_every_chord_is_printed_at_its_time_clear_of_the_one_before_and_of_the_section_above():
    chords = (Chord(0, "Cmaj7"), Chord(480, "N.C."), Chord(600, "Bbm7b5"), Chord(1920, "G7"), Chord(2400, "Am"))
    marks = (SectionMark(0, 3840, "verse", "主歌", "A"),)
    score = tune((60, 1920), (0, 480), (62, 1440), chords=chords, sections=marks)
    root = etree.fromstring(Conductor().render(score, ".jianpu.svg"))
    said = {}
    for holder in root.iter("{http://www.w3.org/2000/svg}text"):
        text = "".join(holder.itertext())
        said[text] = float(holder.get("x")), float(holder.get("y")), float(holder.get("font-size")[:-2])
    shown = [said[name] for name in ("Cmaj7", "N.C.", "B♭m7♭5", "G7", "Am")]
    assert all(a[0] + 60 <= b[0] for a, b in zip(shown[:3], shown[1:3], strict=False))
    label, top = said["主歌"], min(y - size * 0.8 for _, y, size in shown)
    assert label[1] + label[2] * 0.2 < top
