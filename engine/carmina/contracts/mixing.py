"""Styles mixed by shares: what is a number lies between theirs, what is not is the largest share's."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from .styles import Style

HEARD = 0.25  # least share from which a style adds a metre, or a part of its own
MIX = "mix:"  # begins a mix of adapters: "mix:", then lines of a share, a space and a path

Shared = Sequence[tuple[Style, float]]


def mixed(name: str, parts: Shared) -> Style:
    """One style of several, each with its share (above 0; they need not sum to 1).

    Numbers are weighted means, a missing one among ``options`` that of those who have it; metres and parts of an
    accompaniment are the largest share's, then what others of a quarter or more add; adapters are weighed and summed.
    """
    whole = sum(share for _style, share in parts)
    ordered = sorted(((style, share / whole) for style, share in parts), key=lambda part: -part[1])
    first = ordered[0][0]
    mode = first.mode if ordered[0][1] > 0.5 or len({style.mode for style, _ in ordered}) == 1 else None
    scaled = next((style for style, _ in ordered if style.scale), None)
    return replace(
        first,
        name=name,
        summary="; ".join(f"{share:.0%} {style.name}" for style, share in ordered),
        metres=_metres(ordered),
        mode=mode,
        tempo_bpm=(_mean(ordered, lambda s: s.tempo_bpm[0]), _mean(ordered, lambda s: s.tempo_bpm[1])),
        range=(round(_mean(ordered, lambda s: s.range[0])), round(_mean(ordered, lambda s: s.range[1]))),
        scale=scaled.scale if scaled else (),
        scale_strength=_mean(ordered, lambda s: s.scale_strength if scaled and s.scale == scaled.scale else 0.0),
        melisma=_mean(ordered, lambda s: s.melisma),
        leap=_mean(ordered, lambda s: s.leap),
        strophic=_mean(ordered, lambda s: float(s.strophic)) >= 0.5,
        licence=" AND ".join(dict.fromkeys(style.licence for style, _ in ordered)),
        options={
            **_options([(style.options, share) for style, share in ordered]),
            "mix": {style.name: share for style, share in ordered},
        },
        patterns={kind: table for style, _ in reversed(ordered) for kind, table in style.patterns.items()},
        models=_models(ordered),
        manner=_manner(ordered),
    )


def _mean(parts: Shared, of: Callable[[Style], float]) -> float:
    return sum(share * of(style) for style, share in parts)


def _metres(parts: Shared) -> tuple[str, ...]:
    first = parts[0][0].metres
    others = (metre for style, share in parts[1:] if share >= HEARD for metre in style.metres)
    return tuple(dict.fromkeys((*first, *others)))


def _options(parts: Sequence[tuple[Mapping[str, Any], float]]) -> dict[str, Any]:
    names = dict.fromkeys(name for options, _share in parts for name in options)
    return {name: _option([(options[name], share) for options, share in parts if name in options]) for name in names}


def _option(values: Sequence[tuple[Any, float]]) -> Any:
    first = values[0][0]
    if all(isinstance(value, (int, float)) and not isinstance(value, bool) for value, _ in values):
        mean = sum(value * share for value, share in values) / sum(share for _, share in values)
        return round(mean) if all(isinstance(value, int) for value, _ in values) else mean
    if all(isinstance(value, Mapping) for value, _ in values):
        return _options(values)
    if all(isinstance(value, (tuple, list)) and all(isinstance(v, Mapping) for v in value) for value, _ in values):
        return _listed(values)
    return first


def _listed(values: Sequence[tuple[Sequence[Mapping[str, Any]], float]]) -> tuple[Mapping[str, Any], ...]:
    """Tables in a row, e.g. players: the first style's, then those whose first entry is none of theirs."""
    found = list(values[0][0])
    for tables, share in values[1:]:
        known = {next(iter(table.values()), None) for table in found}
        found += [t for t in tables if share >= HEARD and next(iter(t.values()), None) not in known]
    return tuple(found)


def _manner(parts: Shared) -> dict[str, dict[str, float]]:
    """What one style says nothing of it does as tunes at large: 0 nats."""
    found: dict[str, dict[str, float]] = {}
    for style, share in parts:
        for table, entries in style.manner.items():
            own = found.setdefault(table, {})
            for token, nats in entries.items():
                own[token] = own.get(token, 0.0) + share * nats
    return found


def _models(parts: Shared) -> dict[str, Path | str]:
    tasks = dict.fromkeys(task for style, _share in parts for task in style.models)
    lines = {t: [f"{share:g} {style.models[t]}" for style, share in parts if t in style.models] for t in tasks}
    return {task: MIX + "\n".join(own) for task, own in lines.items()}
