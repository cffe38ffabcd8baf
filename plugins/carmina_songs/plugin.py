"""Offers the writers that make a poem the words of a song."""

from carmina import hookimpl


@hookimpl
def carmina_writers():
    from .poem import SongPoemWriter
    from .words import SongWordsWriter

    return [SongPoemWriter, SongWordsWriter]
