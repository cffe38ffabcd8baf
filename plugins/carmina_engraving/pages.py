"""Score -> pages as verovio draws them: A4, upright, staves 7 mm high."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from lxml import etree

from carmina import BadInput, Bounds, Option
from carmina.text import is_wide

from .closed import close
from .moments import ATTRIBUTE, moments
from .needs import needed
from .systems import breaks, broken, endings, widths
from .typefaces import NOTES_FAMILY, TEXT_FAMILIES

PAD, AUGMENTED = "\u00a0", "\uecb7"  # a space that stays; the dot of a metronome mark
MEI = "{http://www.music-encoding.org/ns/mei}"
SVG = "{http://www.w3.org/2000/svg}"
WIDTH_MM, HEIGHT_MM = 210, 297
EM_A_LETTER = 0.5  # width of a letter of a title, of its height
HEAD = 1300  # width of a clef and a key signature, in verovio's units of 10 a page's unit
SEED = 1  # of verovio's ids: the same score gives the same bytes
BOUNDS = Bounds(notes=20_000, bars=10_000)  # about ten seconds of engraving
LAYOUT = Option("layout", "SVG or PNG as A4 pages below one another, or as one strip.", choices=("pages", "strip"))
MARGINS = {"pageMarginTop": 150, "pageMarginBottom": 150, "pageMarginLeft": 160, "pageMarginRight": 160}
STRIP_MARGIN = 40
HIGH_LYRICS = 5.0  # room above Chinese characters, which are as high as they are wide: low notes would touch them
HIGHEST = 60_000  # of a page, as verovio allows
OPTIONS = {
    "scale": 100,
    "svgViewBox": True,
    "svgFormatRaw": True,
    "xmlIdSeed": SEED,
    "header": "auto",
    "footer": "none",
    "smuflTextFont": "none",
    "breaks": "line",
    "breaksNoWidow": True,
    "justifyVertically": True,
    "justificationStaff": 0.2,
    "justificationBraceGroup": 0.0,
    "lyricTopMinMargin": 3.0,
    "lyricWordSpace": 1.6,
    "lyricHeightFactor": 1.2,
    "spacingSystem": 9,
    "spacingStaff": 9,
    "spacingBraceGroup": 9,
    "spacingNonLinear": 0.56,
    "extenderLineMinSpace": 1.5,
    "bottomMarginHeader": 6.0,
    "minLastJustification": 0.6,
    "mnumInterval": 0,
    "defaultTopMargin": 1.2,
}
STRIP = {"header": "none", "adjustPageHeight": True, "justifyVertically": False}
SIZES = (1.0, 1.0, 0.92, 0.86, 0.78, 0.72, 0.66)  # of the staves, by how many there are; more are as small as the last


def pages(musicxml: bytes, strip: bool = False) -> list[etree._Element]:
    """One SVG for each page; ids differ between pages, text names the families of :mod:`typefaces`.

    A ``strip`` is one page, as high as what stands on it (several where verovio allows no higher one). Each note
    carries when it sounds (see :mod:`moments`).
    """
    verovio = needed("verovio")
    verovio.enableLog(verovio.LOG_OFF)
    toolkit = verovio.toolkit()
    root = etree.fromstring(musicxml, etree.XMLParser(huge_tree=True, resolve_entities=False))
    sounding = moments(root)
    close(root)
    faults = endings(root)
    options: dict[str, Any] = _options(root, strip)
    toolkit.setOptions(options | {"breaks": "none", "adjustPageWidth": True})
    if not (toolkit.loadData(prepared(root)) and toolkit.loadData(_raised(toolkit.getMEI()))):
        raise BadInput("verovio cannot read this score. Write it as .musicxml and look at it in notation software.")
    mei = _broken(toolkit, faults, 10 * (options["pageWidth"] - options["pageMarginLeft"] - options["pageMarginRight"]))
    toolkit.setOptions(options | {"adjustPageWidth": False, "xmlIdSeed": SEED + 1})  # ids that the MEI has not
    toolkit.loadData(mei)
    return [_drawn(toolkit.renderToSVG(page), page, sounding) for page in range(1, toolkit.getPageCount() + 1)]


def _options(root: etree._Element, strip: bool) -> dict[str, Any]:
    """The more staves, the smaller they are: the page is made as much larger."""
    staves = sum(int(part.findtext("measure/attributes/staves") or 1) for part in root.iterfind("part"))
    size = SIZES[min(staves, len(SIZES) - 1)]
    margins = {name: round((STRIP_MARGIN if strip else margin) / size) for name, margin in MARGINS.items()}
    sheet = {"pageWidth": round(WIDTH_MM * 10 / size), "pageHeight": HIGHEST if strip else round(HEIGHT_MM * 10 / size)}
    high = any(is_wide(c) for text in root.iterfind("part/measure/note/lyric/text") for c in text.text or "")
    lyrics = {"lyricTopMinMargin": HIGH_LYRICS} if high else {}
    return OPTIONS | lyrics | margins | sheet | (STRIP if strip else {})


def _broken(toolkit: Any, faults: Sequence[float], room: int) -> str:
    """The MEI with its systems' ends in it."""
    natural = widths(toolkit.renderToSVG(1))
    mei = toolkit.getMEI()
    if len(natural) != len(faults):
        return mei
    return broken(mei, breaks(natural, faults, room, HEAD))


