"""A second voice in canon: it sings the tune after the first, an octave lower. ``Conductor.get("writer",
"sampler")``."""

from dataclasses import replace

import carmina


class Canon(carmina.Writer):
    """The score with one more track; its voice as it is. ``brief`` is a ``carmina.ArrangeBrief``; ``options["bars"]``:
    how much later."""

    name, summary, takes, gives = "sampler", "a second voice in canon, an octave lower", "Score", "Score"

    def write(self, brief, workshop):
        score = brief.score
        if score.voice is None:
            raise carmina.BadInput("the score has no voice to follow. Give one with a melody.")
        later = int(brief.options.get("bars", 1)) * score.metres[0].bar_ticks
        notes = tuple(
            carmina.Note(max(0, note.pitch - 12), note.onset_ticks + later, note.length_ticks)
            for note in score.voice.notes
        )
        return replace(score, tracks=(*score.tracks, carmina.Track(notes, "Canon", "accompaniment", 70)))


ENTRIES = [Canon]
