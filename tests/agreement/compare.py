"""Two readings of one file -> what they agree on."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from .facts import Facts

SAME_NOTES = 0.002  # share of notes that may be read otherwise where all is played as often: less than any bar has
ABOUT_EQUAL = 0.02  # share of a tempo: metronome marks are printed in whole numbers


@dataclass(slots=True)
class Tally:
    """Sums over files: (agreed, of how many) by what is compared."""

    counts: dict[str, list[int]] = field(default_factory=dict)
    apart: list[str] = field(default_factory=list)  # a line for each file that differs

    def add(self, what: str, agreed: int, of: int) -> None:
        """So many more."""
        row = self.counts.setdefault(what, [0, 0])
        row[0] += agreed
        row[1] += of

    def share(self, what: str) -> float:
        """0..1; 1 where nothing was compared."""
        agreed, of = self.counts.get(what, (0, 0))
        return agreed / of if of else 1.0


def compare(name: str, theirs: Facts, ours: Facts, tally: Tally) -> None:
    """Adds one file. Notes are counted by pitch, each as often as it sounds; where both play the same road, by onset
    too. A word counts as kept that is sung at all; a stranger's silence is no disagreement."""
    pitches, own = _pitches(theirs), _pitches(ours)
    kept, of = sum((pitches & own).values()), sum(pitches.values())
    graces = sum((theirs.graces & ours.graces).values()), sum(theirs.graces.values())
    words = sum((theirs.words & ours.words).values()), sum(theirs.words.values())
    tally.add("elisions alike too", sum((theirs.whole & ours.whole).values()), sum(theirs.whole.values()))
    tally.add("notes kept", kept, of)
    tally.add("grace notes kept", *graces)
    tally.add("words kept", *words)
    told = [f"notes {kept}/{of}"] * (kept < of) + [f"graces {graces}"] * (graces[0] < graces[1])
    told += [f"words {words[0]}/{words[1]}"] * (words[0] < words[1])
    for what, agrees in _questions(theirs, ours).items():
        tally.add(what, agrees, 1)
        told += [what] * (not agrees)
    if told:
        tally.apart.append(f"{name}: {', '.join(told)}")


def _questions(theirs: Facts, ours: Facts) -> dict[str, bool]:
    found = {}
    if theirs.fifths is not None:
        found["key"] = theirs.fifths == ours.fifths
    if theirs.metre is not None:
        found["metre"] = theirs.metre == ours.metre
    if theirs.tempo is not None and ours.tempo is not None:
        found["tempo"] = abs(theirs.tempo - ours.tempo) <= ABOUT_EQUAL * theirs.tempo
    if theirs.length is not None:
        found["passes"] = _same_road(theirs, ours)
        if theirs.length == ours.length:
            found["onsets"] = not theirs.notes - ours.notes
    return found


def _same_road(theirs: Facts, ours: Facts) -> bool:
    """Whether all is played as often: to the same last onset; every pitch as often, where parts have bars of unequal
    length, which theirs lays out one by one and ours together; or the whole of it once for each verse or stanza, of
    which theirs knows nothing."""
    many, own = sum(theirs.notes.values()), sum(ours.notes.values())
    apart = sum((_pitches(theirs) - _pitches(ours)).values()) + sum((_pitches(ours) - _pitches(theirs)).values())
    if theirs.length == ours.length or apart <= SAME_NOTES * many:
        return True
    passes = round(own / many) if many else 0
    if not 1 < passes <= theirs.verses:
        return False
    if theirs.repeats:
        return _pitches(ours) == Counter({pitch: passes * times for pitch, times in _pitches(theirs).items()})
    return abs(own - passes * many) <= ABOUT_EQUAL * own


def _pitches(facts: Facts) -> Counter[int]:
    found: Counter[int] = Counter()
    for (_, pitch), many in facts.notes.items():
        found[pitch] += many
    return found
