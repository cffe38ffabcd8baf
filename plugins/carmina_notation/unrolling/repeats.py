"""The order in which printed bars are played: repeats, endings, and one pass for each verse."""

from __future__ import annotations

from collections.abc import Sequence

from carmina import BadInput

from ..common.bounds import MOST_PASSES
from ..common.printed import Printed

MOST_BARS = 20_000


def order(bars: Sequence[Printed], verses: Sequence[int]) -> list[tuple[int, int]]:
    """(index of the bar, which pass from 1) as played. ``verses``: the highest lyric number in each bar.

    A piece of several verses without any repeat sign is played once for each; a repeat sign that does not say how often
    is obeyed once, or once for each verse.
    """
    most = min(max(verses, default=1), MOST_PASSES)
    if most > 1 and not any(bar.closes for bar in bars):
        return [(index, turn) for turn in range(1, most + 1) for index in range(len(bars))]
    played: list[tuple[int, int]] = []
    at, start, turn = 0, 0, 1
    while at < len(bars):
        bar = bars[at]
        if bar.opens and at != start:
            start, turn = at, 1
        if bar.endings and turn not in bar.endings:
            at += 1
            continue
        played.append((at, turn))
        if len(played) > MOST_BARS:
            raise BadInput(f"the MusicXML file, repeats played, has more than {MOST_BARS:,} bars. Cut it.")
        if _goes_back(bar, turn, verses[start : at + 1]):
            at, turn = start, turn + 1
            continue
        ended = bar.endings and (at + 1 == len(bars) or not bars[at + 1].endings)
        at += 1
        if bar.closes or ended:
            start, turn = at, 1
    return played or [(index, 1) for index in range(len(bars))]  # nothing but a second ending


def _goes_back(bar: Printed, turn: int, verses: Sequence[int]) -> bool:
    if not bar.closes:
        return False
    if bar.endings:
        return turn < 64
    times = bar.closes if bar.said_times else max(2, min(max(verses), MOST_PASSES))
    return turn < times
