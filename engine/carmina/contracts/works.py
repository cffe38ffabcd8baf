"""Writers, readers and renderers, and the workshop that they are handed."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar, Protocol

from ..provenance import readable
from ..works import LyricSheet
from .bounds import Bounds
from .entries import PluginEntry

if TYPE_CHECKING:
    from pathlib import Path

    from .sequences import Decoder, Hypothesis, Runner

TEXT_COMMENT = "# "  # of formats that are text for people
SEED_STEP = 7919  # between the seeds of alternatives


class Workshop(Protocol):
    """What the conductor hands to a writer: the other entries by name, and a place to report progress."""

    def get(self, kind: str, name: str) -> Any:
        """The entry of this kind and name; raises ``UnknownEntry``."""

    def all(self, kind: str) -> Mapping[str, Any]:
        """Every entry of this kind by name."""

    def own_folder(self, name: str) -> Path:
        """Where a plugin may keep what is the user's own: a folder of this name in ``$CARMINA_HOME``."""

    def save(self, outputs: Mapping[Path, bytes]) -> None:
        """Write every file, or none."""

    def progress(self, done: float, what: str) -> None:
        """Report that ``done`` (0..1) of the work is done."""

    def writer(self, name: str, brief: Any) -> Writer:
        """The writer of this name, made for a brief whose score is within its bounds; else ``BadInput``."""

    def model(self, name: str | None, task: str, network: str | None) -> Any:
        """The opened :class:`carmina.models.Model` for a task: shipped (``None``), by name, or by path."""

    def held(self, path: Path) -> bytes | None:
        """What is in a file of a locked style that was opened, which stands nowhere readable; None for others."""

    def used(self, name: str, licence: str = "") -> None:
        """Say that a model had a part in what is made which was opened by other means than :meth:`model`; ``name``
        tells no one where it lies."""

    def generate(
        self,
        runner: Runner,
        hypotheses: Sequence[Hypothesis],
        decoder: Decoder,
        seeds: Sequence[int | Sequence[int]],
        temperature: float,
    ) -> list[tuple[Hypothesis, float]]:
        """Walk every candidate to its end; each with its summed log-probability (nats), in the order given."""

    def sheet(self, data: bytes, suffix: str = ".txt") -> LyricSheet:
        """Words as people have them -> stanzas, lines and words."""

    def render(self, work: Any, name: str, settings: Mapping[str, Any] | None = None) -> bytes:
        """A work -> bytes of the format that the end of ``name`` says; ``settings`` are values of its renderer's
        options."""


class Writer(PluginEntry):
    """One work -> another. ``takes`` and ``gives`` name value classes, e.g. Lyrics -> Score."""

    takes: ClassVar[str]
    gives: ClassVar[str]
    bounds: ClassVar[Bounds] = Bounds()  # of the score that it is given; the conductor refuses larger ones
    tasks: ClassVar[tuple[str, ...]] = ()  # what constraints may steer in it, e.g. "melody.pitch"
    language: ClassVar[str] = ""  # of verse: ISO 639-1 code of the one language that it writes; else empty
    usual_form: ClassVar[str] = ""  # of verse: the form that it writes unless another is asked for

    @classmethod
    def manners(cls) -> tuple[str, ...]:
        """Of verse: the periods and poets that ``VerseBrief.style`` may name; else none."""
        return ()

    @abstractmethod
    def write(self, brief: Any, workshop: Workshop) -> Any:
        """The finished work, of a brief of the class that ``takes`` names. Same brief, same model: same work."""

    def alternatives(self, brief: Any, workshop: Workshop, many: int) -> list[Any]:
        """So many works for one brief, that of :meth:`write` first; a writer that can choose those that lie apart
        overrides it."""
        seeds = [(brief.seed + number * SEED_STEP) % 2**32 for number in range(many)]
        return [self.write(replace(brief, seed=seed), workshop) for seed in seeds]

    def apart(self, works: Sequence[Any]) -> list[float]:
        """For each of several works, its distance (0..1) to the nearest other one; 1 of a single one."""
        return [float(all(one != other for j, other in enumerate(works) if j != i)) for i, one in enumerate(works)]

    def remark(self, work: Any) -> str:
        """One line for a person on what was written, e.g. how near it comes to what was learnt from; "" where there
        is none."""
        return ""


class Reader(PluginEntry):
    """Bytes of a format -> work."""

    suffixes: ClassVar[tuple[str, ...]]  # lower case, with the dot
    gives: ClassVar[str]  # "Score", "LyricSheet", ...

    @abstractmethod
    def read(self, data: bytes) -> Any:
        """The work; raises ``BadInput`` with one clear line."""

    def read_with(self, data: bytes, settings: Mapping[str, Any]) -> Any:
        """Override it to use values of ``options``, which stand in ``settings`` by name where they were given."""
        return self.read(data)

    def read_among(self, data: bytes, workshop: Workshop, settings: Mapping[str, Any]) -> Any:
        """What the conductor calls. Override it to ask other readers first: a poem is cleaned as a lyric sheet is."""
        return self.read_with(data, settings)

    def parts(self, data: bytes) -> Sequence[bytes]:
        """A file of several works (a tune book) -> files of one each. Most formats hold one; ``read`` gives the
        first."""
        return [data]


class Renderer(PluginEntry):
    """Work -> bytes of a format."""

    suffixes: ClassVar[tuple[str, ...]]  # lower case, with the dot; ".sung.wav" goes before ".wav"
    takes: ClassVar[str] = "Score"
    bounds: ClassVar[Bounds] = Bounds()  # of the work; the conductor refuses larger ones
    on_page: ClassVar[str] = (
        ""  # of a song's page for the browser: "download" (a link), "text", "picture"; else not there
    )

    losses: tuple[
        str, ...
    ] = ()  # what the last work could not be written as it is, which the conductor tells: "3 notes"
    comment: ClassVar[tuple[str, str]] = ("", "")  # of a text format: what opens and closes a line that is no part of
    # the work, e.g. ("% ", ""); with it, files of the format say how they were made

    @abstractmethod
    def render(self, work: Any) -> bytes:
        """The file's bytes: the same work always gives the same bytes."""

    def remarked(self, data: bytes, remark: str) -> bytes:
        """The file with a line on its making (ASCII) where the format has a place for it; as it is where there is none.

        Here: as a ``comment``, below the declaration of XML or HTML, else below all. Formats that are no text override
        it. Who reads the file must get the same work with the line and without.
        """
        opening, closing = self.comment
        if not opening:
            return data
        line = f"{opening}{readable(remark) if opening == TEXT_COMMENT else remark}{closing}\n".encode(
            "utf-8", "replace"
        )
        if not data.startswith((b"<?xml", b"<!DOCTYPE")):
            return data.rstrip(b"\n") + b"\n" + line
        head, end, rest = data.partition(b">\n")
        return head + end + line + rest if end else data

    def render_with(self, work: Any, workshop: Workshop, settings: Mapping[str, Any]) -> bytes:
        """What the conductor calls. Override it to use other entries, or values of ``options``, which stand in
        ``settings`` by name where they were given."""
        return self.render(work)
