"""Edits of a text, and what each gains: by counts first, then by a network."""

from .document import Document, Edit, Token
from .weighing import Bar, Weighed, clear, weighed

__all__ = ["Bar", "Document", "Edit", "Token", "Weighed", "clear", "weighed"]
