"""Text that every room shares: which script a letter is of, and how wide it is printed, where words begin and end.

A public page: plugins import all names from here.
"""

from .scripts import HAN, HAN_CHARACTER, is_han, script_of
from .width import is_wide, width
from .words import words_of

__all__ = ["HAN", "HAN_CHARACTER", "is_han", "is_wide", "script_of", "width", "words_of"]
