"""Public page 3: the one module that knows all rooms. Words in, a song out, and every format on the way.

conductor = Conductor()
lyrics = conductor.lyrics("Blow the wind southerly, southerly, southerly")
score = conductor.compose(Brief(lyrics, seed=7))
Path("song.mid").write_bytes(conductor.render(score, ".mid"))
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from . import corpora, files, notebook
from . import lyrics as words
from .contracts import Bounds, Decoder, Hypothesis, Language, Runner, Style, Writer
from .corpora import Card
from .errors import BadInput, BadOption, DuplicateEntry, FaultyEntry
from .recipe import Recipe
from .registry import Registry
from .works import ArrangeBrief, Brief, Lyrics, LyricSheet, Poem, Score, Song, SongBrief, SongPlan

BROWSER = ".html"
READ = Bounds()  # of a work that comes from a file
MAX_WORK_BYTES = 16_000_000  # of a file that is opened

Progress = Callable[[float, str], None]
Report = Callable[[Mapping[str, Any]], None]


class Conductor:
    """Hands each room what it needs; the :class:`~carmina.Workshop` that writers see."""

    def __init__(
        self,
        registry: Registry | None = None,
        progress: Progress | None = None,
        settings: Mapping[str, Any] | None = None,
    ):
        """``registry``: the installed plugins unless given. ``progress``: told how much (0..1) of what is done.
        ``settings``: values of renderers' options by name; each renderer is given those that it has."""
        self.registry = Registry() if registry is None else registry
        self._progress = progress
        self._settings = dict(settings or {})
        notebook.teach(self.show, (Score, Poem))

    # ---- the workshop ---------------------------------------------------------------------------------------------

    def get(self, kind: str, name: str) -> Any:
        """The entry of this kind and name; raises ``UnknownEntry``."""
        return self.registry.get(kind, name)

    def all(self, kind: str) -> Mapping[str, Any]:
        """Every entry of this kind by name."""
        return self.registry.all(kind)

    def progress(self, done: float, what: str) -> None:
        """Report that ``done`` (0..1) of the work is done."""
        if self._progress is not None:
            self._progress(min(max(done, 0.0), 1.0), what)

    def model(self, name: str | None, task: str, network: str | None) -> Any:
        """The opened model for a task: the shipped one (``None``), by name, or by path."""
        from .models import open_model

        return open_model(self, name, task, network)

    def write_model(
        self, path: Path, values: Mapping[str, Any], notes: Mapping[str, Any], scales: Mapping[str, Any]
    ) -> list[Path]:
        """Write float32 weights by name as an int4 model of as many files as it takes, which are returned.

        ``scales`` (rows, groups of 32 columns) float16: what one step is worth, of matrices that were trained rounded.
        """
        from .models import write_int4

        return write_int4(path, values, scales, notes)

    def generate(
        self,
        runner: Runner,
        hypotheses: Sequence[Hypothesis],
        decoder: Decoder,
        seeds: Sequence[int | Sequence[int]],
        temperature: float,
    ) -> list[tuple[Hypothesis, float]]:
        """Every candidate at its end with its summed log-probability (nats), in the order given."""
        from .generate import generate

        return generate(runner, hypotheses, decoder, seeds, temperature)

    # ---- what people ask for --------------------------------------------------------------------------------------

    def style(self, name: str) -> Style:
        """The style of this name."""
        return self.get("style", name)

    def languages(self) -> Mapping[str, type[Language]]:
        """Every language by its ISO 639-1 code."""
        return self.all("language")

    def sheet(self, data: bytes, suffix: str = ".txt") -> LyricSheet:
        """Lyrics as people have them -> stanzas, lines and words."""
        return self.read(data, suffix, gives="LyricSheet")

    def lyrics(self, sheet: LyricSheet | str, language: str = words.AUTO) -> Lyrics:
        """A sheet, or the text of one, as sung syllables; ``language`` is the main one."""
        if isinstance(sheet, str):
            sheet = self.sheet(sheet.encode("utf-8", "replace"))
        return words.sung(sheet, self.languages(), language)

    def compose(self, brief: Brief, writer: str = "melody") -> Score:
        """A song to the brief's words. The same brief and model give the same song."""
        self.style(brief.style)  # an unknown name is refused before any work
        for kind, name in (("decoder", brief.decoder), ("network", brief.network)):
            if name is not None:
                self.get(kind, name)
        return self.writer(writer, brief).write(brief, self)

    def writer(self, name: str, brief: Any) -> Writer:
        """The writer of this name, made for a brief whose score is within its bounds; else ``BadInput``, before any
        work."""
        entry = self.get("writer", name)
        entry.bounds.check(getattr(brief, "score", None), f"be worked on by {name}")
        return entry()

    def plan(self, brief: Brief) -> SongPlan:
        """The plan that :meth:`compose` would follow for this brief."""
        self.style(brief.style)
        return self.get("writer", "plan")().write(brief, self)

    def alternatives(self, brief: Brief, many: int) -> list[Score]:
        """So many songs to the same words that lie apart, the one of :meth:`compose` first."""
        return [self.compose(brief)] if many == 1 else self.get("writer", "melody")().alternatives(brief, self, many)

    def apart(self, scores: Sequence[Score]) -> list[float]:
        """For each of several songs to the same words, how far (0..1) it lies from the nearest other one."""
        return self.get("writer", "melody")().apart(scores)

    def remark(self, score: Score) -> str:
        """One line on how near a song's tune comes to those that its writer learnt from; "" where it does not say."""
        return self.get("writer", "melody")().remark(score)

    def song(self, brief: SongBrief) -> Song:
        """Keywords -> verse -> words in sections -> melody -> accompaniment; what the brief gives is not written again.

        The writers are ``song-poem``, ``song-words``, ``melody`` and those that the brief names for harmony and
        accompaniment.
        """
        return self.songs(brief, 1)[0]

    def songs(self, brief: SongBrief, many: int) -> list[Song]:
        """So many songs to the same words, the one of :meth:`song` first; with a melody that is given there is one."""
        self.style(brief.style)
        for kind, name in (("decoder", brief.decoder), ("writer", brief.harmony), ("writer", brief.accompaniment)):
            if name is not None:
                self.get(kind, name)
        if brief.melody is not None:
            return [Song(self._accompanied(brief, brief.melody), brief.melody, brief.words, brief.poem)]
        poem, sheet = brief.poem, brief.words
        if poem is None and sheet is None:
            poem = self.writer("song-poem", brief).write(brief, self)
        sheet = self.writer("song-words", brief).write(replace(brief, poem=poem, words=sheet), self)
        asked = _melody_brief(brief, self.lyrics(sheet, poem.language if poem and poem.language else brief.language))
        melodies = [self._arranged(brief, brief.harmony, melody) for melody in self.alternatives(asked, many)]
        return [Song(self._accompanied(brief, m), m, sheet, poem, m.plan) for m in melodies]

    def _accompanied(self, brief: SongBrief, melody: Score) -> Score:
        """The melody with its accompaniment, to the chords that it has by now."""
        done = self._arranged(brief, brief.accompaniment, replace(melody, chords_found=False))
        return replace(done, chords_found=melody.chords_found)

    def _arranged(self, brief: SongBrief, writer: str | None, score: Score) -> Score:
        """The score as a writer of chords or parts gives it back."""
        asked = ArrangeBrief(score, brief.style, brief.chords, brief.seed, brief.humanise)
        return score if writer is None else self.writer(writer, asked).write(asked, self)

    def train(
        self,
        recipe: Recipe,
        data: Path,
        output: Path,
        runs: Path,
        report: Report = lambda _: None,
        device: str | None = None,
        threads: int | None = None,
        advise: Callable[[str], None] = lambda _: None,
    ) -> bool:
        """Train as the recipe says on the corpus in ``data``; the model goes to ``output``, checkpoints to ``runs``.

        Whether this process wrote the model; under ``torchrun`` the first does. ``advise`` is told what a small corpus
        lets expect.
        """
        from .training.run import train

        return train(self, recipe, data, output, runs, report, device, threads, advise)

    def plan_training(self, recipe: Recipe, data: Path) -> list[str]:
        """What a training will take, in words: ids, weights, operations, hours and money by device; and what the
        corpus's size lets expect."""
        from .training.advice import advice
        from .training.plan import plan, table
        from .training.run import corpus

        sides = corpus(self, recipe, data)
        return [*table(plan(self, recipe, sides.examples)), *(f"note: {line}" for line in advice(sides))]

    def tune(
        self,
        recipe: Recipe,
        data: Path,
        storage: Path,
        trials: int,
        told: Callable[[str], None] = lambda _: None,
        device: str | None = None,
        threads: int | None = None,
    ) -> Any:
        """The best settings around the recipe's, a ``carmina.training.search.Found``; trials are kept in
        ``storage``."""
        from .training.run import trials_on
        from .training.search import search

        return search(recipe, trials_on(self, recipe, data, device, threads), storage, trials, told)

    def finetune(
        self,
        asked: Any,
        runs: Path,
        styles: Path | None = None,
        report: Report = lambda _: None,
        device: str | None = None,
        threads: int | None = None,
    ) -> Any:
        """A style of one's own from a corpus folder: ``asked`` is a ``carmina.training.tuning.Tuning``, what comes of
        it a ``Tuned``."""
        from .home import styles_folder
        from .training.finetune import finetune

        return finetune(self, asked, styles_folder() if styles is None else styles, runs, report, device, threads)

    def compress(self, asked: Any, report: Report = lambda _: None) -> Any:
        """A smaller model file: ``asked`` is a ``carmina.training.compressing.asked.Compression``, what comes of it a
        ``Compressed``."""
        from .training.compressing.compress import compress

        return compress(self, asked, report)

    def evaluate_model(
        self,
        name: str | None,
        data: Path,
        task: str | None = None,
        split: str = "validation",
        network: str | None = None,
        pieces: int = 200,
        copied: bool = True,
    ) -> Any:
        """How well a model predicts a split of the corpus in ``data``, and what it copies: an ``Assessment``.

        ``task``: the tokenizer; found by the model's name or file unless given.
        """
        from .training.assess import assess

        return assess(self, name, data, task, split, network, pieces, copied)

    def open(self, path: Path, gives: str | None = None, limit: int = MAX_WORK_BYTES) -> Any:
        """The work in a file of at most ``limit`` bytes; ``gives`` as in :meth:`read`."""
        return self.read(self.file_bytes(path, limit), path.name, gives)

    def file_bytes(self, path: Path, limit: int = MAX_WORK_BYTES) -> bytes:
        """What a file holds, at most ``limit`` bytes."""
        return files.read(path, limit)

    def check_target(self, path: Path) -> None:
        """Refuse a file that cannot be written, before any work is done for it."""
        files.check_target(path)

    def save(self, outputs: Mapping[Path, bytes]) -> None:
        """Write every file, or none."""
        files.write_all(outputs)

    def save_folder(self, folder: Path, contents: Mapping[str, bytes]) -> None:
        """Write a folder with these files, whole or not at all; one that stood there is replaced."""
        files.write_folder(folder, contents)

    def card(self, folder: Path) -> Card:
        """The card of a corpus folder."""
        return corpora.read_card(Path(folder, corpora.CARD))

    def card_file(self, fields: Mapping[str, Any]) -> tuple[str, bytes]:
        """The name and the bytes of the card with these fields; a licence of None is one that is still to be filled
        in."""

        def filled(said: Mapping[str, Any]) -> dict[str, Any]:
            return {**said, "licence": corpora.UNFILLED if said["licence"] is None else said["licence"]}

        raw = filled(fields) | {"sources": [filled(source) for source in fields["sources"]]}
        return corpora.CARD, corpora.card_text(corpora.card_of(raw)).encode()

    def read(self, data: bytes, name: str, gives: str | None = None) -> Any:
        """A file's bytes -> the work in it.

        ``name``: of the file, or a suffix alone; ``gives`` narrows the choice to readers of one kind of work.
        """
        entry = self.reader(name, gives)
        work = entry().read(data)
        if type(work).__name__ != entry.gives:
            raise FaultyEntry(
                "reader", entry.name, self.registry.plugin_of("reader", entry.name), type(work).__name__, entry.gives
            )
        READ.check(work, "be read")
        return work

    def reader(self, name: str, gives: str | None = None) -> Any:
        """What reads the format that the end of ``name`` says (the longest suffix); ``gives`` as in :meth:`read`."""
        entries = {name: entry for name, entry in self.all("reader").items() if gives in (None, entry.gives)}
        return _for_suffix("reader", entries, name, gives or "work")

    def gives(self, name: str) -> tuple[str, ...]:
        """The kinds of works that a file of this name may hold, by the longest suffix that a reader knows."""
        ends = [
            (s, entry.gives)
            for entry in self.all("reader").values()
            for s in entry.suffixes
            if name.lower().endswith(s)
        ]
        longest = max((len(suffix) for suffix, _gives in ends), default=0)
        return tuple(sorted({gives for suffix, gives in ends if len(suffix) == longest}))

    def render(self, work: Any, name: str, settings: Mapping[str, Any] | None = None) -> bytes:
        """A work -> the bytes of a file of the format that the end of ``name`` says: a file's name, or a suffix alone.

        ``settings`` are values of the renderer's options, which go before the conductor's own.
        """
        entry = self.renderer(name, type(work).__name__)
        entry.bounds.check(work, f"be written as {entry.name}")
        self.progress(0.0, f"writing {entry.name}")
        known = {option.name: option for option in entry.options}
        given = {**{key: value for key, value in self._settings.items() if key in known}, **(settings or {})}
        data = entry().render_with(work, self, {key: _setting(entry, known, key, given[key]) for key in given})
        if not isinstance(data, (bytes, bytearray)):
            raise FaultyEntry(
                "renderer", entry.name, self.registry.plugin_of("renderer", entry.name), type(data).__name__, "bytes"
            )
        return bytes(data)

    def show(self, work: Any) -> notebook.Shown:
        """A work as a notebook shows it: the page for the browser that its kind is rendered to. Where a notebook is
        running, scores and poems show themselves so, by the conductor made last."""
        return notebook.Shown(self.render(work, BROWSER).decode("utf-8"), getattr(work, "title", ""))

    def renderer(self, name: str, takes: str = "Score") -> Any:
        """What renders a kind of work to the format that the end of ``name`` says: a file's name, or a suffix alone."""
        entries = {key: entry for key, entry in self.all("renderer").items() if entry.takes == takes}
        return _for_suffix("renderer", entries, name, takes)


