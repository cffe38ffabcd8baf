"""Words: squeezed, missing, of nobody's asking; and melismas that no word can bear."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial

from carmina import Place, Syllable

from ..stress import SINGLE
from . import mends
from .sheet import Problem, Sheet

LONG_MELISMA = 4  # notes
SHOWN = 8  # missing syllables that are quoted
# the place of a syllable at the edge of a split note, where the note's own word goes on beyond that edge
BEGUN_BEFORE: Mapping[Place, Place] = {"single": "end", "begin": "middle"}
GOES_ON: Mapping[Place, Place] = {"single": "begin", "end": "middle"}


def crammed(sheet: Sheet) -> Iterator[Problem]:
    """Several syllables on one note."""
    alignment, lyrics = sheet.heard.alignment, sheet.heard.lyrics
    if alignment is None or lyrics is None:
        return
    known = lyrics.syllables
    for at, run in alignment.squeezed.items():
        pieces = [known[j] for j in run]
        head = sheet.head(at)
        room = float(sheet.view.held[at] / sheet.view.beat[head]) / len(pieces)
        elided = len(pieces) == 2 and (room >= 0.5 or "\u203f" in sheet.view.text[at])
        said = " ".join(f"“{piece.text}”" for piece in pieces)
        yield Problem(
            "crammed",
            "hint" if elided else "warning",
            head,
            f"{len(pieces)} syllables on one note: {said}",
            f"split the note into {len(pieces)}, one a syllable",
            (partial(mends.split, sheet.score, head, _pieces(sheet, at, pieces)),),
        )


def _pieces(sheet: Sheet, at: int, pieces: list[Syllable]) -> tuple[Syllable, ...]:
    """The syllables for the split note; punctuation, line end and the word's place stay where they were."""
    whole = sheet.notes[sheet.head(at)].syllable
    assert whole is not None  # a head is a note with a syllable
    places = [piece.place for piece in pieces]
    if whole.place in ("middle", "end"):
        places[0] = BEGUN_BEFORE.get(places[0], places[0])
    if whole.place in ("begin", "middle"):
        places[-1] = GOES_ON.get(places[-1], places[-1])
    cut = [
        replace(piece, place=place, after="" if i < len(pieces) - 1 else whole.after, ends_line=False)
        for i, (piece, place) in enumerate(zip(pieces, places, strict=True))
    ]
    return (*cut[:-1], replace(cut[-1], ends_line=whole.ends_line))


def words(sheet: Sheet) -> Iterator[Problem]:
    """What is sung against the words that were given."""
    found, lyrics = sheet.heard.alignment, sheet.heard.lyrics
    if found is None or lyrics is None or not sheet.heard.given:
        return
    known = lyrics.syllables
    for before, run in found.missing:
        said = " ".join(known[j].text for j in run[:SHOWN]) + (" …" if len(run) > SHOWN else "")
        at = sheet.head(min(before, sheet.view.syllables - 1)) if sheet.view.syllables else -1
        side = "before" if before < sheet.view.syllables else "after"
        yield Problem(
            "missing-words",
            "error",
            at,
            f"not sung: “{said}”, {side} this syllable",
            f"give {len(run)} more notes to these words",
        )
    for at in found.extra:
        yield Problem(
            "extra-words",
            "error",
            sheet.head(at),
            f"“{sheet.view.text[at]}” is not in the words given",
            "take the syllable out, or put it into the words",
        )
    for at, j in found.differs:
        yield Problem(
            "other-words",
            "warning",
            sheet.head(at),
            f"sings “{sheet.view.text[at]}” where the words have “{known[j].text}”",
            "correct one of them",
        )


def weak_melisma(sheet: Sheet) -> Iterator[Problem]:
    """Many notes on a word that carries no meaning, such as “the”."""
    view = sheet.view
    for at in range(view.syllables):
        if view.notes[at] < LONG_MELISMA or view.content[at] or view.word_place[at] != SINGLE:
            continue
        heavy = at + 1 < view.syllables and view.same_line[at] and (view.content[at + 1] or view.stress[at + 1] == 1)
        mend = (partial(mends.resung, sheet.score, sheet.head(at), int(view.notes[at])),) if heavy else ()
        yield Problem(
            "weak-melisma",
            "hint",
            sheet.head(at),
            f"{view.notes[at]} notes on “{view.text[at]}”, a function word",
            "sing it on the first note, and the next word on the others" if heavy else "sing fewer notes on it",
            mend,
        )


RULES = (words, crammed, weak_melisma)
