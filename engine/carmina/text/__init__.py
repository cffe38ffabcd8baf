"""Text that every room shares: which script a letter is of, and how wide it is printed, where words begin and end,
which encoding bytes and which language words are in.

A public page: plugins import all names from here.
"""

from ..counting import counted
from .encodings import ENCODINGS, WEIGHED, decodes, encoding_of, shared_encoding, text_encoding
from .scripts import HAN, HAN_CHARACTER, is_han, script_of
from .tongues import is_vocable, tongue_name, tongues
from .width import is_wide, width
from .words import letters, words_of

__all__ = [
    "ENCODINGS",
    "HAN",
    "HAN_CHARACTER",
    "WEIGHED",
    "counted",
    "decodes",
    "encoding_of",
    "is_han",
    "is_vocable",
    "is_wide",
    "letters",
    "script_of",
    "shared_encoding",
    "text_encoding",
    "tongue_name",
    "tongues",
    "width",
    "words_of",
]
