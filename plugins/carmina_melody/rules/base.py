"""What every rule of the melody passes is made with."""

from __future__ import annotations

from carmina import Constraint


class MelodyRule(Constraint):
    """A constraint of this package: it knows the pass itself, not only what ``carmina.MelodyState`` tells of it."""
