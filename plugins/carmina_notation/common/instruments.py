"""The option ``--for`` of the formats that write notes: a lead sheet for a transposing instrument."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from carmina import BadInput, Option, Score
from carmina.theory import FOR, FOR_SUMMARY, WRITTEN_ABOVE, lead_sheet, written_above

INSTRUMENT = Option(FOR, FOR_SUMMARY, choices=tuple(WRITTEN_ABOVE))


def written(score: Score, settings: Mapping[str, Any]) -> tuple[Score, int]:
    """(the score as it is written, semitones that its sound lies above that): as it is where no instrument is named.

    Raises ``BadInput`` where the instrument has no such notes.
    """
    instrument = settings.get(FOR)
    if instrument is None:
        return score, 0
    above = WRITTEN_ABOVE[instrument]
    lead = lead_sheet(score)
    pitches = [note.pitch + above for track in lead.tracks for note in track.notes]
    if pitches and not 0 <= min(pitches) <= max(pitches) <= 127:
        raise BadInput(
            f"the tune lies too far from what {instrument} can be written in. Transpose it by octaves first."
        )
    tracks = tuple(replace(track, clefs=()) for track in lead.tracks)
    return written_above(replace(lead, tracks=tracks), above), -above
