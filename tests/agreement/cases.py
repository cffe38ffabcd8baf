"""Small files of our own whose road, words and encoding are known."""

from __future__ import annotations

from dataclasses import dataclass

from carmina import Score

HEAD = "X:1\nL:1/4\nM:4/4\nK:C\n"
ROADS = {  # music -> what is played, a letter a whole bar
    "C4|D4|E4|": "CDE",
    "|:C4|D4:|E4|": "CDCDE",
    "|:C4|1D4:|2E4|F4|": "CDCEF",
    "|:C4::D4:|": "CCDD",
    "C4|D4!fine!|E4!D.C.!|": "CDECD",
    "C4|!segno!D4|E4!fine!|F4!D.S.!|": "CDEFDE",
    "C4|!segno!D4!dacoda!|E4!D.S.!|!coda!F4|": "CDEDF",
    "|:C4|1,3D4:|2E4:|4F4|": "CDCECDCF",
}
WORDS = {  # (music, lines of words) -> what is sung; "_" a note that carries on
    ("C D E F|", ("a b c d",)): "a b c d",
    ("|:C D E F:|", ("a b c d", "e f g h")): "a b c d e f g h",
    ("C D E F|", ("a b c d", "e f g h")): "a b c d e f g h",
    ("C D E F|", ("a _ b- c",)): "a _ b c",
    ("C D E F|", ("1.~a b c d",)): "a b c d",
    ("|:C D E F|1 G4:|2 A4|]", ("a b c d e x", "f g h i * j")): "a b c d e f g h i j",
}


@dataclass(frozen=True, slots=True)
class Case:
    """One file and what is right."""

    name: str
    what: str  # what the table calls it
    data: bytes
    expected: tuple[str, ...]
    suffix: str = ".abc"


def road_of(score: Score) -> tuple[str, ...]:
    """What is played or sung, in order."""
    notes = [note for track in score.tracks for note in track.notes]
    if any(note.syllable for note in notes):
        return tuple(n.syllable.text if n.syllable else "_" if n.continues else "*" for n in score.sung_notes)
    return tuple("CCDDEFFGGAAB"[note.pitch % 12] for note in sorted(notes, key=lambda note: note.onset_ticks))


CASES = (
    *(Case(music, "roads", (HEAD + music + "\n").encode(), tuple(road)) for music, road in ROADS.items()),
    *(
        Case(
            f"{music} {words}",
            "words by verse",
            (HEAD + music + "\n" + "".join(f"w: {line}\n" for line in words)).encode(),
            tuple(sung.split()),
        )
        for (music, words), sung in WORDS.items()
    ),
)
