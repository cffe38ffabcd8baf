"""The tune over its words, a picture a line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from carmina import TICKS_PER_QUARTER

from ..lint.sheet import Problem, Sheet
from ..stress import stressed
from ..tonality import keys_at
from . import svg

QUARTER_WIDTH = 56.0  # pixels of a quarter, where the line fits the page
WIDEST = 1000.0
SEMITONE = 6.0
LEFT, TOP, TEXT_ROOM = 34.0, 16.0, 48.0
LETTER = 7.2  # width of a letter of the words, pixels
MOST_LINES = 80  # of a song that are drawn
NOTES = 40  # to a line of a song without words
NAMES = ("C", "C♯", "D", "E♭", "E", "F", "F♯", "G", "A♭", "A", "B♭", "B")
KINDS = {1: "stressed", 0: "unstressed", -1: "plain"}


def contours(sheet: Sheet, problems: Mapping[int, list[Problem]]) -> Iterator[str]:
    """One picture for each line; ``problems`` by note are dots that say their reason."""
    spans = list(_lines(sheet))
    for first, last in spans[:MOST_LINES]:
        yield _picture(sheet, range(first, last + 1), problems)


def _lines(sheet: Sheet) -> Iterator[tuple[int, int]]:
    """First and last note of every line; notes before the first word go with it."""
    view = sheet.view
    if not view.syllables:
        yield from ((at, min(at + NOTES, len(view.pitch)) - 1) for at in range(0, len(view.pitch), NOTES))
        return
    heads = [sheet.head(i) for i in range(1, view.syllables) if view.line[i] != view.line[i - 1]]
    starts = [0, *heads]
    yield from zip(starts, [*(head - 1 for head in heads), len(view.pitch) - 1], strict=True)


def _picture(sheet: Sheet, notes: range, problems: Mapping[int, list[Problem]]) -> str:
    view = sheet.view
    begin, end = int(view.onset[notes[0]]), int(view.onset[notes[-1]] + view.length[notes[-1]])
    scale = min(QUARTER_WIDTH / TICKS_PER_QUARTER, (WIDEST - LEFT - 10) / max(end - begin, 1))
    low, high = int(view.pitch[list(notes)].min()) - 2, int(view.pitch[list(notes)].max()) + 2
    bottom = TOP + (high - low) * SEMITONE

    def x(tick: float) -> float:
        return LEFT + (tick - begin) * scale

    def y(pitch: float) -> float:
        return bottom - (pitch - low) * SEMITONE

    words, right = _words(sheet, notes, x, bottom)
    parts = [
        *_grid(sheet, notes, x, y, (low, high), (TOP, bottom), end),
        *_notes(sheet, notes, x, y, scale, problems),
        *words,
    ]
    said = " ".join(sheet.text(at) for at in notes if at in set(view.head.tolist()))
    return svg.picture(max(x(end), right) + 10, bottom + TEXT_ROOM, parts, f"pitch contour: {said}")


def _grid(
    sheet: Sheet, notes: range, x, y, pitches: tuple[int, int], edges: tuple[float, float], end: int
) -> Iterator[str]:
    """Tonics across, bar lines down."""
    tonic = int(keys_at(sheet.score, sheet.view.onset[notes[0] : notes[0] + 1])[0][0])
    for pitch in range(pitches[0], pitches[1] + 1):
        if pitch % 12 in (tonic, (tonic + 7) % 12):
            yield svg.line(LEFT, y(pitch), x(end), y(pitch), "tonic" if pitch % 12 == tonic else "fifth")
            yield svg.text(LEFT - 5, y(pitch) + 4, f"{NAMES[pitch % 12]}{pitch // 12 - 1}", "tick", "end")
    for number, onset in enumerate(sheet.view.bars, 0 if sheet.score.pickup_ticks else 1):
        if sheet.view.onset[notes[0]] <= onset < end:
            yield svg.line(x(onset), edges[0], x(onset), edges[1], "bar")
            yield svg.text(x(onset) + 2, edges[0] - 4, str(number), "tick")


def _notes(sheet: Sheet, notes: range, x, y, scale: float, problems: Mapping[int, list[Problem]]) -> Iterator[str]:
    view, kinds = sheet.view, stressed(sheet.view)
    for at in notes:
        sung = int(view.syllable[at])
        kind = KINDS[int(kinds[sung])] if sung >= 0 else "wordless"
        width = max(view.length[at] * scale - 1.5, 2)
        title = f"{sheet.text(at) or 'no word'}: {NAMES[view.pitch[at] % 12]}{view.pitch[at] // 12 - 1}"
        left, top = x(view.onset[at]), y(view.pitch[at]) - SEMITONE / 2 - 1
        if at > notes[0] and sung >= 0 and view.syllable[at - 1] == sung:
            yield svg.line(left, y(view.pitch[at - 1]), left, y(view.pitch[at]), "slur")
        yield svg.rect(left, top, width, SEMITONE + 2, f"note {kind}", title, rx=3)
        if at in problems:
            said = svg.tag("title", svg.escape("; ".join(p.reason for p in problems[at])))
            worst = "hint" if all(p.severity == "hint" for p in problems[at]) else "fault"
            yield svg.tag("circle", said, cx=float(left + 4), cy=float(top - 6), r=3.2, class_=worst)


def _words(sheet: Sheet, notes: range, x, bottom: float) -> tuple[list[str], float]:
    """Syllables under their notes, in a second row where the first is taken; and where the last of them ends."""
    view, kinds = sheet.view, stressed(sheet.view)
    heads = {int(head): i for i, head in enumerate(view.head)}
    free, parts = [LEFT, LEFT], []
    for at in notes:
        if at not in heads:
            continue
        syllable = sheet.notes[at].syllable
        assert syllable is not None  # a head is a note with a syllable
        said = (
            syllable.text + ("" if syllable.ends_word or syllable.tone else "-") + syllable.after
        )  # no hyphens in Chinese
        left = x(view.onset[at])
        row = 0 if left >= free[0] else 1
        free[row] = left + _width(said) + 4
        parts.append(svg.text(left, bottom + 16 + 16 * row, said, f"word {KINDS[int(kinds[heads[at]])]}"))
        if syllable.tone:
            parts.append(svg.text(left + _width(said) - 2, bottom + 10 + 16 * row, str(syllable.tone), "tick"))
    return parts, max(free)


def _width(text: str) -> float:
    return sum(2 * LETTER if ord(c) > 0x2E80 else LETTER for c in text)
