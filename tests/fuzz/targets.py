"""What is done with an input of each kind: read it, then everything that a person might do next."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from random import Random

from carmina import ArrangeBrief, CarminaError, EditBrief, Score, read_forms, spelling
from carmina.conductor import Conductor

from . import mutations, samples, structures

WRITTEN = (".mid", ".kar", ".lrc", ".musicxml", ".abc", ".txt")


@lru_cache
def conductor() -> Conductor:
    return Conductor()


def score(suffix: str) -> Callable[[bytes], None]:
    def used(data: bytes) -> None:
        song = conductor().read(data, suffix, "Score")
        acts = [lambda end=end: conductor().render(song, end) for end in WRITTEN]
        acts.append(lambda: _edited("transpose", song, options={"by": 3}))
        if len(data) % 8 == 0:
            acts.append(lambda: _arranged(song, "song"))
        each(acts)

    return used


def each(acts: list[Callable]) -> None:
    """Every act; a refusal of one does not keep the others from being tried."""
    refused = None
    for act in acts:
        try:
            act()
        except CarminaError as fault:
            check_line(fault)
            refused = fault
    if refused is not None:
        raise refused


def check_line(fault: CarminaError) -> None:
    """What the command line prints must be one line that ends, and any terminal can show it."""
    said = str(fault)
    if not said or "\n" in said or len(said) > 2000 or not said.isprintable():
        raise ManyLines(said[:500])


class ManyLines(AssertionError):
    """A message that is not one line."""


def _edited(writer: str, song: Score, **asked: object) -> Score:
    brief = EditBrief(song, **asked)
    return conductor().writer(writer, brief).write(brief, conductor())


def _arranged(song: Score, style: str) -> Score:
    brief = ArrangeBrief(song, style, (), 1, False)
    return conductor().writer("arrange", brief).write(brief, conductor())


def lyrics(data: bytes) -> None:
    sheet = conductor().sheet(data, ".txt")
    conductor().lyrics(sheet)


def poem(suffix: str) -> Callable[[bytes], None]:
    def used(data: bytes) -> None:
        from carmina_verse.scansion.report import scan

        work = conductor().read(data, suffix, "Poem")
        code = "zh" if any("一" <= letter <= "鿿" for line in work.lines for letter in line) else "en"
        acts = [lambda: conductor().render(work, ".json"), lambda: conductor().render(work, ".txt")]
        if len(data) % 4 == 0:
            acts.append(lambda: scan(work, conductor().all("form"), conductor().get("language", code)()))
        each(acts)

    return used


def forms(data: bytes) -> None:
    from carmina_verse.forms.aligning import fitted

    for form in read_forms(data.decode("utf-8", "replace"), "en")[:20]:
        fitted(samples.poem(), form)


def recipe(data: bytes) -> None:
    from carmina.recipe import recipe_of, recipe_text
    from carmina.schema import toml

    read = recipe_of(toml(data, "the recipe"))
    assert recipe_of(toml(recipe_text(read), "the recipe")) == read


def style(data: bytes) -> None:
    from carmina.home.styles import CARD, read_style

    with tempfile.TemporaryDirectory(prefix="carmina-") as folder:
        Path(folder, CARD).write_bytes(data)
        read = read_style(Path(folder))
        entries = conductor().registry.all("style")
        entries["odd"] = read
        try:
            _arranged(samples.score(), "odd")
        finally:
            del entries["odd"]


def card(data: bytes) -> None:
    from carmina.corpora import card_of, card_text
    from carmina.schema import toml

    read = card_of(toml(data, "the card"))
    assert card_of(toml(card_text(read), "the card")) == read


def corpus(name: str, task: str) -> Callable[[bytes], None]:
    def used(data: bytes) -> None:
        from carmina.training.examples import read_examples

        with tempfile.TemporaryDirectory(prefix="carmina-") as folder:
            Path(folder, name).write_bytes(data)
            read_examples(conductor(), task, Path(folder))

    return used


@lru_cache
def small_model() -> bytes:
    """A melody model of eight units, its weights all zero."""
    import numpy as np

    from carmina.models import packed
    from carmina.nn import shapes

    config = {
        "fields": list(conductor().get("tokenizer", "melody").field_sizes),
        "width": 8,
        "layers": 1,
        "dropout": 0.0,
    }
    weights = {name: np.zeros(shape, np.float32) for name, shape in shapes.recurrent(config).items()}
    return packed(
        weights,
        {
            "name": "toy",
            "tokenizer": "melody",
            "network": "lstm",
            "config": config,
            "parameters": 1,
            "licence": "CC0-1.0",
        },
    )


def model(data: bytes) -> None:
    import numpy as np

    from carmina.models import open_model

    handle, path = tempfile.mkstemp(".safetensors", "carmina-")
    try:
        with open(handle, "wb") as file:
            file.write(data)
        runner = open_model(conductor(), path, "melody").runner
        runner.step(np.zeros((1, len(runner.fields)), np.int64), runner.start(1))
    finally:
        os.unlink(path)


@lru_cache
def small_index() -> bytes:
    from carmina_verse.cli.index import lines_of
    from carmina_verse.originality.named_index import NamedIndex

    return NamedIndex.of([lines_of(samples.POEM_EN * 2, "mine", "en", conductor())], "en").dump()


def index(data: bytes) -> None:
    from carmina_verse.originality.named_index import NamedIndex

    found = NamedIndex.load(data, "it")
    assert b"no such run" not in found
    found.line_of(b"\x00" * 8)


def spelt(data: bytes) -> None:
    text = data.decode("utf-8", "replace")
    reads = (spelling.pitch, spelling.pitch_range, spelling.key, spelling.metre, spelling.chords, spelling.interval)
    if text == "F# minor":
        reads = (spelling.key,)
    each([lambda read=read: read(text) for read in reads])


TARGETS: dict[str, Callable[[bytes], None]] = {
    **{suffix: score(suffix) for suffix in (".mid", ".kar", ".musicxml", ".mxl", ".abc", ".ly")},
    ".txt": lyrics,
    ".json": poem(".json"),
    ".csv": poem(".csv"),
    "poem.txt": poem(".txt"),
    "forms": forms,
    "recipe": recipe,
    "style": style,
    "card": card,
    "model": model,
    "index": index,
    "spelt": spelt,
    "songs": corpus("songs.jsonl.gz", "melody"),
    "poems": corpus("en-poems.jsonl.gz", "verse-en"),
}
STRUCTURES: dict[str, Callable[[Random], bytes]] = {
    ".mid": structures.midi,
    ".musicxml": structures.musicxml,
    ".mxl": structures.mxl,
    ".abc": structures.abc,
    ".ly": structures.lilypond,
    ".txt": structures.lyrics,
    "poem.txt": structures.poem,
    ".json": structures.poem_json,
    ".csv": structures.table,
    **{
        name: getattr(structures, name)
        for name in ("forms", "recipe", "style", "card", "songs", "poems", "model", "index", "spelt")
    },
}


def valid(kind: str) -> tuple[bytes, ...]:
    """Inputs of a kind that nothing is wrong with."""
    tables = {"forms": samples.FORMS, "recipe": samples.RECIPE, "style": samples.STYLE, "card": samples.CARD}
    if kind in tables:
        return (structures.toml_of(json.loads(json.dumps(tables[kind])), Random(1), odd=False),)
    made = {
        "model": small_model,
        "index": small_index,
        "songs": lambda: samples.corpus([samples.SONG_RECORD]),
        "poems": lambda: samples.corpus([samples.POEM_RECORD]),
    }
    if kind in made:
        return (made[kind](),)
    return (b"F# minor",) if kind == "spelt" else samples.samples()[kind]


def generated(kind: str, how: str, chance: Random) -> bytes:
    """An input of a kind: ``bytes``: a valid one changed; ``structure``: a valid container of odd values."""
    if how == "structure" and kind in STRUCTURES:
        return STRUCTURES[kind](chance)
    return mutations.mutated(chance.choice(valid(kind)), chance)
