"""Score -> MusicXML 4.0 (W3C), score-partwise, written directly: music21 would lose the melismas.

Divisions are ticks, 480 to the quarter. Lost: what a :class:`Syllable` knows beyond its text, place, punctuation and
end of line. Rhythm that no value or tuplet has is moved to the nearest, and notes beyond four at a time are cut short:
``losses`` says how many.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from lxml import etree

from carmina import Losses, Option, Renderer, Score, Track, Workshop

from ..common.bars import bars
from ..common.instruments import INSTRUMENT, written
from ..engraving.folding import Measure, measures
from ..engraving.parts import parts
from ..engraving.streams import streams
from .elements import CHORDS_FIELD, CLEFS_FIELD, FOUND, SOFTWARE, add
from .part import write_part

DOCTYPE = (
    '<!DOCTYPE score-partwise PUBLIC "-//Recordare//DTD MusicXML 4.0 Partwise//EN" '
    '"http://www.musicxml.org/dtds/partwise.dtd">'
)
_LYRICIST = ("word", "lyric", "text", "poem", "paroles", "worte", "词", "詞", "作词", "作詞")
_COMPOSER = ("music", "melody", "composer", "tune", "musik", "musique", "曲", "作曲")


class MusicXmlRenderer(Renderer):
    """Verses that share a tune are printed once between repeat signs (see ``folding``)."""

    name = "musicxml"
    summary = "MusicXML 4.0 for notation software: syllables, melismas, verses, chord symbols"
    suffixes: ClassVar[tuple[str, ...]] = (".musicxml", ".xml")

    options: ClassVar[tuple[Option, ...]] = (INSTRUMENT,)

    def remarked(self, data: bytes, remark: str) -> bytes:
        software = f"<software>{SOFTWARE}</software>".encode()
        return data.replace(
            software, software + b"<encoding-description>%b</encoding-description>" % remark.encode(), 1
        )

    def render(self, work: Score) -> bytes:
        return self.render_with(work, None, {})

    def render_with(self, work: Score, workshop: Workshop | None, settings: Mapping[str, Any]) -> bytes:
        score, sounds_above = written(work, settings)
        losses = Losses()
        root = document(score, sounds_above, losses)
        self.losses = losses.told()
        return etree.tostring(root, xml_declaration=True, encoding="UTF-8", doctype=DOCTYPE, pretty_print=True)


def document(score: Score, sounds_above: int = 0, losses: Losses | None = None) -> etree._Element:
    """The whole score as an element tree; ``sounds_above``: semitones from what is written to what sounds; ``losses``
    counts what cannot be written as it is."""
    root = etree.Element("score-partwise", version="4.0")
    if score.title:
        add(add(root, "work"), "work-title", score.title)
    _identification(root, score)
    if score.language:
        add(add(root, "defaults"), "lyric-language").set("{http://www.w3.org/XML/1998/namespace}lang", score.language)
    tracks = score.tracks or (Track(()),)
    listed, grouped = add(root, "part-list"), parts(tracks)
    for index, staves in enumerate(grouped, start=1):
        _score_part(listed, f"P{index}", index, staves[0])
    printed, grid = measures(score) or _one_bar(score), bars(score)
    for index, staves in enumerate(grouped, start=1):
        lines = [streams(track, grid, losses) for track in staves]
        edges = index == 1, index == len(grouped)
        write_part(root, f"P{index}", score, staves, lines, printed, edges, sounds_above)
    return root


def _one_bar(score: Score) -> Sequence[Measure]:
    """What an empty score prints."""
    metre = score.metres[0]
    return (Measure(0, metre.bar_ticks, metre, 0, implicit=False),)


def _identification(root: etree._Element, score: Score) -> None:
    identification = add(root, "identification")
    for credit in score.credits:
        add(identification, "creator", credit, type=_creator(credit))
    encoding = add(identification, "encoding")
    add(encoding, "software", SOFTWARE)
    for element in ("accidental", "beam"):
        add(encoding, "supports", element=element, type="yes")
    own = [f"P{n}" for n, staves in enumerate(parts(score.tracks), 1) if any(track.clefs for track in staves)]
    fields = {CHORDS_FIELD: FOUND} if score.chords and score.chords_found else {}
    fields |= {CLEFS_FIELD: " ".join(own)} if own else {}
    if fields:
        miscellaneous = add(identification, "miscellaneous")
        for name, said in fields.items():
            add(miscellaneous, "miscellaneous-field", said, name=name)


def _creator(credit: str) -> str:
    plain = credit.lower()
    return "composer" if plain.startswith(_COMPOSER) and not plain.startswith(_LYRICIST) else "lyricist"


def _score_part(parts: etree._Element, name: str, index: int, track: Track) -> None:
    part = add(parts, "score-part", id=name)
    add(part, "part-name", track.name)
    drums = sorted({note.pitch for note in track.notes}) if track.role == "drums" else ()
    instruments = [f"{name}-I{pitch}" for pitch in drums] or [f"{name}-I1"]
    for instrument in instruments:
        add(add(part, "score-instrument", id=instrument), "instrument-name", track.role)
    for place, instrument in enumerate(instruments):
        midi = add(part, "midi-instrument", id=instrument)
        channel = 10 if track.role == "drums" else (index - 1) % 15 + 1
        add(midi, "midi-channel", channel + (channel >= 10 and track.role != "drums"))
        add(midi, "midi-program", track.program + 1)
        if drums:
            add(midi, "midi-unpitched", drums[place] + 1)
