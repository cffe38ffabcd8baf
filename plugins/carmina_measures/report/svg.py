"""Small pieces of SVG: text, rectangles and lines, escaped and short."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape


def tag(name: str, content: str = "", **attributes: object) -> str:
    """One element; ``_`` in attribute names is ``-``, and a trailing one goes."""
    written = "".join(f' {key.rstrip("_").replace("_", "-")}="{_value(value)}"' for key, value in attributes.items())
    return f"<{name}{written}>{content}</{name}>" if content else f"<{name}{written}/>"


def _value(value: object) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else escape(str(value))


def rect(x: float, y: float, width: float, height: float, kind: str, title: str = "", **more: object) -> str:
    """A rectangle of a CSS class, with what the mouse shows."""
    said = tag("title", escape(title)) if title else ""
    return tag("rect", said, x=float(x), y=float(y), width=float(width), height=float(height), class_=kind, **more)


def line(x1: float, y1: float, x2: float, y2: float, kind: str) -> str:
    """A straight line of a CSS class."""
    return tag("line", x1=float(x1), y1=float(y1), x2=float(x2), y2=float(y2), class_=kind)


def text(x: float, y: float, said: str, kind: str = "t", anchor: str = "start", **more: object) -> str:
    """Text of a CSS class."""
    return tag("text", escape(said), x=float(x), y=float(y), class_=kind, text_anchor=anchor, **more)


def picture(width: float, height: float, parts: Iterable[str], label: str) -> str:
    """A drawing that shrinks with its page and says what it shows."""
    return tag(
        "svg",
        "".join(parts),
        viewBox=f"0 0 {width:.0f} {height:.0f}",
        width=round(width),
        height=round(height),
        role="img",
        aria_label=label,
    )
