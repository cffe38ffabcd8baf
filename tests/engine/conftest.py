"""Small fake plugins, and the command line run over them: nothing here needs torch, a lexicon or a model."""

from __future__ import annotations

import io
import sys
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace

import click
import pytest

import carmina
from carmina.registry import Registry

sys.path.insert(0, str(Path(__file__).parent))


@dataclass
class Point:
    """What the registry needs of an entry point."""

    name: str
    plugin: object
    distribution: str = "fakes"
    value: str = "tests_of_fakes"

    @property
    def dist(self):
        return SimpleNamespace(name=self.distribution)

    def load(self):
        if isinstance(self.plugin, BaseException):
            raise self.plugin
        return self.plugin


def plugin(**entries):
    """A plugin whose hook ``carmina_<kind>s`` returns each given list, or what the given function returns."""
    return SimpleNamespace(
        **{f"carmina_{kind}s": _hook(f"carmina_{kind}s", offered) for kind, offered in entries.items()}
    )


def _hook(name, offered):
    def hook():
        return offered() if callable(offered) else offered

    hook.__name__ = name
    return carmina.hookimpl(hook)


class Latin(carmina.Language):
    """A syllable a hyphen part; cannot sing what has neither letter nor digit."""

    def syllabify(self, words):
        self.calls.append(list(words))
        return [self._word(word) for word in words]

    def _word(self, word):
        parts = [part for part in word.split("-") if any(map(str.isalnum, part))]
        places = ["single"] if len(parts) == 1 else ["begin", *["middle"] * (len(parts) - 2), "end"]
        return tuple(
            carmina.Syllable(part, place, stress=1, language=self.name)
            for part, place in zip(parts, places if parts else [], strict=True)
        )


class English(Latin):
    name, summary, calls = "en", "fake English", []

    def claim(self, words):
        return sum(word in ("the", "love", "you", "baby") for word in words) / len(words)


class German(Latin):
    name, summary, calls = "de", "fake German", []

    def claim(self, words):
        return sum(word in ("der", "liebe", "dich") for word in words) / len(words)


class Chinese(carmina.Language):
    name, summary, script, calls = "zh", "fake Chinese", "Han", []

    def claim(self, words):
        return 1.0

    def syllabify(self, words):
        self.calls.append(list(words))
        return [tuple(carmina.Syllable(c, tone=1, language="zh") for c in word) for word in words]


class Sheets(carmina.Reader):
    name, summary, suffixes, gives = "fake-sheet", "words cut at spaces", (".txt",), "LyricSheet"

    def read(self, data):
        if b"\0" in data:
            raise carmina.BadInput("this is not text")
        stanzas = data.decode().split("\n\n")
        sections = tuple(carmina.SheetSection(lines) for stanza in stanzas if (lines := tuple(self._lines(stanza))))
        return carmina.LyricSheet(sections)

    def _lines(self, stanza):
        for line in stanza.splitlines():
            if words := tuple(carmina.SheetWord(word) for word in line.split()):
                yield carmina.SheetLine(words, text=line)


class Melody(carmina.Writer):
    name, summary, takes, gives = "melody", "a quarter note a syllable", "Lyrics", "Score"

    def write(self, brief, workshop):
        workshop.progress(0.5, "composing")
        low = brief.range[0] if brief.range else 60
        quarter = carmina.TICKS_PER_QUARTER
        notes = tuple(
            carmina.Note(low + (brief.seed + i) % 5, i * quarter, quarter, syllable)
            for i, syllable in enumerate(brief.lyrics.syllables)
        )
        return carmina.Score(
            (carmina.Track(notes),), tempi=(carmina.Tempo(brief.tempo_bpm or 96.0),), language=brief.lyrics.language
        )


def _as_text(score):
    return " ".join(f"{note.syllable.text}:{note.pitch}" for note in score.voice.notes).encode() + b"\n"


class Midi(carmina.Renderer):
    name, summary, suffixes = "fake-midi", "not really MIDI", (".mid", ".midi")

    def render(self, work):
        return b"MThd" + _as_text(work)


class Text(carmina.Renderer):
    name, summary, suffixes = "fake-text", "syllables and pitches", (".txt",)

    def render(self, work):
        return _as_text(work)


class Greedy(carmina.Decoder):
    name, summary = "greedy", "the likeliest"

    def choose(self, scores, totals, rngs, temperature):
        raise NotImplementedError


class Network(carmina.Network):
    name, summary = "lstm", "none"

    def build(self, config):
        raise NotImplementedError

    def open(self, weights, config):
        raise NotImplementedError


@click.command("hello")
def hello():
    """Say hello."""
    click.echo("hello")


def fakes():
    return Point(
        "fakes",
        plugin(
            language=[English, German, Chinese],
            style=[carmina.Style("song", "a song"), carmina.Style("hymn", "a hymn")],
            reader=[Sheets],
            writer=[Melody],
            renderer=[Midi, Text],
            decoder=[Greedy],
            network=[Network],
            command=[hello],
        ),
    )


@pytest.fixture
def doors():
    """The tools to make fake plugins: ``doors.Point`` and ``doors.plugin``."""
    return SimpleNamespace(Point=Point, plugin=plugin, fakes=fakes)


@pytest.fixture
def languages():
    """Fake en, de and zh that note what they were asked to read."""
    for language in (English, German, Chinese):
        language.calls = []
    return {"en": English, "de": German, "zh": Chinese}


@pytest.fixture
def registry():
    return Registry([fakes()])


@dataclass
class Ran:
    status: int
    out: str
    err: str


@pytest.fixture
def run(monkeypatch, capfd):
    """``run("compose", ..., stdin=b"", points=[...])`` over the fakes -> status, out, err."""
    from carmina.cli import group
    from carmina.cli.run import run as run_command

    def go(*arguments, stdin=b"", points=None):
        found = [fakes()] if points is None else points
        monkeypatch.setattr(group, "plugins", lambda strict, without=(): Registry(found, strict, without))
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        status = run_command([str(a) for a in arguments])
        out, err = capfd.readouterr()
        return Ran(status, out, err)

    return go
