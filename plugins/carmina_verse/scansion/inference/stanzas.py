"""Stanzas that lost a line or have one too many."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from carmina import Deviation

from .poem import Shape

FEWEST = 3  # stanzas, to tell how many lines one has
SONNET = 14
FEWEST_LINES = 7  # of couplets, to tell that one lacks a line
SCHEMES = ("ababcdcdefefgg", "abbacddceffegg")  # of whole sonnets
OCTAVES, OCTAVE = ("abbaabba", "abababab", "abbaacca", "abbacddc", "ababcdcd", "ababbaab", "abbabaab"), 8
MOST_WRONG = 1  # lines of a scheme that go against it, beside the one that is lost


def stanza_deviations(
    stanzas: Sequence[Sequence[str]], letters: Sequence[str], ends: Sequence[str], shape: Shape
) -> list[Deviation]:
    """The one stanza that is a line shorter or longer than all the others; the line that a sonnet lacks."""
    sizes = [len(stanza) for stanza in stanzas]
    usual, many = Counter(sizes).most_common(1)[0]
    if len(sizes) >= FEWEST and usual > 2 and many == len(sizes) - 1:
        at = next(n for n, size in enumerate(sizes) if size != usual)
        if abs(sizes[at] - usual) == 1 and not (at == len(sizes) - 1 and sizes[at] > usual):
            return [_odd(sizes, at, usual, letters, ends)]
    if (lost := _of_a_couplet(sizes, letters, ends)) is not None:
        return [lost]
    if sum(sizes) == SONNET - 1 and shape.name == "iambic pentameter":
        return list(_sonnet(letters, ends))
    return []


def _odd(sizes: Sequence[int], at: int, usual: int, letters: Sequence[str], ends: Sequence[str]) -> Deviation:
    first = sum(sizes[:at])
    lines = range(first, first + sizes[at])
    alone = next((n for n in lines if letters[n] == "x"), first)
    short = sizes[at] < usual
    where = f"stanza {at + 1} (lines {first + 1} to {first + sizes[at]})"
    said = f"{where} has {sizes[at]} lines where the others have {usual}"
    mend = f"add a line that rhymes with {ends[alone]!r}" if letters[alone] == "x" else "add a line"
    return Deviation(alone + 1, "", "form", said, (mend if short else "leave out a line",))


def _of_a_couplet(sizes: Sequence[int], letters: Sequence[str], ends: Sequence[str]) -> Deviation | None:
    """The one line without a partner of a poem that goes in couplets otherwise."""
    count = sum(sizes)
    alone = [at for at, letter in enumerate(letters) if letter == "x"]
    if len(sizes) > 1 or count < FEWEST_LINES or count % 2 == 0 or len(alone) != 1:
        return None
    rest = [letter for letter in letters if letter != "x"]
    if alone[0] % 2 or any(rest[at] != rest[at + 1] for at in range(0, len(rest), 2)):
        return None
    at = alone[0]
    said = f"{count} lines where couplets have two each: line {at + 1} ({ends[at]}) has lost its partner"
    return Deviation(at + 1, ends[at], "form", said, (f"add a line that rhymes with {ends[at]!r}",))


def _sonnet(letters: Sequence[str], ends: Sequence[str]) -> Iterator[Deviation]:
    """Where a line put in makes thirteen lines rhyme as a sonnet: as a whole, or in an octave before a sestet of any
    order (Petrarch's sestets have many)."""
    tried = [(_against(scheme, letters, at), at) for scheme in SCHEMES for at in range(len(scheme))]
    tried += [(_against(octave, letters, OCTAVE) + _loose(letters[OCTAVE:], 1), OCTAVE) for octave in OCTAVES]
    tried += [
        (_against(octave, letters[: OCTAVE - 1], at) + _loose(letters[OCTAVE - 1 :], 0), at)
        for octave in OCTAVES
        for at in range(OCTAVE)
    ]
    wrong, at = min(tried)
    if wrong <= MOST_WRONG:
        line = min(at, len(letters) - 1)
        if at == OCTAVE:
            line = next((n for n in range(OCTAVE, len(letters)) if letters[n] == "x"), line)
        said = f"{len(letters)} lines where a sonnet has {SONNET}: one seems to be lost before line {line + 1}"
        yield Deviation(line + 1, "", "form", said, ("add a line",))


def _loose(letters: Sequence[str], forgiven: int) -> int:
    """Lines of a sestet without a rhyme there; couplets throughout are no sestet."""
    alone = sum(letters.count(letter) < 2 or letter == "x" for letter in letters)
    return max(0, alone - forgiven)


def _against(scheme: str, letters: Sequence[str], at: int) -> int:
    """How many lines rhyme otherwise than a scheme asks, a line put in before one."""
    own = [*letters[:at], "?", *letters[at:]]
    mates: dict[str, list[str]] = {}
    for name, letter in zip(scheme, own, strict=False):
        if letter != "?":
            mates.setdefault(name, []).append(letter)
    pairs = [group for group in mates.values() if len(group) > 1]
    kept = [max(group, key=group.count) for group in pairs]
    wrong = sum(len(group) - group.count(letter) * (letter != "x") for group, letter in zip(pairs, kept, strict=True))
    return wrong + len(kept) - len(set(kept))
