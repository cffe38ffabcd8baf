"""Sheet music: SVG, PNG and PDF hold every word, and are the same each time."""

from __future__ import annotations

import io
import re
import struct
import zlib
from dataclasses import replace

import carmina_engraving.needs as needs
import carmina_engraving.printed as printed
import carmina_engraving.typefaces as typefaces
import pytest
from carmina_engraving.pages import pages, said
from carmina_engraving.printed import FINEST_PPI, MOST_PIXELS, PdfRenderer, PngRenderer, _fineness
from carmina_engraving.typefaces import faces
from carmina_engraving.vector import SvgRenderer
from lxml import etree

from carmina import BadInput, Chord, Metre, Note, Score, SectionMark, Syllable, Tempo, Track
from carmina.conductor import Conductor
from carmina.testing import check, song

QUARTER = 480
OFFERS = [SvgRenderer, PngRenderer, PdfRenderer]


def sung(words: str, at: int = 0, pitch: int = 67) -> tuple[Note, ...]:
    """A quarter for each word, the last of which ends its line; "_" carries on the one before."""
    tokens = words.split()
    return tuple(
        Note(
            pitch + i % 4,
            at + QUARTER * i,
            QUARTER,
            None if token == "_" else Syllable(token, ends_line=i == len(tokens) - 1),
            continues=token == "_",
        )
        for i, token in enumerate(tokens)
    )


def sections(*texts: str, **rest) -> Score:
    """A section for each text, each beginning with a bar; equal tunes."""
    notes, marks = (), []
    for index, text in enumerate(texts):
        at = notes[-1].end_ticks if notes else 0
        at += -at % 1920
        notes += sung(text, at)
        marks.append(SectionMark(at, notes[-1].end_ticks - at, "verse", f"Verse {index + 1}", "A", index + 1))
    return Score((Track(notes),), sections=tuple(marks), **rest)


def pickup() -> Score:
    """Chinese words after an incomplete bar, with a melisma and chords."""
    score = Score(
        (Track(sung("明 月 _ 光 照 我 心")),),
        pickup_ticks=QUARTER,
        title="静夜",
        language="zh",
        chords=(Chord(QUARTER, "Bb"), Chord(QUARTER * 5, "F#m7")),
    )
    return replace(score, sections=(SectionMark(0, score.end_ticks, "verse", "主歌"),))


def long() -> Score:
    return sections(*(" ".join(f"w{n}x{i}" for i in range(16)) for n in range(30)))


def musicxml(score: Score) -> bytes:
    return Conductor().render(score, ".musicxml")


def texts(score: Score) -> list[str]:
    """What stands in the SVG, a string for each text."""
    root = etree.fromstring(SvgRenderer().render(score), etree.XMLParser(huge_tree=True))
    return ["".join("".join(text.itertext()).split()) for text in root.iter("{*}text")]


def read(score: Score) -> str:
    """What a PDF reader copies from the pages, spaces left out."""
    import pypdf

    file = pypdf.PdfReader(io.BytesIO(PdfRenderer().render(score)))
    return "".join("".join(page.extract_text().split()) for page in file.pages)


@pytest.mark.parametrize("entry", OFFERS)
def test_every_entry_keeps_the_promises_of_renderers(entry):
    check(entry)


@pytest.mark.parametrize(
    "score",
    [song(), pickup(), sections("sing a song now", "play it a gain", "one more time please")],
    ids=["song", "pickup", "strophic"],
)
def test_svg_holds_every_syllable_chord_heading_and_the_title(score):
    found = texts(score)
    everything = "".join(found)
    for note in score.voice.notes:
        if note.syllable:
            assert note.syllable.text + note.syllable.after in found
    assert score.title in everything
    headings = {"".join(mark.label.split()) for mark in score.sections}
    assert all(heading in everything for heading in headings) or "Verse1,2,3" in found


def test_svg_prints_chord_symbols_with_their_accidentals():
    flat, sharp = "\uea64", "\uea66"  # SMuFL, as verovio writes them; Carmina Notes has both
    found = [text.replace(flat, "b").replace(sharp, "#") for text in texts(pickup())]
    assert {"Bb", "F#m7"} <= set(found)
    assert {flat, sharp} <= next(
        face for face in faces(said(pages(musicxml(pickup())))) if face.family == "Carmina Notes"
    ).characters


def test_svg_prints_a_strophic_song_once_with_its_verses_below_one_another():
    root = etree.fromstring(
        SvgRenderer().render(sections("a b c d e f g h", "i j k l m n o p")), etree.XMLParser(huge_tree=True)
    )
    notes = [g for g in root.iter("{*}g") if "note" in g.get("class", "").split()]
    assert len(notes) == 8


