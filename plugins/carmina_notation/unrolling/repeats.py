"""The order in which printed bars are played: repeats, endings, jumps, and one pass for each verse."""

from __future__ import annotations

from collections.abc import Sequence

from carmina import BadInput

from ..common.bounds import MOST_PASSES
from ..common.printed import Printed

MOST_BARS = 20_000


def order(bars: Sequence[Printed], verses: Sequence[int], lines: Sequence[set[int]] = ()) -> list[tuple[int, int]]:
    """(index of the bar, which line of words from 1) as played. ``verses``: the last verse printed under each bar, from
    1; ``lines``: the numbers of all that are printed there.

    A piece of several verses without any repeat sign or jump is played once for each; a repeat sign that does not say
    how often is obeyed once, or once for each verse. After a jump (D.C., D.S.) repeats are not played again, of endings
    the last is, and the road ends at Fine or leaves for the coda. Where what is never repeated bears several lines, as
    in chorales of two stanzas, each stanza takes the whole road: its part of the lines under a repeat, its own
    elsewhere.
    """
    most = min(max(verses, default=1), MOST_PASSES)
    if most > 1 and not goes_back_somewhere(bars):
        return [(index, turn) for turn in range(1, most + 1) for index in range(len(bars))]
    played = _Way(bars, verses).played() or [(index, 1) for index in range(len(bars))]  # nothing but a second ending
    stanzas = 1 if any(bar.road.jump for bar in bars) else _stanzas(bars, played, lines)
    return played if stanzas < 2 else _in_stanzas(bars, verses, lines, stanzas)


def _passes(bars: Sequence[Printed], played: Sequence[tuple[int, int]]) -> list[int]:
    """How often each bar is played; one under an ending, as often as what it ends."""
    found = [0] * len(bars)
    for index, turn in played:
        found[index] = max(found[index], turn)
    for index in range(1, len(bars)):
        if bars[index].endings:
            found[index] = max(found[index], found[index - 1])
    return found


def _stretches(passes: Sequence[int]) -> list[range]:
    """Bars in a row that are played equally often."""
    edges = [n for n in range(len(passes)) if n == 0 or passes[n] != passes[n - 1]]
    return [range(a, b) for a, b in zip(edges, [*edges[1:], len(passes)], strict=True)]


def _stanzas(bars: Sequence[Printed], played: Sequence[tuple[int, int]], lines: Sequence[set[int]]) -> int:
    """How many lines stand under what is never repeated, those apart that hardly any bar has."""
    most = 1
    passes = _passes(bars, played)
    for stretch in _stretches(passes) if lines else ():
        worded = [lines[n] for n in stretch if lines[n]]
        if passes[stretch[0]] == 1 and worded:
            numbers = set().union(*worded)
            most = max(most, sum(2 * sum(n in bar for bar in worded) >= len(worded) for n in numbers))
    return min(most, MOST_PASSES)


def _in_stanzas(
    bars: Sequence[Printed], verses: Sequence[int], lines: Sequence[set[int]], stanzas: int
) -> list[tuple[int, int]]:
    each = [-(-verse // stanzas) for verse in verses]  # what one stanza has of the lines under a repeat
    played = _Way(bars, each).played()
    passes = _passes(bars, played)
    printed = [0] * len(bars)
    for stretch in _stretches(passes):
        for index in stretch:
            printed[index] = len(set().union(*(lines[n] for n in stretch)))
    found = []
    for stanza in range(stanzas):
        for index, turn in played:
            own = printed[index] > passes[index] > 1
            found.append((index, stanza * passes[index] + turn if own else stanza + 1))
    if len(found) > MOST_BARS:
        raise BadInput(f"the file, repeats played, has more than {MOST_BARS:,} bars. Cut it.")
    return found


def goes_back_somewhere(bars: Sequence[Printed]) -> bool:
    """Whether any sign says that something is played again."""
    return any(bar.closes or bar.road.jump for bar in bars)


class _Way:
    """Walks the bars once."""

    def __init__(self, bars: Sequence[Printed], verses: Sequence[int]):
        self.bars, self.verses = bars, verses
        codas = [at for at, bar in enumerate(bars) if bar.road.coda]
        leaves = [at for at, bar in enumerate(bars) if bar.road.to_coda]
        if not leaves and len(codas) > 1:
            leaves, codas = codas[:1], codas[1:]
        self.leaves, self.coda = set(leaves), next((at for at in codas if at > max(leaves, default=-1)), None)
        self.segni = [at for at, bar in enumerate(bars) if bar.road.segno]
        self.last_endings = self._last_endings()

    def _last_endings(self) -> dict[int, bool]:
        """For each bar under an ending, whether it is the last ending of its group."""
        found: dict[int, bool] = {}
        group: list[int] = []
        for at in range(len(self.bars) + 1):
            if at < len(self.bars) and self.bars[at].endings:
                group.append(at)
            elif group:
                highest = max(max(self.bars[n].endings or ()) for n in group)
                found |= {n: highest in (self.bars[n].endings or ()) for n in group}
                group = []
        return found

    def played(self) -> list[tuple[int, int]]:
        found: list[tuple[int, int]] = []
        times: dict[int, int] = {}
        at, start, turn, jumped = 0, 0, 1, False
        while at < len(self.bars):
            bar = self.bars[at]
            if bar.opens and at != start:
                start, turn = at, 1
            if bar.endings and not (self.last_endings[at] if jumped else turn in bar.endings):
                at += 1
                continue
            times[at] = times.get(at, 0) + 1
            found.append((at, times[at] if jumped else turn))
            if len(found) > MOST_BARS:
                raise BadInput(f"the file, repeats played, has more than {MOST_BARS:,} bars. Cut it.")
            if jumped:
                if bar.road.fine:
                    break
                at = self.coda if at in self.leaves and self.coda is not None else at + 1
                continue
            if _goes_back(bar, turn, self.verses[start : at + 1]):
                at, turn = start, turn + 1
                continue
            if bar.road.jump:
                at, jumped = self._target(bar.road.jump, at), True
                continue
            ended = bar.endings and (at + 1 == len(self.bars) or not self.bars[at + 1].endings)
            at += 1
            if bar.closes or ended:
                start, turn = at, 1
        return found

    def _target(self, jump: str, at: int) -> int:
        before = [segno for segno in self.segni if segno <= at]
        return before[-1] if jump == "segno" and before else 0


def _goes_back(bar: Printed, turn: int, verses: Sequence[int]) -> bool:
    if not bar.closes:
        return False
    if bar.endings:
        return turn < 64
    times = bar.closes if bar.said_times else max(2, min(max(verses), MOST_PASSES))
    return turn < times
