"""A text as lines with words and their places."""

from .page import Page, read_page

__all__ = ["Page", "read_page"]
