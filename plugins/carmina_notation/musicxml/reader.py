"""MusicXML, plain or compressed, anyone's -> Score, repeats and verses played out."""

from __future__ import annotations

from lxml import etree

from carmina import BadInput, Losses, Reader, Score

from ..common.bounds import MOST_NOTES
from ..common.words import encodable
from ..unrolling.assembly import Assembly, Heading, Part
from .archive import parse, unpacked
from .elements import CHORDS_FIELD, CLEFS_FIELD, FOUND, SOFTWARE
from .parsing import PartParser


class MusicXmlReader(Reader):
    """Words of a grace note are sung on its note. Lost: layout, and what ``Score.losses`` names."""

    name = "musicxml"
    summary = "MusicXML, plain or compressed: notes, words of every verse, chord symbols"
    suffixes = (".musicxml", ".xml", ".mxl")
    gives = "Score"

    def read(self, data: bytes) -> Score:
        if data[:2] == b"PK":
            data = unpacked(data)
        root = _partwise(_plain_names(parse(data, "the MusicXML file")))
        losses = Losses()
        parts = _parts(root, losses)
        if not any(bar.notes for part in parts for bar in part.bars):
            raise BadInput("the MusicXML file has no notes. Choose another file.")
        return Assembly(parts, _heading(root, losses)).score()


def _plain_names(root: etree._Element) -> etree._Element:
    """Tags without a namespace, and no more notes and rests than are read."""
    if str(root.tag).startswith("{"):
        for element in root.iter(etree.Element):
            element.tag = etree.QName(element).localname
    if sum(1 for _ in root.iter("note")) > MOST_NOTES:
        raise BadInput(f"the MusicXML file has more than {MOST_NOTES:,} notes and rests. Leave some parts out.")
    return root


def _partwise(root: etree._Element) -> etree._Element:
    if root.tag == "score-timewise":
        gathered: dict[str, etree._Element] = {}
        for measure in root.iterfind("measure"):
            for part in measure.iterfind("part"):
                bar = etree.SubElement(
                    gathered.setdefault(part.get("id", ""), etree.Element("part")), "measure", measure.attrib
                )
                bar.extend(list(part))
        for name, part in gathered.items():
            part.set("id", name)
            root.append(part)
    elif root.tag != "score-partwise":
        raise BadInput(
            f"this XML is not a score: it begins with <{str(root.tag)[:40]}>, not <score-partwise>. "
            "Export it as MusicXML."
        )
    return root


def _parts(root: etree._Element, losses: Losses) -> list[Part]:
    listed = {element.get("id"): element for element in root.iterfind("part-list/score-part")}
    found, left, chosen = [], MOST_NOTES, set(listed) - _with_own_clefs(root)
    for element in root.iterfind("part"):
        head = listed.get(element.get("id"))
        part, drums = _head(head if head is not None else etree.Element("score-part"))
        parser = PartParser(drums, losses, left)
        part.bars = [parser.bar(measure) for measure in element.iterfind("measure")]
        if element.get("id") in chosen:
            for bar in part.bars:
                bar.clefs = []
        part.drums = part.drums or any(
            measure.find("note/unpitched") is not None for measure in element.iterfind("measure")
        )
        parser.finish()
        left = parser.left
        found.append(part)
    return found


def _with_own_clefs(root: etree._Element) -> set[str | None]:
    """Parts whose clefs a person chose: all of a stranger's file."""
    listed = {element.get("id") for element in root.iterfind("part-list/score-part")}
    if not any((said.text or "") == SOFTWARE for said in root.iterfind("identification/encoding/software")):
        return listed
    fields = root.iterfind("identification/miscellaneous/miscellaneous-field")
    return {name for field in fields if field.get("name") == CLEFS_FIELD for name in (field.text or "").split()}


def _head(element: etree._Element) -> tuple[Part, dict[str, int]]:
    """What the part list says, and which drum each instrument id is."""
    program = (element.findtext("midi-instrument/midi-program") or "1").strip()
    drums = {
        midi.get("id", ""): int(midi.findtext("midi-unpitched")) - 1
        for midi in element.iterfind("midi-instrument")
        if (midi.findtext("midi-unpitched") or "").strip().isdecimal()
        and 1 <= int(midi.findtext("midi-unpitched")[:4]) <= 128
    }
    number = int(program) - 1 if program.isdecimal() and 1 <= int(program[:4]) <= 128 else 0
    name = encodable(element.findtext("part-name") or "").strip()
    role = encodable(element.findtext("score-instrument/instrument-name") or "")
    return Part(name, role, number, (element.findtext("midi-instrument/midi-channel") or "").strip() == "10"), drums


def _heading(root: etree._Element, losses: Losses) -> Heading:
    titles = (*_texts(root, "work/work-title"), *_texts(root, "movement-title"))
    element = root.find("defaults/lyric-language")
    language = "" if element is None else encodable(element.get("{http://www.w3.org/XML/1998/namespace}lang", ""))[:16]
    return Heading(
        "MusicXML",
        next(filter(None, titles), ""),
        language,
        tuple(filter(None, _texts(root, "identification/creator"))),
        any(
            field.get("name") == CHORDS_FIELD and field.text == FOUND
            for field in root.iterfind("identification/miscellaneous/miscellaneous-field")
        ),
        losses,
    )


def _texts(root: etree._Element, path: str) -> list[str]:
    return [encodable(element.text or "").strip() for element in root.iterfind(path)]