def read_style(folder: Path) -> Style:
    """The style in a folder that ``carmina finetune`` made; raises ``BadInput`` or ``BadOption``."""
    from .home import styles

    return styles.read_style(folder)


def _melody_brief(brief: SongBrief, lyrics: Lyrics) -> Brief:
    return Brief(
        lyrics,
        brief.style,
        brief.key,
        brief.mode,
        brief.metre,
        brief.tempo_bpm,
        brief.range,
        brief.chords,
        plan=brief.plan,
        seed=brief.seed,
        candidates=brief.candidates,
        temperature=brief.temperature,
        decoder=brief.decoder,
    )


def _for_suffix(kind: str, entries: Mapping[str, Any], name: str, work: str) -> Any:
    """The one entry with the longest suffix that the name ends in; with none, or with two, an error that says which."""
    ends = {
        s: [key for key, entry in entries.items() if s in entry.suffixes]
        for entry in entries.values()
        for s in entry.suffixes
        if name.lower().endswith(s)
    }
    if not ends:
        allowed = ", ".join(sorted({s for entry in entries.values() for s in entry.suffixes})) or "none"
        suffix = Path("-" + name).suffix.lower()
        named = repr(suffix) if suffix else "a name without a suffix"
        raise BadInput(f"no {kind} for {named}; a {work} can end in: {allowed}.")
    longest = max(ends, key=len)
    if len(ends[longest]) > 1:
        raise DuplicateEntry(f"{kind} of a {work}", longest, *ends[longest][:2])
    return entries[ends[longest][0]]


def _setting(entry: Any, known: Mapping[str, Any], name: str, value: Any) -> Any:
    """The value, if the entry has an option of this name that allows it."""
    if name not in known:
        raise BadOption(name, value, f"left out: {entry.name} has {', '.join(known) or 'no settings'}")
    option = known[name]
    return option.checked(value)
