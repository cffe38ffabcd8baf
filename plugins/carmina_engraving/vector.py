"""Score -> one SVG with every page below the one before, and the letters it needs inside the file."""

from __future__ import annotations

import base64
from collections.abc import Sequence

from carmina import Renderer, Score
from lxml import etree

from .pages import HEIGHT_MM, WIDTH_MM, pages, said
from .typefaces import Face, faces


class SvgRenderer(Renderer):
    """Words stay text: they can be searched and copied."""

    name = "svg"
    summary = "sheet music as SVG, pages below one another, fonts embedded"
    suffixes = (".svg",)

    def render(self, work: Score) -> bytes:
        drawn = pages(work)
        return stacked(drawn, faces(said(drawn))).encode("utf-8")


def stacked(drawn: Sequence[etree._Element], fonts: Sequence[Face]) -> str:
    """The pages as one document, in millimetres."""
    height = HEIGHT_MM * len(drawn)
    placed = "".join(_placed(page, index * HEIGHT_MM) for index, page in enumerate(drawn))
    return (f'<?xml version="1.0" encoding="UTF-8"?>\n<svg xmlns="http://www.w3.org/2000/svg" '
            f'xmlns:xlink="http://www.w3.org/1999/xlink" version="1.1" width="{WIDTH_MM}mm" height="{height}mm" '
            f'viewBox="0 0 {WIDTH_MM} {height}">\n<style>{"".join(map(_embedded, fonts))}</style>\n'
            f'<rect width="{WIDTH_MM}" height="{height}" fill="white"/>\n{placed}</svg>\n')


def _placed(page: etree._Element, top: int) -> str:
    page.attrib.update({"y": str(top), "width": str(WIDTH_MM), "height": str(HEIGHT_MM)})
    return etree.tostring(page, encoding="unicode") + "\n"


def _embedded(face: Face) -> str:
    kind = "otf" if face.data[:4] == b"OTTO" else "ttf"
    data = base64.b64encode(face.data).decode("ascii")
    return (f"@font-face{{font-family:'{face.family}';font-weight:{'bold' if face.bold else 'normal'};"
            f"src:url(data:font/{kind};base64,{data})}}")
