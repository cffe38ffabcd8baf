"""What every rule of the melody passes is made with."""

from __future__ import annotations

from carmina import Brief, Constraint, Style


class MelodyRule(Constraint):
    """A constraint made once a song, for its brief and its style."""

    def __init__(self, brief: Brief, style: Style):
        self.style = style
