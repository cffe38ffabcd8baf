"""A workshop in which one entry more is known."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .styles import Style
from .words import Form


class WithEntry:
    """A workshop in which one more entry is known, for whoever works with one that no plugin offers."""

    def __init__(self, workshop: Any, kind: str, entry: Any):
        self._workshop, self._kind, self._entry = workshop, kind, entry

    def __getattr__(self, name: str) -> Any:
        return getattr(self._workshop, name)

    def all(self, kind: str) -> Mapping[str, Any]:
        """As the workshop's, with the entry among those of its kind."""
        found: Mapping[str, Any] = self._workshop.all(kind)
        return {**found, self._entry.name: self._entry} if kind == self._kind else found

    def get(self, kind: str, name: str) -> Any:
        """As the workshop's; the entry by its name."""
        return self._entry if (kind, name) == (self._kind, self._entry.name) else self._workshop.get(kind, name)


class WithForm(WithEntry):
    """A workshop in which one more form is known."""

    def __init__(self, workshop: Any, form: Form):
        super().__init__(workshop, "form", form)


class WithStyle(WithEntry):
    """A workshop in which one more style is known."""

    def __init__(self, workshop: Any, style: Style):
        super().__init__(workshop, "style", style)
