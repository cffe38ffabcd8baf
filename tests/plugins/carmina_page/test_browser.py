"""The page in a browser: what is lit at a second is what sounds then. Where no chromium is installed, the page's own
times answer."""

from __future__ import annotations

import re
import shutil
import subprocess
from html import unescape

import pytest
from carmina_page.page import PageRenderer

from carmina import BadInput, Note, Score, SectionMark, Syllable, Tempo, Track
from carmina.conductor import Conductor

BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
WORDS = ("sing", "it", "out", "now", "play", "it", "back", "then")
TAG = re.compile(r"<(?:g|span)\b[^>]*data-ticks=[^>]*>(?:([^<]*)<)?")


class Soundless(Conductor):
    """A computer without a synthesizer, so that the page plays the notes itself."""

    def render(self, work, name, settings=None):
        if name == ".ogg":
            raise BadInput("no sound")
        return super().render(work, name, settings)


def song() -> Score:
    """Two verses of four quarters on one tune, a second each."""
    notes = tuple(Note(60 + i % 4, 480 * i, 480, Syllable(word, ends_line=i % 4 == 3)) for i, word in enumerate(WORDS))
    marks = tuple(SectionMark(1920 * i, 1920, "verse", f"Verse {i + 1}", "A", i + 1) for i in range(2))
    return Score((Track(notes),), tempi=(Tempo(60),), sections=marks, title="Back", language="en")


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    path = tmp_path_factory.mktemp("page") / "song.html"
    path.write_bytes(PageRenderer().render_with(song(), Soundless(), {}))
    return path


def lit(page, second: float) -> tuple[list[str], list[str]]:
    """The times of the lit notes and the lit words."""
    if BROWSER is None:
        shown = page.read_text("utf-8")

        def on(tag):
            return any(int(a) <= 480 * second < int(b) for a, b in re.findall(r"(\d+)-(\d+)", tag))
    else:
        done = subprocess.run(
            [
                BROWSER,
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--virtual-time-budget=3000",
                "--dump-dom",
                f"{page.as_uri()}#t={second}",
            ],
            capture_output=True,
            timeout=240,
            check=True,
        )
        shown = done.stdout.decode("utf-8")

        def on(tag):
            return re.search(r'class="(?:note )?on"', tag)

    tags = [match for match in TAG.finditer(shown) if on(match[0])]
    return (
        [re.search(r'data-ticks="([^"]*)"', m[0])[1] for m in tags if m[0].startswith("<g")],
        [unescape(m[1]) for m in tags if m[0].startswith("<span")],
    )


@pytest.mark.parametrize(
    ("second", "note", "word"), [(1.5, "480-960 2400-2880", "it"), (6.5, "960-1440 2880-3360", "back")]
)
def test_the_note_and_the_word_that_sound_are_lit_in_either_verse(page, second, note, word):
    assert lit(page, second) == ([note], [word])
