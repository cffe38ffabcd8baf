"""Kinds of song."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

Manner = Mapping[str, Mapping[str, float]]
Patterns = Mapping[str, Mapping[str, Mapping[str, str]]]


@dataclass(frozen=True, slots=True)
class Style:
    """Defaults and conditioning for one kind of song. Data only; ``None`` lets the words decide."""

    name: str
    summary: str
    genre: str = "song"  # conditioning label of the melody models: art, hymn, carol, popular, song
    metres: tuple[str, ...] = ("4/4", "3/4", "6/8", "2/4")  # those that may be chosen
    mode: Literal["major", "minor"] | None = None
    tempo_bpm: tuple[float, float] = (84.0, 112.0)  # beats a minute, lowest and highest
    range: tuple[int, int] = (60, 76)  # lowest and highest MIDI pitch of the voice
    scale: tuple[int, ...] = ()  # pitch classes above the tonic that are preferred; empty: the whole mode
    scale_strength: float = 0.0  # nats taken from other pitches, 0..20
    program: int = 53  # General MIDI of the guide voice, 0..127
    melisma: float = 0.0  # nats added to melisma: above 0 more, below 0 fewer
    leap: float = 0.0  # nats taken from each leap beyond a fourth
    strophic: bool = True
    licence: str = "Apache-2.0"
    options: dict[str, object] = field(default_factory=dict)
    patterns: Patterns = field(default_factory=dict)  # of accompaniment: kind -> name -> part of a bar -> strokes
    models: Mapping[str, Path | str] = field(
        default_factory=dict
    )  # tokenizer's name -> a model file or an adapter's, of its own, or a mix of adapters as carmina.models spells it
    manner: Manner = field(
        default_factory=dict
    )  # what its tunes do more readily than tunes at large, nats, by table and token (docs/manners.md)
    locked: Path | None = None  # of a style under a passphrase: its file; the fields above are then yet unknown

    def model(self, task: str, asked: str | None = None, network: str | None = None) -> str | None:
        """The model to open: what was asked for, else the style's own, unless a kind of network was asked for."""
        own = None if network else self.models.get(task)
        return asked if asked or own is None else str(own)