@pytest.mark.parametrize(
    "score", [song(), pickup(), sections("sing a song now", "play it a gain")], ids=["song", "pickup", "strophic"]
)
def test_pdf_holds_every_word_as_text(score):
    found = read(score)
    for note in score.voice.notes:
        if note.syllable:
            assert note.syllable.text + note.syllable.after in found
    assert score.title in found


def test_pdf_embeds_its_fonts_and_needs_none_of_the_reader():
    import pypdf

    file = pypdf.PdfReader(io.BytesIO(PdfRenderer().render(pickup())))
    fonts = [font.get_object() for font in file.pages[0]["/Resources"]["/Font"].values()]
    assert fonts
    for font in fonts:
        if font["/Subtype"] != "/Type3":  # a Type 3 font holds its own drawings
            about = font["/DescendantFonts"][0].get_object()["/FontDescriptor"]
            assert {"/FontFile2", "/FontFile3"} & set(about)


def test_a_long_song_takes_more_than_one_page_and_loses_no_word():
    import pypdf

    score = long()
    data = PdfRenderer().render(score)
    assert len(pypdf.PdfReader(io.BytesIO(data)).pages) == len(pages(musicxml(score))) > 1
    found = "".join("".join(page.extract_text().split()) for page in pypdf.PdfReader(io.BytesIO(data)).pages)
    assert all(note.syllable.text in found for note in score.voice.notes)


def test_ids_differ_between_the_pages_of_one_svg():
    root = etree.fromstring(SvgRenderer().render(long()), etree.XMLParser(huge_tree=True))
    ids = [element.get("id") for element in root.iter() if element.get("id")]
    assert len(ids) == len(set(ids)) > 100
    named = {link.get("{http://www.w3.org/1999/xlink}href", "#")[1:] for link in root.iter("{*}use")}
    assert named <= set(ids)


def opened(png: bytes) -> tuple[int, int, bytes]:
    """Width, height and what is inside; every checksum right."""
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    chunks, at = [], 8
    while at < len(png):
        length, kind = struct.unpack(">I4s", png[at : at + 8])
        body = png[at + 8 : at + 8 + length]
        assert zlib.crc32(kind + body) == struct.unpack(">I", png[at + 8 + length : at + 12 + length])[0]
        chunks.append((kind, body))
        at += 12 + length
    assert chunks[0][0] == b"IHDR" and chunks[0][1][8:10] == b"\x08\x06"  # 8 bits of red, green, blue, alpha
    width, height = struct.unpack(">II", chunks[0][1][:8])
    return width, height, zlib.decompress(b"".join(body for kind, body in chunks if kind == b"IDAT"))


