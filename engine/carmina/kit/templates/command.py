"""``carmina sample FILE``: how many syllables each line of lyrics has."""

from pathlib import Path

import click


@click.command("sample", short_help="Count the syllables of lyrics.")
@click.argument("lyrics", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--language", default="auto", show_default=True, help="Main language of the words.")
@click.pass_context
def count(context, lyrics, language):
    """Count the syllables of each line of LYRICS."""
    from carmina.conductor import conductor_of  # here: what lists commands waits for nothing

    conductor = conductor_of(context)
    sung = conductor.lyrics(conductor.open(lyrics, gives="LyricSheet"), language)
    for section in sung.sections:
        for line in section.lines:
            click.echo(f"{len(line.syllables):4}  {' '.join(syllable.text for syllable in line.syllables)}")


ENTRIES = [count]
