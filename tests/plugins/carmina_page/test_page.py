"""The page needs nothing beside itself, tells the truth about time, and lets no words act as code."""

from __future__ import annotations

import base64
import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from importlib.metadata import entry_points
from types import SimpleNamespace

import pytest
from carmina_page.facts import lines
from carmina_page.page import DATA, PROGRAMS, PageRenderer, filled

from carmina import BadInput, Note, Renderer, Score, SectionMark, Syllable, Tempo, Track, hookimpl
from carmina.conductor import Conductor
from carmina.registry import Registry
from carmina.testing import check, song

NASTY = "</script><script>alert(1)</script>\"'&<b>{{FACTS}}"


def verses() -> Score:
    """Two verses on one tune, printed once, with a melisma and a piano."""
    tune = [(62, 0, 480, "one"), (64, 480, 480, None), (65, 960, 960, "two")]
    notes = [
        Note(pitch, at + shift, length, text and Syllable(text, ends_line=text == "two"), continues=text is None)
        for shift in (0, 1920)
        for pitch, at, length, text in tune
    ]
    piano = tuple(Note(50, 960 * i, 960) for i in range(4))
    marks = tuple(SectionMark(1920 * i, 1920, "verse", f"Verse {i + 1}", "A", i + 1) for i in range(2))
    return Score(
        (Track(tuple(notes)), Track(piano, "Piano", "piano", 0)),
        tempi=(Tempo(60), Tempo(120, 3840)),
        sections=marks,
        title="Verses",
        language="en",
    )


class Read(HTMLParser):
    """Tags with their attributes, and what stands in each script."""

    def __init__(self, page: bytes):
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.scripts: list[str] = []
        self.feed(page.decode("utf-8"))

    def handle_starttag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))
        if tag == "script":
            self.scripts.append("")

    def handle_data(self, text):
        if self.tags and self.tags[-1][0] == "script":
            self.scripts[-1] += text

    def having(self, name: str) -> list[str]:
        return [attributes[name] or "" for _, attributes in self.tags if name in attributes]


@pytest.fixture(scope="module")
def page() -> bytes:
    return Conductor().render(verses(), ".html")


@pytest.fixture(scope="module")
def read(page) -> Read:
    return Read(page)


class Without(Conductor):
    """A workshop on a computer that lacks what some suffixes need."""

    def __init__(self, *suffixes: str):
        super().__init__()
        self.lacking = suffixes

    def render(self, work, name, settings=None):
        if name.endswith(self.lacking):
            raise BadInput(f"{name} needs what is not installed")
        return super().render(work, name, settings)


def test_the_page_keeps_the_promises_of_renderers(monkeypatch):
    monkeypatch.setattr("carmina_page.page.Conductor", lambda: Without(".ogg", ".svg"))
    check(PageRenderer)


def test_nothing_is_fetched_and_the_page_forbids_it_to_itself(read, page):
    policy = next(a["content"] for tag, a in read.tags if a.get("http-equiv") == "Content-Security-Policy")
    assert policy.startswith("default-src 'none'") and "http" not in policy
    for value in [*read.having("src"), *read.having("href"), *read.having("xlink:href")]:
        assert value.startswith(("data:", "#")), value
    assert not re.search(rb"url\((?!data:)|@import|fetch\(|XMLHttpRequest|import\(", page)


def test_every_id_is_there_once_and_every_one_that_the_programs_ask_for_is_there(read):
    ids = read.having("id")
    assert len(ids) == len(set(ids))
    asked = re.findall(r'(?:getElementById|find)\("([\w-]+)"\)', read.scripts[-1])
    assert len(asked) > 10 and set(asked) - {"recording"} <= set(ids)


def test_the_printed_notes_sound_when_the_score_says(read):
    notes = [a for _, a in read.tags if a.get("class") == "note"]
    sounding = sorted(tuple(map(int, moment.split("-"))) for a in notes for moment in a["data-ticks"].split())
    assert len(notes) == 3 + 2  # verses on one tune are printed once
    assert sounding == sorted((n.onset_ticks, n.end_ticks) for track in verses().tracks for n in track.notes)


def test_the_facts_are_those_of_the_score(read):
    told, score = json.loads(read.scripts[0]), verses()
    assert told["tempi"] == [[0, 60], [3840, 120]] and told["end"] == score.end_ticks
    assert [track["name"] for track in told["tracks"]] == ["Voice", "Piano"]
    for track, said in zip(score.tracks, told["tracks"], strict=True):
        assert [note[:4] for note in said["notes"]] == [
            [n.pitch, n.onset_ticks, n.length_ticks, n.velocity] for n in track.notes
        ]
    assert [note[4:] for note in told["tracks"][0]["notes"]] == [["one"], ["_"], ["two"]] * 2


