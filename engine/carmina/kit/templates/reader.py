"""Numbered notation, a sign a quarter: ``1 2 3 - | 5 0 1' 6,``; ``-`` holds, ``0`` rests, ``'`` and ``,`` octaves."""

import re

import carmina

DEGREES = (0, 2, 4, 5, 7, 9, 11)
SIGN = re.compile(r"[#b]?([0-7])('{0,2}|,{0,2})")
MOST_BYTES, MOST_SIGNS = 100_000, 10_000
QUARTER = carmina.TICKS_PER_QUARTER


class Numbered(carmina.Reader):
    name, summary, suffixes, gives = "sample", "numbered notation, a sign a quarter", (".sample",), "Score"

    def read(self, data):
        if len(data) > MOST_BYTES:
            raise carmina.BadInput(f"{len(data)} bytes of numbered notation; at most {MOST_BYTES}. Read it in parts.")
        signs = data.decode("utf-8", "replace").replace("|", " ").split()[:MOST_SIGNS]
        notes: list[carmina.Note] = []
        for at, sign in enumerate(signs):
            if sign == "-" and notes and notes[-1].end_ticks == at * QUARTER:
                held = notes.pop()
                notes.append(carmina.Note(held.pitch, held.onset_ticks, held.length_ticks + QUARTER))
            elif sign != "-":
                notes += self._note(sign, at)
        if not notes:
            raise carmina.BadInput("the file holds no degree (1 to 7). Write at least one, e.g. 1 2 3 -.")
        return carmina.Score((carmina.Track(tuple(notes), "Voice", "voice"),))

    def _note(self, sign, at):
        found = SIGN.fullmatch(sign)
        if not found:
            raise carmina.BadInput(
                f"sign {at + 1} is {sign[:20]!r}; signs are 1 to 7 with ' or , after them, 0, - and |."
            )
        degree, octave = int(found[1]), found[2].count("'") - found[2].count(",")
        altered = {"#": 1, "b": -1}.get(sign[0], 0)
        if degree:
            yield carmina.Note(60 + DEGREES[degree - 1] + altered + 12 * octave, at * QUARTER, QUARTER)


ENTRIES = [Numbered]
