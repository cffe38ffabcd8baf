"""Where the user's own things lie: styles, plugins of one file, and the journal of files that are being written."""

from __future__ import annotations

import os
from pathlib import Path

VARIABLE = "CARMINA_HOME"
REMARK = "CARMINA_REMARK"  # off: files do not say how they were made
JOURNAL = "CARMINA_JOURNAL"  # set where work is done for others, whose files are not this user's to hear of


def home() -> Path:
    """The user's folder: ``$CARMINA_HOME``, or where the system keeps data of applications."""
    named = os.environ.get(VARIABLE)
    if named:
        return Path(named)
    import platformdirs

    return Path(platformdirs.user_data_dir("carmina", appauthor=False))


def remarks_wanted() -> bool:
    """Whether files say how they were made: unless ``$CARMINA_REMARK`` is ``off``, ``no`` or ``0``."""
    return os.environ.get(REMARK, "").strip().lower() not in ("off", "no", "0", "false", "none")


def styles_folder() -> Path:
    """Where ``carmina finetune`` puts styles, one folder each."""
    return home() / "styles"


def plugins_folder() -> Path:
    """Where plugins of one file lie."""
    return home() / "plugins"


def journals() -> Path:
    """Where a set of files that is being written is noted, one small file each; ``$CARMINA_JOURNAL`` where it is
    set."""
    named = os.environ.get(JOURNAL)
    return Path(named) if named else home() / "journal"
