"""Words with movable-do solfège, a line of each, to sing from without staff notation."""

import carmina

# chromatic degrees above the tonic; a minor key sings its tonic as "la"
NAMES = ("do", "di", "re", "me", "mi", "fa", "fi", "so", "le", "la", "te", "ti")
MINOR = 9


class Solfa(carmina.Renderer):
    """A score's sung track as text: each line of words over its solfège, columns aligned."""

    name = "solfa"
    summary = "words over movable-do solfège, as text"
    suffixes = (".solfa",)
    takes = "Score"

    def render(self, work: carmina.Score) -> bytes:
        lines = (_columns(line) for line in _lines(work))
        return "\n\n".join(lines).encode() + b"\n"


def _lines(score):
    """Each sung line as pairs (text, solfège); a melisma stays on the line of its syllable."""
    line, ended = [], False
    for note in score.voice.notes if score.voice else ():
        if note.syllable and ended:
            yield line
            line = []
        line.append((_text(note.syllable), solfege(note.pitch, score.keys[0])))
        ended = note.syllable.ends_line if note.syllable else ended
    if line:
        yield line


def _text(syllable):
    if syllable is None:
        return "_"
    return syllable.text + ("" if syllable.ends_word else "-")


def solfege(pitch, key):
    """The name of a pitch in a key: the tonic is "do" in major and "la" in minor."""
    tonic = key.tonic - (MINOR if key.mode == "minor" else 0)
    return NAMES[(pitch - tonic) % 12]


def _columns(line):
    widths = [max(map(len, pair)) for pair in line]
    return "\n".join(" ".join(pair[row].ljust(width) for pair, width in zip(line, widths)).rstrip() for row in (0, 1))
