"""What this package offers: the reader of lyric sheets."""

import carmina


@carmina.hookimpl
def carmina_readers():
    from .reader import LyricSheetReader

    return [LyricSheetReader]
