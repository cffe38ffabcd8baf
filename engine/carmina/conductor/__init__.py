"""Public page 3: the one module that knows all rooms. Words in, a song out, and every format on the way.

conductor = Conductor()
lyrics = conductor.lyrics("Blow the wind southerly, southerly, southerly")
score = conductor.compose(Brief(lyrics, seed=7))
Path("song.mid").write_bytes(conductor.render(score, "song.mid"))
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .. import lyrics as words
from .. import notebook, provenance
from ..contracts import Language, Style
from ..errors import BadInput
from ..registry import Registry
from ..works import ArrangeBrief, Brief, Lyrics, LyricSheet, Poem, Score, Song, SongBrief, SongPlan
from .access import Progress
from .formats import MAX_WORK_BYTES
from .modelling import Models, Report
from .record import Record

if TYPE_CHECKING:
    import click

__all__ = ["MAX_WORK_BYTES", "Conductor", "Progress", "Report", "at_work", "conductor_of", "considered", "read_style"]

TASTED, MOST_TASTED = 3, 20  # alternatives that are written for each that is to be preferred; of them at most


def considered(many: int) -> int:
    """How many alternatives to write for :meth:`Conductor.preferred` to choose ``many`` of."""
    return max(many, min(MOST_TASTED, TASTED * many))


class Conductor(Models):
    """Hands each room what it needs; the :class:`~carmina.Workshop` that writers see."""

    def __init__(
        self,
        registry: Registry | None = None,
        progress: Progress | None = None,
        settings: Mapping[str, Any] | None = None,
        told: Callable[[str], None] = lambda _: None,
        passphrase: Callable[[str], str] | None = None,
    ):
        """``registry``: the installed plugins unless given. ``progress``: told how much (0..1) of what is done.
        ``settings``: values of renderers' and readers' options by name; each is given those that it has.
        ``told``: hears one line on what the reader of a file could not keep.
        ``passphrase``: gives that of a locked style by its name; without it such a style is refused."""
        super().__init__(registry, progress, settings, told, passphrase)
        notebook.teach(self.show, (Score, Poem))

    # ---- what people ask for --------------------------------------------------------------------------------------

    def style(self, name: str) -> Style:
        """The style of a tune of this name; raises ``UnknownEntry``, and ``BadInput`` for a manner of verse."""
        if name not in self.all("style") and any(name in entry.manners() for entry in self.all("writer").values()):
            raise BadInput(
                f"{name} is a manner of verse, and a style of tunes is wanted: `carmina plugins` lists them, "
                "e.g. song, folk, hymn."
            )
        style: Style = self.get("style", name)
        return style

    def like(self, score: Score, named: str, base: str = "song") -> str:
        """The name of a style with a piece's manner and without its notes, on a style that is there; it is known to
        this conductor from now on."""
        brief = ArrangeBrief(score, base, options={"like": named})
        return self.adopt(self.writer("manner", brief).write(brief, self))

    def languages(self) -> Mapping[str, type[Language]]:
        """Every language by its ISO 639-1 code."""
        return self.all("language")

    def lyrics(self, sheet: LyricSheet | str, language: str = words.AUTO) -> Lyrics:
        """A sheet, or the text of one, as sung syllables; ``language`` is the main one."""
        if isinstance(sheet, str):
            sheet = self.sheet(sheet.encode("utf-8", "replace"))
        return words.sung(sheet, self.languages(), language)

    def language_of(self, text: str) -> str:
        """The code of the installed language that a text is in; raises ``BadInput`` where there is none."""
        return words.language_of(text, self.languages())

    def compose(self, brief: Brief, writer: str = "melody") -> Score:
        """A song to the brief's words. The same brief and model give the same song."""
        self.style(brief.style)  # an unknown name is refused before any work
        for kind, name in (("decoder", brief.decoder), ("network", brief.network)):
            if name is not None:
                self.get(kind, name)
        with self._alone(brief):
            score: Score = self.writer(writer, brief).write(brief, self)
            return replace(score, made=self._made())

    @contextmanager
    def _alone(self, brief: object) -> Iterator[None]:
        """A record of what one work uses, so that it says the same whatever was made before it; kept in that of the
        run."""
        run, self.record = self.record, Record(self.record.command, asks=self.record.asks)
        self.record.asked(brief)
        try:
            yield
        finally:
            run.models |= self.record.models
            run.digests |= self.record.digests
            run.asked(brief)
            self.record = run

    def _made(self) -> str:
        from .. import __version__

        return provenance.remark(self.record.steps(__version__))

    def plan(self, brief: Brief) -> SongPlan:
        """The plan that :meth:`compose` would follow for this brief."""
        self.style(brief.style)
        plan: SongPlan = self.get("writer", "plan")().write(brief, self)
        return plan

    def alternatives(self, brief: Brief, many: int) -> list[Score]:
        """So many songs to the same words that lie apart, the one of :meth:`compose` first."""
        if many == 1:
            return [self.compose(brief)]
        with self._alone(brief):
            scores = self.get("writer", "melody")().alternatives(brief, self, many)
            return [replace(score, made=self._made()) for score in scores]

    def preferred(self, works: Sequence[Any], many: int, of: Callable[[Any], Any] = lambda work: work) -> list[Any]:
        """The ``many`` of several works that suit the user's taste best, the best first (`carmina taste`).

        ``of`` gives the score or the poem in what is chosen from, where that is more than it.
        Raises ``BadInput`` where no taste is known for works of this kind.
        """
        evaluators = [entry for entry in self.all("evaluator").values() if entry.personal]
        tasted = [of(work) for work in works]
        judges = [entry(self) for entry in evaluators if tasted and entry.takes == type(tasted[0]).__name__]
        likings = [[f.value for judge in judges for f in judge.evaluate(one) if f.value is not None] for one in tasted]
        if not likings or not all(likings):
            raise BadInput(
                "--taste: nothing is known of your taste yet, or it is switched off. Keep some works first: "
                "carmina taste keep GOOD --over OTHER."
            )
        order = sorted(range(len(works)), key=lambda at: -sum(likings[at]))
        return [works[at] for at in order[:many]]

    def apart(self, scores: Sequence[Score]) -> list[float]:
        """For each of several songs to the same words, how far (0..1) it lies from the nearest other one."""
        distances: list[float] = self.get("writer", "melody")().apart(scores)
        return distances

    def remark(self, score: Score) -> str:
        """One line on how near a song's tune comes to those that its writer learnt from; "" where it does not say."""
        line: str = self.get("writer", "melody")().remark(score)
        return line

    def song(self, brief: SongBrief) -> Song:
        """Keywords -> verse -> words in sections -> melody -> accompaniment; what the brief gives is not written again.

        The writers are ``song-poem``, ``song-words``, ``melody`` and those that the brief names for harmony and
        accompaniment.
        """
        return self.songs(brief, 1)[0]

    def songs(self, brief: SongBrief, many: int) -> list[Song]:
        """So many songs to the same words, the one of :meth:`song` first; with a melody that is given there is one."""
        with self._alone(brief):
            done = self._songs(brief, many)
            made = self._made()
        return [
            replace(one, score=replace(one.score, made=made), melody=replace(one.melody, made=made)) for one in done
        ]

    def _songs(self, brief: SongBrief, many: int) -> list[Song]:
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


def conductor_of(context: click.Context) -> Conductor:
    """The conductor of a command: over the plugins of this run, with its settings, and told what it works for; over
    all that are installed where the command was not called through ``carmina``."""
    shell = context.find_root().obj
    found: Conductor = Conductor() if shell is None else shell.conductor()
    return found


@contextmanager
def at_work(context: click.Context, wanted: bool = True) -> Iterator[Conductor]:
    """As :func:`conductor_of`, with a progress bar where a person is looking and it is ``wanted``."""
    shell = context.find_root().obj
    if shell is None:
        yield conductor_of(context)
        return
    with shell.at_work(wanted) as conductor:
        yield conductor


def read_style(folder: Path) -> Style:
    """The style in a folder that ``carmina finetune`` made; raises ``BadInput`` or ``BadOption``."""
    from ..home import styles

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
