"""A style as a folder: ``style.toml`` with the fields of a :class:`~carmina.Style`, and model files beside it.

The same folder serves under ``$CARMINA_HOME/styles``, and inside a package (``home.package``).
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

from .. import files, schema
from ..contracts import Style
from ..errors import BadOption
from ..schema import Meta, OneLine

CARD = "style.toml"
MAX_BYTES = 64 * 2**10
NAME = re.compile(r"[a-z0-9]+([-_][a-z0-9]+)*")
_FIELDS = [field.name for field in dataclasses.fields(Style)]

Name = Annotated[
    str, Meta(max_length=200, pattern=rf"\A{NAME.pattern}\Z", description="lower-case letters, digits and hyphens")
]
Tempo = Annotated[float, Meta(ge=20, le=300)]
Pitch = Annotated[int, Meta(ge=0, le=127)]
Nats = Annotated[float, Meta(ge=0, le=20)]
MetreName = Annotated[str, Meta(pattern=r"\A[0-9]{1,2}/[0-9]{1,2}\Z", description='a metre such as "3/4"')]
ModelFile = Annotated[
    str,
    Meta(
        max_length=200,
        pattern=r"\A[^/\\\x00-\x1f]+\.safetensors\Z",
        description="names of .safetensors files beside style.toml",
    ),
]
Tempi = Annotated[tuple[Tempo, Tempo], Meta(description="two numbers, the lower first, from 20 to 300")]
Pitches = Annotated[tuple[Pitch, Pitch], Meta(description="two whole numbers, the lower first, from 0 to 127")]
Metres = Annotated[
    tuple[MetreName, ...], Meta(min_length=1, max_length=50, description='a list of metres such as ["4/4", "3/4"]')
]
Scale = Annotated[
    tuple[Annotated[int, Meta(ge=0, le=11, description="pitch classes above the tonic, 0 to 11")], ...],
    Meta(max_length=12, description="a list of pitch classes above the tonic, 0 to 11"),
]


@dataclasses.dataclass(frozen=True, slots=True)
class Card:
    """What ``style.toml`` may say: the fields of a :class:`~carmina.Style` with their bounds, and how its models were
    made."""

    name: Name
    summary: OneLine = "a style of your own"
    genre: OneLine = "song"
    metres: Metres = ("4/4", "3/4", "6/8", "2/4")
    mode: Literal["major", "minor"] | None = None
    tempo_bpm: Tempi = (84.0, 112.0)
    range: Pitches = (60, 76)
    scale: Scale = ()
    scale_strength: Nats = 0.0
    program: Pitch = 53
    melisma: Annotated[float, Meta(ge=-20, le=20)] = 0.0
    leap: Nats = 0.0
    strophic: bool = True
    licence: OneLine = "Apache-2.0"
    options: dict[str, Any] = dataclasses.field(default_factory=dict)
    patterns: Annotated[dict[str, dict[str, dict[str, OneLine]]], Meta(max_length=20)] = dataclasses.field(
        default_factory=dict
    )
    models: dict[str, ModelFile] = dataclasses.field(default_factory=dict)
    made: dict[str, dict[str, Any]] = dataclasses.field(default_factory=dict)


def check_name(name: str, option: str = "--style") -> None:
    """A style's name is also a folder's and a package's."""
    if not NAME.fullmatch(name) or len(name) > 40:
        raise BadOption(option, name, "lower-case letters, digits and hyphens, at most 40 in all, e.g. my-songs")


def read_style(folder: Path) -> Style:
    """The style in a folder; raises ``BadInput`` or ``BadOption``."""
    return style_of(_raw(folder), Path(folder))


def _raw(folder: Path) -> dict[str, Any]:
    path = Path(folder, CARD)
    return schema.toml(files.read(path, what="the style"), f"the style {path}", MAX_BYTES)


def style_of(raw: Mapping[str, Any], folder: Path) -> Style:
    """A style from plain data; model files are named as they lie in ``folder``."""
    card = schema.fitted(schema.plain(raw, "the style"), Card, "style")
    for name, pair in (("tempo_bpm", card.tempo_bpm), ("range", card.range)):
        if pair[0] > pair[1]:
            raise BadOption(name, list(pair), "two numbers, the lower first")
    values = {field.name: getattr(card, field.name) for field in dataclasses.fields(Card) if field.name != "made"}
    return Style(**{**values, "models": {task: folder / file for task, file in card.models.items()}})


def style_text(style: Style, made: Mapping[str, Mapping[str, Any]]) -> str:
    """The card. ``made`` says by task how each model came to be; values are plain."""
    raw = {name: getattr(style, name) for name in _FIELDS if getattr(style, name) not in (None, (), {})}
    raw["models"] = {task: Path(file).name for task, file in style.models.items()}
    return schema.toml_text({**raw, "made": made})


def write_style(folder: Path, style: Style, made: Mapping[str, Mapping[str, Any]]) -> None:
    """Write the card, whole or not at all; ``made`` as in :func:`style_text`."""
    files.write_all({folder / CARD: style_text(style, made).encode()})


def read_made(folder: Path) -> dict[str, dict[str, Any]]:
    """How each model of a style came to be, by task."""
    return schema.fitted(_raw(folder), Card, "style").made
