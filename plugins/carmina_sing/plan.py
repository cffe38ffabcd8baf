"""When each spoken sound is sung: vowels begin on their notes and are held, consonants stay short and come before the
beat."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from .alignment import Spoken
from .utterances import Sung

LONGEST_CONSONANT = 0.11  # seconds, of one
LONGEST_CLUSTER = 0.30  # of neighbouring ones
SHARE = 0.45  # of the note before that consonants may take
JOINED = 0.09  # shorter rests are sung over
EARLY = 0.010  # vowels begin before their notes: a voice is heard once it has swelled
QUICK = 0.05  # the beginning and end of a vowel that keep their speed


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the song made from a stretch of speech, evenly stretched."""

    start: float  # seconds of the song
    end: float
    utterance: int  # index
    source_start: float  # seconds of the speech
    source_end: float
    vowel: bool
    syllable: int  # index in the line


@dataclass(frozen=True, slots=True)
class Placed:
    """A sung syllable and the sounds that it is made of."""

    sung: Sung
    spoken: Spoken
    utterance: int


def pieces(line: Sequence[Placed]) -> list[Piece]:
    """The whole line; what is between pieces is silence."""
    found: list[Piece] = []
    for index, here in enumerate(line):
        before = line[index - 1] if index else None
        after = line[index + 1] if index + 1 < len(line) else None
        joined = before is not None and here.sung.start - before.sung.end < JOINED
        found += _cluster(index, here, before if joined else None, _free(here, before, joined))
        found += _vowel(index, here, after)
    return sorted((_early(piece) for piece in found), key=lambda piece: piece.start)


def _early(piece: Piece) -> Piece:
    return replace(piece, start=max(0.0, piece.start - EARLY), end=max(0.0, piece.end - EARLY))


def _free(here: Placed, before: Placed | None, joined: bool) -> float:
    """Seconds before the note that its consonants may take."""
    if before is None:
        return min(LONGEST_CLUSTER, here.sung.start)
    if joined:
        return min(LONGEST_CLUSTER, SHARE * (here.sung.start - before.sung.tones[-1].start))
    return min(LONGEST_CLUSTER, here.sung.start - before.sung.end)


def _cluster(index: int, here: Placed, before: Placed | None, free: float) -> Iterator[Piece]:
    """The consonants that lead to a note: the end of the word before, where nothing parts them, and the syllable's
    own."""
    sounds = [(before, index - 1, span) for span in before.spoken.coda] if before else []
    sounds += [(here, index, span) for span in here.spoken.onset]
    yield from _row(sounds, here.sung.start, free)


def _row(sounds: Sequence[tuple[Placed, int, tuple[float, float]]], end: float, free: float) -> Iterator[Piece]:
    """Consonants one after another that end at a moment."""
    lengths = [min(span[1] - span[0], LONGEST_CONSONANT) for _, _, span in sounds]
    scale = min(1.0, free / sum(lengths)) if lengths else 1.0
    at = end - scale * sum(lengths)
    for (placed, index, (start, stop)), length in zip(sounds, lengths, strict=True):
        if scale * length > 0:
            yield Piece(at, at + scale * length, placed.utterance, start, stop, False, index)
        at += scale * length


def _vowel(index: int, here: Placed, after: Placed | None) -> Iterator[Piece]:
    """The vowel from its note on, and the consonants after it where a rest or the end follows."""
    start, end = here.sung.start, here.sung.end
    if after is not None and after.sung.start - end < JOINED:
        free = _free(after, here, joined=True)
        cluster = [*here.spoken.coda, *after.spoken.onset]
        end = after.sung.start - min(free, sum(min(b - a, LONGEST_CONSONANT) for a, b in cluster))
    elif here.spoken.coda:
        free = min(LONGEST_CLUSTER, SHARE * (end - here.sung.tones[-1].start))
        coda = [*_row([(here, index, span) for span in here.spoken.coda], end, free)]
        end = coda[0].start if coda else end
        yield from coda
    for a, b, source_a, source_b in _held(start, end, here.spoken):
        yield Piece(a, b, here.utterance, source_a, source_b, True, index)


def _held(start: float, end: float, spoken: Spoken) -> Iterator[tuple[float, float, float, float]]:
    """Beginning and end at the speed of speech, the middle held."""
    first, last = spoken.vowel
    if end <= start:
        return
    if end - start <= last - first:
        yield start, end, first, last
        return
    head = min(max(QUICK, spoken.hold - first), 0.4 * (end - start), last - first)
    tail = min(max(QUICK, 0.8 * (last - spoken.hold)), 0.3 * (end - start), last - first - head)
    marks = [(start, first), (start + head, first + head), (end - tail, last - tail), (end, last)]
    held = max(marks[1][1], marks[2][1] - 0.06)  # little of the vowel passes while it is held: it stays one colour
    for (a, source_a), (b, source_b) in (
        (marks[0], (marks[1][0], held)),
        ((marks[1][0], held), marks[2]),
        (marks[2], marks[3]),
    ):
        if b > a:
            yield a, b, source_a, source_b
