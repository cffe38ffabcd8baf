"""Files: which reader or renderer a name asks for, and how works go in and out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from .. import corpora, files, notebook, provenance
from ..contracts import Bounds
from ..corpora import Card
from ..errors import BadInput, BadOption, DuplicateEntry, FaultyEntry, shown
from ..places import remarks_wanted
from ..works import LyricSheet
from .access import Access

BROWSER = ".html"
READ = Bounds()  # of a work that comes from a file
MAX_WORK_BYTES = 16_000_000  # of a file that is opened
MOST_LOSSES = 12  # kinds of things that one line names


class Formats(Access):
    """The conductor's part that reads and writes files of every format."""

    def sheet(self, data: bytes, suffix: str = ".txt") -> LyricSheet:
        """Lyrics as people have them -> stanzas, lines and words."""
        sheet: LyricSheet = self.read(data, suffix, gives="LyricSheet")
        return sheet

    def open(self, path: Path, gives: str | None = None, limit: int = MAX_WORK_BYTES) -> Any:
        """The work in a file of at most ``limit`` bytes; ``gives`` as in :meth:`read`. What its reader could not keep
        is told in one line."""
        data = self.file_bytes(path, limit)
        work = self.read(data, path.name, gives)
        self.tell_losses(work, path.name)
        if not isinstance(work, LyricSheet):
            self.record.opened(provenance.steps_of(data))
        return work

    def tell_losses(self, work: Any, name: str) -> None:
        """One line on what the reader of a work could not keep, if anything."""
        self._tell(f"not kept of {name}", getattr(work, "losses", ()))

    def _tell(self, what: str, losses: Sequence[str]) -> None:
        if losses:
            more = f", and {len(losses) - MOST_LOSSES} things more" if len(losses) > MOST_LOSSES else ""
            self._told(f"note: {what}: {', '.join(losses[:MOST_LOSSES])}{more}.")

    def file_bytes(self, path: Path, limit: int = MAX_WORK_BYTES) -> bytes:
        """What a file holds, at most ``limit`` bytes."""
        return files.read(path, limit)

    def check_target(self, path: Path, *sources: Path) -> None:
        """Refuse a file that cannot be written, or that is one of the ``sources``, before any work is done for it."""
        files.check_target(path, *sources)

    def save_folder(self, folder: Path, contents: Mapping[str, bytes]) -> None:
        """Write a folder with these files, whole or not at all; one that stood there is replaced."""
        files.write_folder(folder, contents)

    def card(self, folder: Path) -> Card:
        """The card of a corpus folder; raises ``BadInput`` where there is none."""
        if not Path(folder).is_dir():
            raise BadInput(
                f"there is no corpus folder {str(folder)!r}. 'carmina corpus import FOLDER -o NAME' makes one."
            )
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
        work = entry().read_among(data, self, self._own_settings(entry))
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

        A file is told how it was made, in one line (``carmina.provenance``), unless its user wants none; the bytes for
        a suffix alone, to be shown or to be part of another file, are not. ``settings`` are values of the renderer's
        options, which go before the conductor's own.
        """
        entry = self.renderer(name, type(work).__name__)
        entry.bounds.check(work, f"be written as {entry.name}")
        self.progress(0.0, f"writing {entry.name}")
        renderer = entry()
        data = bare = self._bytes_of(entry, renderer.render_with(work, self, self._own_settings(entry, settings)))
        if not name.startswith(".") and remarks_wanted():
            data = provenance.with_sum(
                lambda line: self._bytes_of(entry, renderer.remarked(bare, line)), self.made_with(work)
            )
        self._tell(f"not as it was in {entry.name}", renderer.losses)
        return data

    def _bytes_of(self, entry: Any, data: Any) -> bytes:
        """What a renderer gave; raises ``FaultyEntry`` for all but bytes."""
        if isinstance(data, (bytes, bytearray)):
            return bytes(data)
        raise FaultyEntry(
            "renderer", entry.name, self.registry.plugin_of("renderer", entry.name), type(data).__name__, "bytes"
        )

    def made_with(self, work: Any) -> str:
        """The line on how a work was made: what this conductor knows of the run of a command; else what the work
        knows."""
        from .. import __version__

        if not self.record.command:
            return getattr(work, "made", "") or provenance.remark([provenance.Step(__version__)])
        return provenance.remark(self.record.steps(__version__))

    def renderer(self, name: str, takes: str = "Score") -> Any:
        """What renders a kind of work to the format that the end of ``name`` says: a file's name, or a suffix alone."""
        entries = {key: entry for key, entry in self.all("renderer").items() if entry.takes == takes}
        return _for_suffix("renderer", entries, name, takes)

    def setting(self, name: str, otherwise: Any = None) -> Any:
        """The value that was given for an option of readers or renderers, for what reads a file by itself."""
        return self._settings.get(name, otherwise)

    def _own_settings(self, entry: Any, more: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """The conductor's settings that an entry has, and ``more``, checked."""
        known = {option.name: option for option in entry.options}
        given = {**{key: value for key, value in self._settings.items() if key in known}, **(more or {})}
        return {key: _setting(entry, known, key, given[key]) for key in given}

    def show(self, work: Any) -> notebook.Shown:
        """A work as a notebook shows it: the page for the browser that its kind is rendered to. Where a notebook is
        running, scores and poems show themselves so, by the conductor made last."""
        return notebook.Shown(self.render(work, BROWSER).decode("utf-8"), getattr(work, "title", ""))


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
        whose = "" if name.startswith(".") or name == suffix else f"{shown(name)}: "
        raise BadInput(f"{whose}no {kind} for {named}; a {work} can end in: {allowed}.")
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
