"""Bounds are written once, in the code; what the documentation says of them is what the code allows."""

from pathlib import Path

import pytest
from carmina_lyrics import decoding, words
from carmina_verse.english import request as english

from carmina import files, lyrics

DOCS = Path(__file__).parents[2] / "docs"
SAID = [
    ("lyrics.md", "a file of {:,} bytes", files.MAX_BYTES),
    ("lyrics.md", "a song of {:,} lines", lyrics.MAX_LINES),
    ("lyrics.md", "and {:,} syllables, repeats counted", lyrics.MAX_SYLLABLES),
    ("lyrics.md", "a line of {:,} characters", decoding.MAX_LINE),
    ("lyrics.md", "and {:,} words (a", words.MAX_WORDS),
    ("lyrics.md", "a word of {:,} letters", lyrics.MAX_LETTERS),
    ("lyrics.md", "{:,} more notes on a syllable", lyrics.MAX_EXTRA_NOTES),
    ("lyrics.md", "may have {:,} lines", decoding.MAX_LINES),
    ("lyrics.md", "lines and {:,} bytes.)", decoding.MAX_BYTES),
    ("architecture.md", "{:,} bytes, 400 lines", files.MAX_BYTES),
    ("architecture.md", "bytes, {:,} lines", lyrics.MAX_LINES),
    ("architecture.md", "and {:,} syllables of lyrics", lyrics.MAX_SYLLABLES),
    ("architecture.md", "{:,} letters a word", lyrics.MAX_LETTERS),
    ("commands.md", "At most {:,} lines", lyrics.MAX_LINES),
    ("commands.md", "lines and {:,} syllables.", lyrics.MAX_SYLLABLES),
    ("verse.md", "up to {:,} words", english.MOST_KEYWORDS),
]


@pytest.mark.parametrize(("page", "phrase", "bound"), SAID, ids=[f"{page}: {phrase}" for page, phrase, _ in SAID])
def test_the_documentation_states_the_bounds_of_the_code(page, phrase, bound):
    text = " ".join((DOCS / page).read_text("utf-8").split())
    assert phrase.format(bound) in text


def test_what_both_readers_bound_is_bounded_alike():
    assert words.MAX_EXTRA_NOTES == lyrics.MAX_EXTRA_NOTES and words.MAX_LETTERS >= lyrics.MAX_LETTERS
    assert decoding.MAX_LINES >= lyrics.MAX_LINES
