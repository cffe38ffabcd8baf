"""Score -> PDF and PNG. typst sets the pages: it draws SVG with the fonts it is given and keeps words as text."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, ClassVar

from lxml import etree

from carmina import Finding, Option, Renderer, Score, Workshop
from carmina.conductor import Conductor

from .needs import found, needed
from .pages import BOUNDS, HEIGHT_MM, LAYOUT, WIDTH_MM, height_mm, pages, said
from .parts import INSTRUMENT, PARTS, notated, shown
from .remarks import in_pdf, in_png
from .typefaces import Face, faces, fonts_found

MOST_PIXELS = 40_000_000  # of a PNG; a longer score is drawn less finely
FINEST_PPI = 150.0


class PdfRenderer(Renderer):
    """A4, words as text, fonts embedded."""

    name = "pdf"
    summary = "sheet music as PDF (A4), fonts embedded, words as text"
    suffixes = (".pdf",)
    bounds = BOUNDS
    options: ClassVar[tuple[Option, ...]] = (PARTS, INSTRUMENT)

    @classmethod
    def findings(cls) -> list[Finding]:
        return [found("verovio", "verovio"), found("typst", "typst"), *fonts_found()]

    def remarked(self, data: bytes, remark: str) -> bytes:
        return in_pdf(data, remark)

    def render(self, work: Score) -> bytes:
        return self.render_with(work, Conductor(), {})

    def render_with(self, work: Score, workshop: Workshop, settings: Mapping[str, Any]) -> bytes:
        drawn = pages(workshop.render(shown(work, settings), ".musicxml", notated(settings)))
        return typeset(drawn, "pdf", HEIGHT_MM, work.title)


class PngRenderer(Renderer):
    """Every page below the one before, on white, 150 dots an inch."""

    name = "png"
    summary = "sheet music as a picture (PNG), pages below one another"
    suffixes = (".png",)
    bounds = BOUNDS
    options: ClassVar[tuple[Option, ...]] = (LAYOUT, PARTS, INSTRUMENT)

    def remarked(self, data: bytes, remark: str) -> bytes:
        return in_png(data, remark)

    def render(self, work: Score) -> bytes:
        return self.render_with(work, Conductor(), {})

    def render_with(self, work: Score, workshop: Workshop, settings: Mapping[str, Any]) -> bytes:
        drawn = pages(
            workshop.render(shown(work, settings), ".musicxml", notated(settings)), settings.get("layout") == "strip"
        )
        return typeset(drawn, "png", sum(map(height_mm, drawn)), work.title)


def typeset(drawn: Sequence[etree._Element], kind: str, paper_mm: float, title: str = "") -> bytes:
    """The pages on paper of this height."""
    typst = needed("typst")
    with tempfile.TemporaryDirectory(prefix="carmina-") as folder:
        root = Path(folder)
        _spread(root, drawn, faces(said(drawn)))
        source = _source([height_mm(page) for page in drawn], paper_mm)
        return typst.compile(
            source.encode(),
            root=str(root),
            font_paths=[str(root / "fonts")],
            format=kind,
            ppi=_fineness(paper_mm),
            ignore_system_fonts=True,
            sys_inputs={"title": title},
            timestamp=0,
        )


def _fineness(paper_mm: float) -> float:
    square_inches = WIDTH_MM * paper_mm / 25.4**2
    return min(FINEST_PPI, (MOST_PIXELS / square_inches) ** 0.5)


def _spread(root: Path, drawn: Sequence[etree._Element], fonts: Sequence[Face]) -> None:
    (root / "fonts").mkdir()
    for index, face in enumerate(fonts):
        (root / "fonts" / f"{index}.{'otf' if face.data[:4] == b'OTTO' else 'ttf'}").write_bytes(face.data)
    for index, page in enumerate(drawn):
        (root / f"{index}.svg").write_bytes(etree.tostring(page))


def _source(heights: Sequence[float], paper_mm: float) -> str:
    """What typst reads: nothing but the pages."""
    images = "\n".join(
        f'#image("{index}.svg", width: {WIDTH_MM}mm, height: {height:g}mm)' for index, height in enumerate(heights)
    )
    return (
        f"#set document(title: sys.inputs.title, date: none)\n#set par(spacing: 0pt)\n#set block(spacing: 0pt)\n"
        f"#set page(width: {WIDTH_MM}mm, height: {paper_mm:g}mm, margin: 0mm, fill: white)\n{images}\n"
    )
