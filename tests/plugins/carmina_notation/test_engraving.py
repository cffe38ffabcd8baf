"""The MusicXML engraves: verovio, which shares no code with what wrote it, prints every word."""

from __future__ import annotations

import re

from carmina_notation.musicxml.renderer import MusicXmlRenderer
from hypothesis import given, settings
from lxml import etree
from notated_scores import scores, syllables

from carmina import Score


def engraved(score: Score) -> list[etree._Element]:
    """The pages as SVG."""
    import verovio

    toolkit = verovio.toolkit()
    toolkit.setOptions({"footer": "none", "header": "none"})
    assert toolkit.loadData(MusicXmlRenderer().render(score).decode())
    return [
        etree.fromstring(toolkit.renderToSVG(page).encode(), etree.XMLParser(huge_tree=True))
        for page in range(1, toolkit.getPageCount() + 1)
    ]


def having(pages: list[etree._Element], name: str) -> list[etree._Element]:
    return [group for page in pages for group in page.iter("{*}g") if name in group.get("class", "").split()]


@settings(max_examples=6, deadline=None)
@given(scores())
def test_every_syllable_is_engraved(score):
    pages = engraved(score)
    shown = ["".join(group.itertext()).split() for group in having(pages, "syl")]
    for syllable in syllables(score):
        assert (syllable.text + syllable.after).split() in shown


@settings(max_examples=6, deadline=None)
@given(scores(plan=("A", "AB")))
def test_every_note_is_engraved_and_no_bar_is_out_of_measure(score):
    written = len(re.findall(b"<pitch>", MusicXmlRenderer().render(score)))
    assert len(having(engraved(score), "note")) == written
