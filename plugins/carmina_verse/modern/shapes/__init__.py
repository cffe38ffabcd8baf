"""The shapes of modern texts: free verse, prose in paragraphs, and lines of set length that rhyme (songs)."""

from __future__ import annotations

from .base import Piece, Shape, Step
from .prose import Prose
from .songs import Songs
from .verse import FreeVerse

SHAPES: dict[str, type[Shape]] = {"现代诗": FreeVerse, "散文": Prose, "小说": Prose, "分行": Songs}

__all__ = ["SHAPES", "FreeVerse", "Piece", "Prose", "Shape", "Songs", "Step"]
