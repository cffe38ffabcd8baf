"""The syllables that a song sings against those it should sing: which is which, what is squeezed, missing, or more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from .validity import MOST_JOINED, plain


@dataclass(slots=True)
class Alignment:
    """Indexes of sung and of known syllables. Texts are compared as :func:`carmina_measures.validity.plain` folds
    them."""

    partner: dict[int, int] = field(default_factory=dict)  # sung -> known
    squeezed: dict[int, range] = field(default_factory=dict)  # sung -> the several known ones on its note
    missing: list[tuple[int, range]] = field(default_factory=list)  # (the next sung one, known ones that are not sung)
    extra: list[int] = field(default_factory=list)  # sung ones that nobody asked for
    differs: list[tuple[int, int]] = field(default_factory=list)  # (sung, known) where the texts differ


def align(sung: Sequence[str], known: Sequence[str]) -> Alignment:
    """The likeliest way in which ``known`` became ``sung``."""
    ours, theirs = [plain(text) for text in sung], [plain(text) for text in known]
    found = Alignment()
    if ours == theirs:
        found.partner = {at: at for at in range(len(ours))}
        return found
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
        if tag == "equal":
            found.partner.update(zip(range(i1, i2), range(j1, j2), strict=True))
        else:
            _unequal(found, ours, theirs, range(i1, i2), range(j1, j2))
    return found


def _unequal(found: Alignment, ours: list[str], theirs: list[str], sung: range, known: range) -> None:
    """One stretch where the two go apart: by letters where these agree, else syllable by syllable."""
    if _letters(ours, sung) == _letters(theirs, known):
        _by_letters(found, ours, theirs, sung, known)
        return
    at = known.start
    for i in sung:
        run = _joined(ours[i], theirs, range(at, known.stop))
        if run:
            _miss(found, i, range(at, run.start))
            found.squeezed[i] = run
            at = run.stop
        elif at < known.stop and len(sung) <= len(known):
            found.differs.append((i, at))
            at += 1
        else:
            found.extra.append(i)
    _miss(found, sung.stop, range(at, known.stop))


def _miss(found: Alignment, before: int, known: range) -> None:
    if known:
        found.missing.append((before, known))


def _letters(texts: list[str], part: range) -> str:
    return "".join(texts[i] for i in part)


def _joined(text: str, theirs: list[str], part: range) -> range | None:
    """The first run of 2 to MOST_JOINED known syllables that spell ``text`` together."""
    for start in part:
        for size in range(2, min(MOST_JOINED, part.stop - start) + 1):
            if _letters(theirs, range(start, start + size)) == text:
                return range(start, start + size)
    return None


def _by_letters(found: Alignment, ours: list[str], theirs: list[str], sung: range, known: range) -> None:
    """The same letters cut otherwise: one note for several syllables is squeezed, several for one are fine."""
    starts = [len(_letters(theirs, range(known.start, j))) for j in known]
    at = 0
    for i in sung:
        end = at + len(ours[i])
        inside = [j for j, start in zip(known, starts, strict=True) if at <= start < end]
        if len(inside) > 1:
            found.squeezed[i] = range(inside[0], inside[-1] + 1)
        elif inside:
            found.partner[i] = inside[0]
        at = end