def test_the_words_stand_line_by_line_and_say_when_they_are_sung(read):
    spans = [a["data-ticks"] for tag, a in read.tags if tag == "span" and "data-ticks" in a]
    assert spans == ["0-960", "960-1920", "1920-2880", "2880-3840"]
    assert lines(verses().voice) == [
        [(0, 960, "one "), (960, 1920, "two ")],
        [(1920, 2880, "one "), (2880, 3840, "two ")],
    ]


def test_chinese_words_stand_without_spaces_and_parts_of_words_close_together():
    def sung(*syllables):
        return Track(tuple(Note(60, 480 * i, 480, s) for i, s in enumerate(syllables)))

    assert [t for _, _, t in lines(sung(Syllable("月", tone=4, after="，"), Syllable("光", tone=1)))[0]] == [
        "月，",
        "光",
    ]
    assert [t for _, _, t in lines(sung(Syllable("mu", "begin"), Syllable("sic", "end", after="!")))[0]] == [
        "mu",
        "sic! ",
    ]
    assert lines(None) == lines(Track(())) == []


def test_each_section_has_a_button_that_goes_there(read):
    assert [a["data-tick"] for tag, a in read.tags if tag == "button" and "data-tick" in a] == ["0", "1920"]


def test_what_is_downloaded_is_what_the_renderers_make(read):
    links = {a["download"]: a["href"] for tag, a in read.tags if tag == "a" and "download" in a}
    assert set(links) == {"verses.mid", "verses.musicxml"}
    for name, link in links.items():
        assert base64.b64decode(link.partition(",")[2]) == Conductor().render(verses(), name)


def test_words_and_titles_never_act_as_code():
    notes = (Note(60, 0, 480, Syllable(NASTY)),)
    score = Score(
        (Track(notes, name=NASTY),), sections=(SectionMark(0, 480, label=NASTY),), title=NASTY, credits=(NASTY,)
    )
    made = Read(PageRenderer().render_with(score, Without(".ogg", ".svg"), {}))
    assert len(made.scripts) == 2 and json.loads(made.scripts[0])["title"] == NASTY
    assert "alert" not in made.scripts[1] and not any(tag == "b" for tag, _ in made.tags)
    assert next(a["download"] for _, a in made.tags if "download" in a) == "script-script-alert-1-script-b-facts.mid"


def test_without_the_libraries_the_page_plays_the_notes_itself_and_says_why_there_is_no_score():
    made = PageRenderer().render_with(song(), Without(".ogg", ".svg"), {})
    assert b"<audio" not in made and b".svg needs what is not installed" in made


def test_a_song_without_words_sections_or_title_is_a_page():
    made = PageRenderer().render_with(Score((Track(()),)), Without(".ogg"), {})
    assert b"<title>Song</title>" in made and b"<h3>" not in made


@pytest.mark.parametrize(("language", "said"), [("zh", "歌词"), ("en", "Words"), ("la", "Words"), ("", "Words")])
def test_the_page_speaks_the_language_of_the_song_where_it_can(language, said):
    made = PageRenderer().render_with(replace(song(), language=language), Without(".ogg", ".svg"), {}).decode()
    assert f">{said}</h2>" in made and f'<html lang="{language or "en"}">' in made


def test_every_place_of_the_template_is_filled_and_what_fills_it_is_not_read_again(page):
    assert filled("a{{X}}b{{Y}}", {"X": "{{Y}}", "Y": "2"}) == "a{{Y}}b2"
    assert not re.search(rb"\{\{[A-Z_]+\}\}", page)
    assert all((DATA / f"{name}.js").is_file() for name in PROGRAMS)


class Chart(Renderer):
    name, summary, suffixes, on_page = "chart", "how many notes", (".chart",), "text"

    def render(self, work):
        return f"<b>{len(work.voice.notes)} notes</b>".encode()


class Dots(Chart):
    name, summary, suffixes, on_page = "dots", "a picture", (".dots",), "picture"

    def render(self, work):
        return b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


class Raw(Chart):
    name, suffixes, on_page = "raw", (".raw",), "download"


class Sorry(Chart):
    name, suffixes = "sorry", (".sorry",)

    def render(self, work):
        raise BadInput("no chart of this <song>. Write another.")


def test_a_strangers_renderer_that_asks_for_it_is_shown_on_the_page(page):
    def shown_with(*renderers):
        plugin = SimpleNamespace(carmina_renderers=hookimpl(lambda: list(renderers)))
        point = SimpleNamespace(name="stranger", dist=None, load=lambda: plugin)
        conductor = Conductor(Registry([*entry_points(group="carmina"), point], strict=True))
        return conductor.render(verses(), ".html").decode()

    told = shown_with(Chart, Dots, Raw, Sorry)
    count = len(verses().voice.notes)
    assert f"<h2>chart</h2><pre>&lt;b&gt;{count} notes&lt;/b&gt;</pre>" in told
    assert '<h2>dots</h2><img alt="a picture" src="data:image/svg+xml;base64,' in told and "alert(1)" not in told
    assert ".raw" in told and ">raw</a>" in told
    assert "no chart of this &lt;song&gt;" in told
    assert shown_with() == page.decode()
