"""Edits of a text, and what each gains: by counts first, then by a network."""

from .document import Document, Edit, Token
from .weighing import Bar, Weighed, weighed

__all__ = ["Bar", "Document", "Edit", "Token", "Weighed", "weighed"]
