"""What this package offers: the score on paper, through verovio, with its fonts inside the file."""

from __future__ import annotations

import carmina


@carmina.hookimpl
def carmina_renderers():
    from .jianpu.renderers import JianpuPdfRenderer, JianpuPngRenderer, JianpuSvgRenderer
    from .printed import PdfRenderer, PngRenderer
    from .vector import SvgRenderer

    return [SvgRenderer, PngRenderer, PdfRenderer, JianpuSvgRenderer, JianpuPdfRenderer, JianpuPngRenderer]