def height_mm(page: etree._Element) -> float:
    """How high a page is."""
    _, _, width, height = map(float, page.get("viewBox").split())
    return round(height / width * WIDTH_MM, 2)


def prepared(root: etree._Element) -> str:
    """The MusicXML as verovio reads it best.

    It forgets the beat of a rehearsal mark but not that of boxed words; prints degrees that are not to be printed;
    names a part that is alone; and takes every Chinese character for half as wide as it is.
    """
    for heading in root.iter("rehearsal"):
        heading.tag = "words"
        heading.attrib.update({"enclosure": "rectangle", "font-style": "normal"})
        heading.text = _padded(heading.text or "")
    for text in root.iter("text"):
        text.text = _padded(text.text or "")
    for harmony in [h for h in root.iter("harmony") if h.find("function") is not None]:
        _as_words(harmony)
    for degree in list(root.iter("degree")):
        degree.getparent().remove(degree)
    names = root.findall("part-list/score-part/part-name")
    if len(names) == 1:
        names[0].set("print-object", "no")
        names[0].text = ""
    return etree.tostring(root, encoding="unicode")


def _as_words(harmony: etree._Element) -> None:
    """A numeral as words below the staff: verovio knows no functions of harmony."""
    direction = etree.Element("direction", placement="below")
    kind = etree.SubElement(direction, "direction-type")
    etree.SubElement(kind, "words", {"font-style": "italic"}).text = harmony.findtext("function")
    for name in ("offset", "staff"):
        direction.extend(harmony.findall(name))
    harmony.getparent().replace(harmony, direction)


def _padded(text: str) -> str:
    """The text with room after it for what verovio does not measure."""
    return text + PAD * 2 * sum(is_wide(c) for c in text)


def _raised(mei: str) -> str:
    """Boxed words made marks again: they stand above tempo and chords."""
    root = etree.fromstring(mei.encode(), etree.XMLParser(huge_tree=True))
    for words in list(root.iter(MEI + "dir")):
        if any(rend.get("rend") == "box" for rend in words.iter(MEI + "rend")):
            words.tag = MEI + "reh"
    return etree.tostring(root, encoding="unicode")


def _drawn(svg: str, page: int, sounding: Mapping[str, Sequence[tuple[int, int]]]) -> etree._Element:
    """The page with our fonts, notes that know when they sound, and ids that no other page has."""
    svg = re.sub(r'font-family="(Times|Liberation)[^"]*"', f'font-family="{TEXT_FAMILIES}"', svg)
    svg = svg.replace('font-family="Leipzig"', f'font-family="{NOTES_FAMILY}"')
    svg = re.sub(r'(\bid="|href="#|text/css">#|, #|\}#)([\w-]+)', rf"\1\2-{page}", svg)
    root = etree.fromstring(svg.encode(), etree.XMLParser(huge_tree=True))
    for note in root.iter(SVG + "g"):
        ticks = sounding.get(note.get("id", "").rpartition("-")[0])
        if ticks:
            note.set(ATTRIBUTE, " ".join(f"{onset}-{end}" for onset, end in ticks))
    for span in root.iter(SVG + "tspan"):
        span.text = span.text and span.text.rstrip(PAD).replace(f" {AUGMENTED}", AUGMENTED)  # verovio parts them widely
    for text in list(root.iter(SVG + "text")):
        _place(text)
    for text in root.iterfind(f".//{SVG}g[@class='pgHead autogenerated']/{SVG}text[@text-anchor='middle']"):
        _fit(text)
    return root


def _fit(text: etree._Element) -> None:
    """A title that is longer than the page is wide is set smaller."""
    said = "".join(text.itertext()).strip()
    ems = sum(1.0 if is_wide(c) else EM_A_LETTER for c in said)
    for span in text.iter(SVG + "tspan"):
        size = float(span.get("font-size", "0").removesuffix("px"))
        room = 2 * float(text.get("x"))
        if size * ems > room:
            span.set("font-size", f"{room / ems:.0f}px")


def _place(text: etree._Element) -> None:
    """Verovio places the lines of a page's head by their spans, which some software passes over: each becomes a
    text."""
    spans = [span for span in text if span.tag == SVG + "tspan" and span.get("x") and span.get("text-anchor")]
    if text.get("x") or not spans:
        return
    for span in spans:
        line = etree.SubElement(text.getparent(), SVG + "text", {"font-size": "0px"})
        for name in ("x", "y", "text-anchor"):
            line.set(name, span.attrib.pop(name))
        line.append(span)
    text.getparent().remove(text)


def said(drawn: Iterable[etree._Element]) -> str:
    """Every character that stands as text on the pages, once, sorted."""
    texts = (text for page in drawn for span in page.iter(SVG + "tspan") for text in (span.text, span.tail) if text)
    return "".join(sorted(set("".join(texts)) - set("\n\t\r ")))
