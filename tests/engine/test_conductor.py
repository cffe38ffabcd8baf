"""The conductor hands each room what it needs, and picks readers and renderers by suffix."""

from pathlib import Path

import click
import pytest

from carmina import (
    BadInput,
    Brief,
    DuplicateEntry,
    LyricSheet,
    Reader,
    Renderer,
    Score,
    SheetLine,
    SheetSection,
    SheetWord,
    UnknownEntry,
    files,
)
from carmina.cli.group import Shell
from carmina.conductor import Conductor, at_work, conductor_of
from carmina.registry import Registry


@pytest.fixture
def conductor(registry):
    return Conductor(registry)


@pytest.fixture
def brief(conductor):
    return Brief(conductor.lyrics("the love\n\nyou"), seed=3)


def test_text_becomes_lyrics(conductor):
    lyrics = conductor.lyrics("the love\nbaby\n\nyou")
    assert [len(section.lines) for section in lyrics.sections] == [2, 1] and lyrics.language == "en"


def test_a_sheet_becomes_lyrics_of_the_language_asked_for(conductor):
    sheet = conductor.sheet(b"the love", ".TXT")
    assert isinstance(sheet, LyricSheet) and conductor.lyrics(sheet, "de").language == "de"


def test_a_brief_becomes_a_score_with_every_syllable_in_order(conductor, brief):
    score = conductor.compose(brief)
    assert [note.syllable for note in score.voice.notes] == list(brief.lyrics.syllables)


def test_the_same_brief_gives_the_same_bytes(conductor, brief):
    assert conductor.render(conductor.compose(brief), ".mid") == conductor.render(conductor.compose(brief), ".mid")


def test_progress_is_told_between_0_and_1(registry, brief):
    told = []
    conductor = Conductor(registry, lambda done, what: told.append((done, what)))
    conductor.compose(brief)
    conductor.progress(7, "far too much")
    assert told == [(0.5, "composing"), (1.0, "far too much")]


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"style": "hym"}, "no style called 'hym'. Did you mean 'hymn'"),
        ({"decoder": "greed"}, "no decoder called 'greed'. Did you mean 'greedy'"),
        ({"network": "gru"}, "no network called 'gru'"),
    ],
)
def test_unknown_names_in_a_brief_are_refused_before_any_work(conductor, brief, asked, message):
    with pytest.raises(UnknownEntry, match=message):
        conductor.compose(Brief(brief.lyrics, **asked))


def test_an_unknown_writer_is_refused(conductor, brief):
    with pytest.raises(UnknownEntry, match="no writer called 'opera'"):
        conductor.compose(brief, writer="opera")


@pytest.mark.parametrize(("suffix", "said"), [(".pdf", "'.pdf'"), ("", "a name without a suffix")])
def test_an_unknown_suffix_lists_those_there_are(conductor, suffix, said):
    with pytest.raises(BadInput, match=f"no renderer for {said}; a Score can end in: .mid, .midi, .txt."):
        conductor.render(Score(()), suffix)
    with pytest.raises(BadInput, match=f"no reader for {said}; a LyricSheet can end in: .txt."):
        conductor.sheet(b"", suffix)


def test_a_suffix_of_another_kind_of_work_does_not_count(conductor, brief):
    with pytest.raises(BadInput, match="no renderer for '.mid'; a Lyrics can end in: none"):
        conductor.render(brief.lyrics, ".mid")


def test_lyrics_are_read_by_readers_of_lyrics_only(doors):
    class Tune(Reader):
        name, summary, suffixes, gives = "tune", "music as text", (".txt",), "Score"

        def read(self, data):
            return Score(())

    conductor = Conductor(Registry([doors.fakes(), doors.Point("more", doors.plugin(reader=[Tune]))]))
    assert isinstance(conductor.sheet(b"the love"), LyricSheet)
    assert conductor.read(b"", ".txt", gives="Score") == Score(())


def test_two_renderers_of_one_suffix_are_an_error_that_names_both(doors):
    class Other(Renderer):
        name, summary, suffixes = "other", "another", (".txt",)

        def render(self, work):
            return b""

    conductor = Conductor(Registry([doors.fakes(), doors.Point("more", doors.plugin(renderer=[Other]))]))
    with pytest.raises(DuplicateEntry, match="renderer of a Score called '.txt': fake-text and other"):
        conductor.render(Score(()), ".txt")


class Parted(Reader):
    name, summary, suffixes, gives = "parted", "words with bars between them", (".parted.txt",), "LyricSheet"

    def read(self, data):
        words = tuple(SheetWord(word) for word in data.decode().split("|"))
        return LyricSheet((SheetSection((SheetLine(words),)),))


def test_a_reader_of_a_double_suffix_goes_before_that_of_its_end(doors, tmp_path):
    conductor = Conductor(Registry([doors.fakes(), doors.Point("more", doors.plugin(reader=[Parted]))]))
    for name, words in (("song.parted.txt", ["a", "b"]), ("song.txt", ["a|b"]), ("SONG.Parted.TXT", ["a", "b"])):
        (tmp_path / name).write_text("a|b")
        sheet = conductor.open(tmp_path / name)
        assert [word.text for word in sheet.sections[0].lines[0].words] == words
        assert conductor.gives(name) == ("LyricSheet",)
    assert conductor.gives("song.xyz") == conductor.gives("txt") == ()


def test_numbers_go_before_the_whole_suffix():
    for name, second in (
        ("a.mid", "a-2.mid"),
        ("a.sung.wav", "a-2.sung.wav"),
        ("no. 5.mid", "no. 5-2.mid"),
        ("v1.2.mid", "v1.2-2.mid"),
        ("a", "a-2"),
    ):
        assert files.numbered(Path(name), 2) == Path(second)


def test_a_command_has_the_plugins_of_its_run_and_all_that_are_installed_without_one(registry):
    run = Shell()
    run.registry = registry
    command = click.Command("whistle")
    within = click.Context(command, parent=click.Context(click.Group("carmina"), obj=run))
    assert conductor_of(within).all("language") == registry.all("language")
    with at_work(within, wanted=False) as conductor:
        assert conductor.all("language") == registry.all("language")
    alone = click.Context(command)
    with at_work(alone) as conductor:
        assert type(conductor) is Conductor is type(conductor_of(alone))
