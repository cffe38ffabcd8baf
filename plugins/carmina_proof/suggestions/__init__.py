"""Findings of a whole page in order, and mends that keep its form."""

from .mending import Mended, mended
from .reading import Reading, proofread

__all__ = ["Mended", "Reading", "mended", "proofread"]
