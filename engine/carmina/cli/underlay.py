"""``carmina underlay``: new words under an old tune."""

from __future__ import annotations

from pathlib import Path

import click

from .. import files
from ..text import counted
from ..works import EditBrief
from . import songs
from .group import shell
from .options import EntryName


@click.command()
@click.argument("words", type=click.Path(path_type=Path), metavar="WORDS.txt")
@click.option(
    "--tune",
    required=True,
    type=click.Path(path_type=Path),
    metavar="SONG",
    help="The song whose tune is sung: MIDI or MusicXML.",
)
@click.option("--further-verse", is_flag=True, help="Keep the song's own words and add these as a further verse.")
@click.option("--language", type=EntryName("language", "auto"), default="auto", help="Main language of the words.")
@click.option(
    "-o",
    "--output",
    "outputs",
    multiple=True,
    type=click.Path(path_type=Path),
    help="Write this file; its suffix decides the format. May be repeated. Without it the song is printed.",
)
@click.option("-q", "--quiet", is_flag=True, help="Say nothing of what was sung.")
@click.pass_context
def underlay(
    context: click.Context,
    words: Path,
    tune: Path,
    further_verse: bool,
    language: str,
    outputs: tuple[Path, ...],
    quiet: bool,
) -> None:
    """Put the words of WORDS.txt under the tune of a song.

    Each stanza is sung to the section of its kind, or to the whole tune. The tune is cut into a phrase for each line;
    where a line has fewer syllables than notes they are slurred, where it has more, notes are split; stress seeks
    strong beats.
    """
    conductor = shell(context).conductor()
    songs.check(conductor, [words, tune], outputs)
    lyrics = conductor.lyrics(conductor.sheet(files.read(words), files.named(words)), language)
    given, _ = songs.load_tune(conductor, tune)
    brief = EditBrief(given, lyrics=lyrics, keep_words=further_verse)
    song = conductor.writer("underlay", brief).write(brief, conductor)
    said = (
        f"{counted('syllable', len(lyrics.syllables))} under {counted('note', len(song.voice.notes))}, "
        f"{counted('section', len(song.sections))}"
    )
    songs.deliver(conductor, [song], outputs, 1, "" if quiet else said)


underlay.renders = ("Score",)  # type: ignore[attr-defined]  # takes the settings of what renders one
underlay.speaks = True  # type: ignore[attr-defined]  # and the settings of languages
underlay.reads = ("Score", "LyricSheet")  # type: ignore[attr-defined]  # and of what reads one
