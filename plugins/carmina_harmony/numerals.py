"""What a chord is in its key: roman numerals with figures, applied dominants included."""

from __future__ import annotations

from carmina import Key

from .symbols import Tones, place_of

_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII")
_FIGURES = {3: ("", "6", "64"), 4: ("7", "65", "43", "42")}
_SCALES = {"major": (0, 2, 4, 5, 7, 9, 11), "minor": (0, 2, 3, 5, 7, 8, 10)}


def numeral(tones: Tones, key: Key) -> str:
    """``V65``, ``viio7/V``, ``bVI``; the figures tell the inversion."""
    degree = (tones.root - key.tonic) % 12
    applied = _applied(tones, degree, key)
    if applied:
        head, target = applied
        return f"{head}{_figures(tones)}/{target}"
    return _degree(degree, tones.above, key.mode) + _figures(tones)


def _degree(degree: int, above: tuple[int, ...], mode: str) -> str:
    """A degree's numeral: flat or sharp where it is not the scale's own, small where the third is minor."""
    place = place_of(degree, mode, sharp=above[:3] == (0, 3, 6))
    step = place * 4 % 7  # a fifth is four steps
    usual = next(p for p in (range(-1, 6) if mode == "major" else (0, 2, -3, -1, 1, -4, -2)) if p * 4 % 7 == step)
    sign = "#" * ((place - usual) // 7) if place > usual else "b" * ((usual - place) // 7)
    if mode == "minor" and degree == 11 and above[:3] == (0, 3, 6):
        sign = ""  # the leading-note chord of minor needs no sharp
    name = _ROMAN[step]
    return sign + (name.lower() if 3 in above and 4 not in above else name) + _mark(above)


def _mark(above: tuple[int, ...]) -> str:
    if above[:3] == (0, 3, 6):
        return "ø" if 10 in above else "o"
    return "+" if 8 in above and 7 not in above else ""


def _figures(tones: Tones) -> str:
    stack = [
        step
        for step in tones.above
        if step in (0, 3, 4, 5, 6, 7, 8, 10, 11) or step == 9 and tones.above[:3] == (0, 3, 6)
    ]
    if len(stack) not in _FIGURES or 5 in stack:
        return ""
    inversion = next((i for i, step in enumerate(stack) if (tones.root + step) % 12 == tones.bass), 0)
    return _FIGURES[len(stack)][inversion]


def _applied(tones: Tones, degree: int, key: Key) -> tuple[str, str] | None:
    """(head, target) of a dominant or leading-note chord of another degree, where the chord is not of the key."""
    scale = _SCALES[key.mode]
    own = set(scale) | ({11} if key.mode == "minor" else set())
    if all((degree + step) % 12 in own for step in tones.above):
        return None
    if 4 in tones.above and 7 in tones.above and 11 not in tones.above:
        target, head = (degree + 5) % 12, "V"
    elif tones.above[:3] == (0, 3, 6):
        target, head = (degree + 1) % 12, "viiø" if 10 in tones.above else "viio"
    else:
        return None
    if target not in scale or target == 0 or (target == 11 or key.mode == "minor" and target == 2):
        return None
    above = _triad_on(target, key.mode)
    return head, _degree(target, above, key.mode)


def _triad_on(degree: int, mode: str) -> tuple[int, ...]:
    scale = _SCALES[mode]
    at = scale.index(degree)
    return tuple(sorted((scale[(at + 2 * i) % 7] - degree) % 12 for i in range(3)))
