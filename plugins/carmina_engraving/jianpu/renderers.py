"""The formats of numbered notation: ``song.jianpu.svg``, ``.jianpu.pdf``, ``.jianpu.png``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from lxml import etree

from carmina import Finding, Renderer, Score, Workshop
from carmina.conductor import Conductor
from carmina.theory import is_compound, lead_sheet

from ..labels import in_its_language
from ..needs import found
from ..pages import BOUNDS, HEIGHT_MM, height_mm, said
from ..printed import typeset
from ..remarks import in_pdf, in_png
from ..typefaces import faces, fonts_found
from ..vector import stacked
from .drawing import Head, drawn
from .figures import bars_of, do_of


class JianpuSvgRenderer(Renderer):
    """The tune with its chords and the words of every verse; verses that share a tune are printed once."""

    name = "jianpu-svg"
    summary = "numbered notation (简谱) as SVG: figures, chords, words of every verse"
    suffixes: ClassVar[tuple[str, ...]] = (".jianpu.svg",)
    bounds = BOUNDS
    comment = ("<!-- ", " -->")

    @classmethod
    def findings(cls) -> list[Finding]:
        return fonts_found()

    def render(self, work: Score) -> bytes:
        return self.render_with(work, Conductor(), {})

    def render_with(self, work: Score, workshop: Workshop, settings: Mapping[str, Any]) -> bytes:
        pages = numbered(work, workshop)
        return stacked(pages, faces(said(pages))).encode("utf-8")


class JianpuPdfRenderer(JianpuSvgRenderer):
    """A4, words as text, fonts embedded."""

    name = "jianpu-pdf"
    summary = "numbered notation (简谱) as PDF (A4): figures, chords, words of every verse"
    suffixes: ClassVar[tuple[str, ...]] = (".jianpu.pdf",)

    @classmethod
    def findings(cls) -> list[Finding]:
        return [found("typst", "typst"), *fonts_found()]

    def remarked(self, data: bytes, remark: str) -> bytes:
        return in_pdf(data, remark)

    def render_with(self, work: Score, workshop: Workshop, settings: Mapping[str, Any]) -> bytes:
        return typeset(numbered(work, workshop), "pdf", HEIGHT_MM, work.title)


class JianpuPngRenderer(JianpuPdfRenderer):
    """Every page below the one before, on white."""

    name = "jianpu-png"
    summary = "numbered notation (简谱) as a picture (PNG): figures, chords, words of every verse"
    suffixes: ClassVar[tuple[str, ...]] = (".jianpu.png",)

    def remarked(self, data: bytes, remark: str) -> bytes:
        return in_png(data, remark)

    def render_with(self, work: Score, workshop: Workshop, settings: Mapping[str, Any]) -> bytes:
        pages = numbered(work, workshop)
        return typeset(pages, "png", sum(map(height_mm, pages)), work.title)


def numbered(score: Score, workshop: Workshop) -> list[etree._Element]:
    """The pages of a score's tune."""
    lead = lead_sheet(in_its_language(score))
    root = etree.fromstring(workshop.render(lead, ".musicxml"), etree.XMLParser(huge_tree=True, resolve_entities=False))
    part = root.find("part")
    fifths = int(part.findtext("measure/attributes/key/fifths") or 0)
    metre, tempo = score.metres[0], score.tempi[0].quarters_per_minute
    dotted = is_compound(metre)
    bars = bars_of(part)
    for bar in bars[:1]:
        bar.metre = ""  # the head says it
    return drawn(
        bars,
        score.title,
        score.credits,
        Head(f"1={do_of(fifths)}", str(metre), f"{tempo * (2 / 3 if dotted else 1):.0f}", dotted),
    )
