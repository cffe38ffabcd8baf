"""What the user has made: styles of their own, each a folder, found beside the installed plugins."""

from __future__ import annotations

from ..places import VARIABLE, home, styles_folder

__all__ = ["VARIABLE", "home", "styles_folder"]
