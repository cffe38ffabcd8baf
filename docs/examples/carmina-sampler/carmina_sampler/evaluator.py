"""How much of a tune moves by step: a figure beside those of ``carmina evaluate``."""

import carmina

STEP = 2  # semitones


class Stepwise(carmina.Evaluator):
    """Source: Huron (2001), step declination and pitch proximity. A tune of fewer than two notes defines no figure."""

    name, summary, takes = "sampler", "how much of the tune moves by step", "Score"

    def evaluate(self, work, reference=()):
        pitches = [note.pitch for note in work.voice.notes] if work.voice else []
        moves = [abs(b - a) for a, b in zip(pitches, pitches[1:], strict=False)]
        share = sum(move <= STEP for move in moves) / len(moves) if moves else None
        meaning = "share of moves between neighbouring notes of at most a whole tone"
        return [carmina.Figure("stepwise", share, better="human", definition=meaning)]


ENTRIES = [Stepwise]