def greens(png: bytes) -> list[list[int]]:
    """How light each pixel is: the filters of PNG (section 9) undone for one colour."""
    width, height, data = opened(png)
    rows, above = [], [0] * width
    for y in range(height):
        start = y * (width * 4 + 1)
        row: list[int] = []
        for x, value in enumerate(data[start + 2 : start + 1 + width * 4 : 4]):
            left, corner = (row[x - 1], above[x - 1]) if x else (0, 0)
            row.append(
                value + (0, left, above[x], (left + above[x]) // 2, paeth(left, above[x], corner))[data[start]] & 255
            )
        rows.append(row)
        above = row
    return rows


def paeth(left: int, up: int, corner: int) -> int:
    return min((left, up, corner), key=lambda near: abs(left + up - corner - near))


def test_png_is_a_picture_of_a_page_at_150_dots_an_inch():
    width, height, _ = opened(PngRenderer().render(song()))
    assert (width, height) == (round(210 / 25.4 * 150), round(297 / 25.4 * 150))


def test_png_has_ink_on_white_and_none_at_its_edges(monkeypatch):
    monkeypatch.setattr(printed, "FINEST_PPI", 24.0)
    rows = greens(PngRenderer().render(song()))
    dark = sum(value < 160 for row in rows for value in row)
    assert 0.002 < dark / (len(rows) * len(rows[0])) < 0.2
    assert {*rows[0], *rows[-1], *(row[0] for row in rows), *(row[-1] for row in rows)} == {255}


def test_a_longer_picture_is_drawn_less_finely_within_the_limit():
    assert _fineness(297) == FINEST_PPI
    for count in (20, 500):
        inches = 210 * 297 * count / 25.4**2
        assert inches * _fineness(297 * count) ** 2 <= MOST_PIXELS * 1.001


@pytest.mark.parametrize("entry", OFFERS)
def test_the_same_score_gives_the_same_bytes(entry):
    assert entry().render(pickup()) == entry().render(pickup())


def test_a_score_without_notes_is_a_page():
    assert b"<svg" in SvgRenderer().render(Score((Track(()),)))
    assert PdfRenderer().render(Score((Track(()),))).startswith(b"%PDF")


@pytest.mark.parametrize(
    ("module", "entry"),
    [("verovio", SvgRenderer), ("typst", PdfRenderer), ("typst", PngRenderer), ("fontTools.ttLib", SvgRenderer)],
)
def test_a_missing_package_is_named_in_one_line(monkeypatch, module, entry):
    whole = needs.importlib.import_module

    def without(name):
        if name == module:
            raise ImportError(name)
        return whole(name)

    monkeypatch.setattr(needs.importlib, "import_module", without)
    with pytest.raises(
        BadInput, match=rf"needs {module.partition('.')[0]}, which is not installed.*carmina\[sheet\]"
    ) as refused:
        entry().render(song())
    assert "\n" not in str(refused.value)


def test_fonts_are_cut_to_the_letters_that_the_page_shows():
    latin, han = faces("abc明")[0], next(face for face in faces("abc明") if face.family == "Carmina Han")
    assert latin.characters == set("abc") and han.characters == {"明"}
    assert len(latin.data) < 20_000


def test_letters_that_no_font_has_are_named_in_one_line(monkeypatch):
    monkeypatch.setattr(typefaces, "_installed", lambda: iter(()))
    with pytest.raises(BadInput, match="'ඞ'.*CARMINA_FONT=FILE") as refused:
        faces("aඞ")
    assert "\n" not in str(refused.value)


def test_a_font_file_that_is_none_is_named_in_one_line(monkeypatch, tmp_path):
    (tmp_path / "none.ttf").write_bytes(b"no font at all")
    for name in ("none.ttf", "missing.ttf"):
        monkeypatch.setenv(typefaces.ENVIRONMENT, str(tmp_path / name))
        with pytest.raises(BadInput, match=f"{name} is no font that can be read") as refused:
            faces("ඞ")
        assert "\n" not in str(refused.value)


# ---- a page that follows the music ------------------------------------------------------------------------------


def sounding(score: Score, **settings) -> list[tuple[int, int]]:
    """(onset, end) of every printed note in each pass, in order."""
    root = etree.fromstring(Conductor().render(score, ".svg", settings), etree.XMLParser(huge_tree=True))
    said = [note.get("data-ticks") for note in root.iter("{*}g") if "note" in note.get("class", "").split()]
    return sorted(tuple(map(int, moment.split("-"))) for ticks in said for moment in ticks.split())


def untied(score: Score) -> list[tuple[int, int]]:
    return sorted((note.onset_ticks, note.end_ticks) for track in score.tracks for note in track.notes)


TIED = Score((Track((Note(60, 960, 1920, Syllable("long")),)),))
MANY = Score(
    (
        Track(sung("a b c d e f g h")),
        Track(tuple(Note(pitch, 960 * i, 960) for i in range(4) for pitch in (48, 52, 55)), "Piano", "piano"),
    )
)


@pytest.mark.parametrize(
    "score", [pickup(), sections("a b c d", "e f g h", "i j k l"), MANY], ids=["pickup", "strophic", "parts"]
)
@pytest.mark.parametrize("layout", ["pages", "strip"])
def test_every_note_says_when_it_sounds_in_each_pass(score, layout):
    assert sounding(score, layout=layout) == untied(score)


def test_a_tied_note_sounds_as_long_as_its_parts():
    assert sounding(TIED) == [(960, 1920), (1920, 2880)]


def test_a_strip_is_as_high_as_what_stands_on_it_and_has_no_paper():
    strip, paper = (Conductor().render(song(), ".svg", {"layout": layout}).decode() for layout in ("strip", "pages"))
    height = float(re.search(r'height="([\d.]+)mm"', strip)[1])
    assert 20 < height < 100 and 'fill="white"' not in strip and 'fill="white"' in paper


def test_a_strip_as_a_picture_is_as_wide_as_a_page_and_lower():
    width, height, _ = opened(Conductor().render(song(), ".png", {"layout": "strip"}))
    assert width == round(210 / 25.4 * 150) and height < 600


@pytest.mark.parametrize(
    ("title", "smaller"), [("Short", False), ("A very long title that goes on and on " * 4, True), ("长" * 60, True)]
)
def test_a_title_longer_than_the_page_is_set_smaller(title, smaller):
    drawn = pages(musicxml(replace(song(), title=title.strip())))[0]
    sizes = {
        float(span.get("font-size")[:-2])
        for text in drawn.iter("{*}text")
        for span in text.iter("{*}tspan")
        if title.strip() in "".join(text.itertext()) and span.get("font-size")
    }
    assert (max(sizes) < 500) == smaller


def test_the_dot_of_a_metronome_mark_stands_by_its_note():
    found = texts(replace(song(), metres=(Metre(6, 8),), tempi=(Tempo(120),)))
    assert any(text.startswith("\ueca5\uecb7") and text.endswith("=80") for text in found)
    spaced = "".join(etree.fromstring(SvgRenderer().render(replace(song(), metres=(Metre(6, 8),)))).itertext())
    assert "\ueca5\uecb7" in spaced
