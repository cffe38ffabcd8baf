"""Score -> one SVG with every page below the one before, and the letters it needs inside the file."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from lxml import etree

from carmina import Finding, Option, Renderer, Score, Workshop
from carmina.conductor import Conductor

from .needs import found
from .pages import BOUNDS, LAYOUT, WIDTH_MM, height_mm, pages, said
from .parts import INSTRUMENT, PARTS, notated, shown
from .typefaces import Face, faces, fonts_found


class SvgRenderer(Renderer):
    """Words stay text: they can be searched and copied. Each note says in ``data-ticks`` when it sounds."""

    name = "svg"
    summary = "sheet music as SVG, pages below one another, fonts embedded"
    suffixes = (".svg",)
    bounds = BOUNDS
    comment = ("<!-- ", " -->")
    options: ClassVar[tuple[Option, ...]] = (LAYOUT, PARTS, INSTRUMENT)

    @classmethod
    def findings(cls) -> list[Finding]:
        return [found("verovio", "verovio"), *fonts_found()]

    def render(self, work: Score) -> bytes:
        return self.render_with(work, Conductor(), {})

    def render_with(self, work: Score, workshop: Workshop, settings: Mapping[str, Any]) -> bytes:
        strip = settings.get("layout") == "strip"
        drawn = pages(workshop.render(shown(work, settings), ".musicxml", notated(settings)), strip)
        return stacked(drawn, faces(said(drawn)), paper=not strip).encode("utf-8")


def stacked(drawn: Sequence[etree._Element], fonts: Sequence[Face], paper: bool = True) -> str:
    """The pages as one document, in millimetres."""
    heights = [height_mm(page) for page in drawn]
    tops = [sum(heights[:index]) for index in range(len(drawn) + 1)]
    placed = "".join(map(_placed, drawn, tops, heights))
    white = f'<rect width="{WIDTH_MM}" height="{tops[-1]:g}" fill="white"/>\n' if paper else ""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<svg xmlns="http://www.w3.org/2000/svg" '
        f'xmlns:xlink="http://www.w3.org/1999/xlink" version="1.1" width="{WIDTH_MM}mm" height="{tops[-1]:g}mm" '
        f'viewBox="0 0 {WIDTH_MM} {tops[-1]:g}">\n<style>{"".join(map(_embedded, fonts))}</style>\n{white}{placed}</svg>\n'  # noqa: E501
    )


def _placed(page: etree._Element, top: float, height: float) -> str:
    page.attrib.update({"y": f"{top:g}", "width": str(WIDTH_MM), "height": f"{height:g}"})
    return etree.tostring(page, encoding="unicode") + "\n"


def _embedded(face: Face) -> str:
    kind = "otf" if face.data[:4] == b"OTTO" else "ttf"
    data = base64.b64encode(face.data).decode("ascii")
    return (
        f"@font-face{{font-family:'{face.family}';font-weight:{'bold' if face.bold else 'normal'};"
        f"src:url(data:font/{kind};base64,{data})}}"
    )
