"""Works in a notebook: what a browser shows of them, where the words of their ``repr`` would stand."""

from __future__ import annotations

import html
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

HEIGHT_PIXELS = 640


@dataclass(frozen=True, slots=True)
class Shown:
    """A page that a notebook shows in a frame of its own."""

    page: str  # HTML, whole
    title: str = ""
    height_pixels: int = HEIGHT_PIXELS

    def _repr_html_(self) -> str:
        return (
            f'<iframe title="{html.escape(self.title or "Carmina")}" srcdoc="{html.escape(self.page)}" '
            f'sandbox="allow-scripts allow-downloads" style="width:100%;height:{self.height_pixels}px;border:0"></iframe>'  # noqa: E501
        )


def teach(show: Callable[[Any], Shown], kinds: Iterable[type]) -> bool:
    """Let works of these kinds show themselves in the notebook that is running; tells whether one is."""
    shell = getattr(sys.modules.get("IPython"), "get_ipython", lambda: None)()
    formatters = getattr(getattr(shell, "display_formatter", None), "formatters", {})
    if "text/html" not in formatters:
        return False
    for kind in kinds:
        formatters["text/html"].for_type(kind, lambda work: show(work)._repr_html_())
    return True
