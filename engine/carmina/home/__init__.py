"""What the user has made: styles of their own, each a folder, found beside the installed plugins."""

from __future__ import annotations

import os
from pathlib import Path

VARIABLE = "CARMINA_HOME"


def home() -> Path:
    """The user's folder: ``$CARMINA_HOME``, or where the system keeps data of applications."""
    named = os.environ.get(VARIABLE)
    if named:
        return Path(named)
    import platformdirs

    return Path(platformdirs.user_data_dir("carmina", appauthor=False))


def styles_folder() -> Path:
    """Where ``carmina finetune`` puts styles, one folder each."""
    return home() / "styles"
