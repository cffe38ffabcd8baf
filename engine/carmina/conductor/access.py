"""The installed entries, and whoever is told of progress: what all parts of the conductor stand on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from .. import files, spelling
from ..contracts import Style, Writer, mixed
from ..errors import BadInput
from ..places import home
from ..registry import Registry
from .record import Record

Progress = Callable[[float, str], None]


class Access:
    """Entries by kind and name."""

    def __init__(
        self,
        registry: Registry | None = None,
        progress: Progress | None = None,
        settings: Mapping[str, Any] | None = None,
        told: Callable[[str], None] = lambda _: None,
        passphrase: Callable[[str], str] | None = None,
    ):
        """As :class:`~carmina.Conductor`."""
        self.registry = Registry() if registry is None else registry
        self._progress = progress
        self._settings = dict(settings or {})
        self._told = told
        self._passphrase = passphrase
        self._held: dict[Path, bytes] = {}  # files of locked styles that were opened: in memory alone
        self._styles: dict[str, Style] = {}  # that are known here alone
        self.record = Record()  # of what is used, for the line on its making in every file

    def get(self, kind: str, name: str) -> Any:
        """The entry of this kind and name; raises ``UnknownEntry``. A style may be a mix: ``folk:0.7,pop:0.3``."""
        if kind == "style":
            if name in self._styles:
                return self._styles[name]
            shares = spelling.style_mix(name)
            if shares is not None:
                return mixed(name, [(self.get("style", part), share) for part, share in shares.items()])
        found = self.registry.get(kind, name)
        return self._unlocked(found) if kind == "style" and found.locked is not None else found

    def _unlocked(self, style: Style) -> Style:
        """A locked style, opened in memory with its passphrase; once for each conductor."""
        from ..home.locking import opened_style

        if self._passphrase is None:
            raise BadInput(
                f"the style {style.name!r} is locked by a passphrase, which only the command line asks for. Use "
                f"another style, or unlock it on its own machine: carmina style unlock {style.name}."
            )
        opened, held = opened_style(style, self._passphrase(style.name))
        self._held.update(held)
        self.adopt(opened)
        return opened

    def held(self, path: Path) -> bytes | None:
        """What is in a file of an opened locked style, which stands nowhere readable; None for other files."""
        return self._held.get(path)

    def all(self, kind: str) -> Mapping[str, Any]:
        """Every entry of this kind by name."""
        found = self.registry.all(kind)
        return {**found, **self._styles} if kind == "style" and self._styles else found

    def adopt(self, style: Style) -> str:
        """Know this style from now on, as if a plugin offered it; its name."""
        self._styles[style.name] = style
        return style.name

    def progress(self, done: float, what: str) -> None:
        """Report that ``done`` (0..1) of the work is done."""
        if self._progress is not None:
            self._progress(min(max(done, 0.0), 1.0), what)

    def writer(self, name: str, brief: Any) -> Writer:
        """The writer of this name, made for a brief whose score is within its bounds; else ``BadInput``, before any
        work."""
        entry = self.get("writer", name)
        entry.bounds.check(getattr(brief, "score", None), f"be worked on by {name}")
        self.record.asked(brief)
        writer: Writer = entry()
        return writer

    def used(self, name: str, licence: str = "") -> None:
        """A model had a part in what is made that was opened by other means than :meth:`model`: files say so."""
        self.record.models[name] = (name, licence)

    def own_folder(self, name: str) -> Path:
        """Where a plugin may keep what is the user's own and stays on their machine: a folder of this name in
        ``$CARMINA_HOME``; it need not be there yet."""
        return home() / Path(name).name

    def save(self, outputs: Mapping[Path, bytes]) -> None:
        """Write every file, or none."""
        files.write_all(outputs)
