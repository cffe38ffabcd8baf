"""A hymn's four voices on two staves, as hymn books print them: soprano and alto above, tenor and bass below."""

from __future__ import annotations

import copy

from lxml import etree

LOWER = (("alto", "tenor", "bass"), ("女低音", "男高音", "男低音"))
_AFTER_STEM = ("notehead", "notehead-text", "staff", "beam", "notations", "lyric", "play", "listen")


def close(root: etree._Element) -> bool:
    """Joins the parts of a MusicXML tree whose lower three are called alto, tenor and bass; tells whether it did."""
    names = [(name.text or "").strip().lower() for name in root.iterfind("part-list/score-part/part-name")]
    parts = root.findall("part")
    if tuple(names[1:]) not in LOWER or len(parts) != 4 or any(part.find(".//backup") is not None for part in parts):
        return False
    for upper, lower in ((0, 1), (2, 3)):
        for above, below in zip(parts[upper].iterfind("measure"), parts[lower].iterfind("measure"), strict=True):
            _join(above, below)
        root.remove(parts[lower])
    entries = root.findall("part-list/score-part")
    short = ("女高 女低", "男高 男低") if names[1] in LOWER[1] else ("S A", "T B")
    for clef in parts[2].iterfind("measure/attributes/clef"):
        _bass_clef(clef)
    for entry, name in ((entries[0], short[0]), (entries[2], short[1])):
        entry.find("part-name").text = name
    for entry in (entries[1], entries[3]):
        root.find("part-list").remove(entry)
    return True


def _bass_clef(clef: etree._Element) -> None:
    """Tenor and bass share a staff in the bass clef."""
    for child in list(clef):
        clef.remove(child)
    for tag, text in (("sign", "F"), ("line", "4")):
        etree.SubElement(clef, tag).text = text


def _join(above: etree._Element, below: etree._Element) -> None:
    """The lower voice's notes after the upper's, stems away from one another; a rest that both keep is printed once."""
    length = 0
    spans: set[tuple[int, int]] = set()
    for note in above.iterfind("note"):
        _stem(note, "up")
        lasting = int(note.findtext("duration", "0")) if note.find("chord") is None else 0
        if note.find("rest") is not None:
            spans.add((length, lasting))
        length += lasting
    barline = above.find("barline[@location='right']")
    backup = etree.Element("backup")
    etree.SubElement(backup, "duration").text = str(length)
    moved, at = [backup], 0
    for element in below:
        if element.tag == "note":
            note = copy.deepcopy(element)
            note.find("voice").text = "2"
            lasting = int(note.findtext("duration", "0")) if note.find("chord") is None else 0
            if note.find("rest") is not None and (at, lasting) in spans:
                note.set("print-object", "no")
            _stem(note, "down")
            moved.append(note)
            at += lasting
        elif element.tag in ("harmony", "direction"):
            moved.append(copy.deepcopy(element))
    for element in moved:
        if barline is None:
            above.append(element)
        else:
            barline.addprevious(element)


def _stem(note: etree._Element, way: str) -> None:
    if note.find("rest") is not None or note.find("type") is None:
        return
    stem = etree.Element("stem")
    stem.text = way
    later = next((child for child in note if child.tag in _AFTER_STEM), None)
    if later is None:
        note.append(stem)
    else:
        later.addprevious(stem)
