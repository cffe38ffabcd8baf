"""Music theory that every room shares: names of pitches, keys, intervals, metre and chord symbols. Numbers and names
only.

A public page: plugins import all names from here, so that no two rooms read one symbol or one bar differently.
"""

from .chord_symbols import (
    NO_CHORD,
    ChordSymbol,
    ChordTone,
    in_english,
    is_no_chord,
    read_chord,
    transposed_symbol,
)
from .graces import with_graces_played
from .habits import kinship, length_table, length_token, told
from .instruments import (
    FOR,
    FOR_SUMMARY,
    WRITTEN_ABOVE,
    folded_fifths,
    lead_sheet,
    moved_note,
    moved_track,
    written_above,
)
from .intervals import INTERVAL_SIZES, interval_size
from .keys import key_alterations, key_name, simplest_key_change, tonic_fifths
from .likeness import shared_run
from .lines import is_line, split_line, with_tune, without_tune
from .metre import beat_groups, beat_ticks, beats_in_bar, division_ticks, is_compound, strength
from .phrases import MOST_PHRASES, Phrase, Slot, gaps_of, parted, phrases_of, slots_of, voiced
from .pitches import LINE_OF_FIFTHS, NATURALS, PitchName, read_pitch_name
from .staff import MOST_LEDGERS, ledger_lines

__all__ = [
    "slots_of",
    "parted",
    "gaps_of",
    "MOST_PHRASES",
    "FOR",
    "FOR_SUMMARY",
    "INTERVAL_SIZES",
    "LINE_OF_FIFTHS",
    "MOST_LEDGERS",
    "NATURALS",
    "NO_CHORD",
    "ChordSymbol",
    "ChordTone",
    "Phrase",
    "PitchName",
    "Slot",
    "WRITTEN_ABOVE",
    "beat_groups",
    "beat_ticks",
    "beats_in_bar",
    "division_ticks",
    "folded_fifths",
    "in_english",
    "interval_size",
    "is_compound",
    "is_line",
    "is_no_chord",
    "key_alterations",
    "key_name",
    "kinship",
    "lead_sheet",
    "ledger_lines",
    "length_table",
    "length_token",
    "moved_note",
    "moved_track",
    "phrases_of",
    "read_chord",
    "read_pitch_name",
    "simplest_key_change",
    "shared_run",
    "split_line",
    "strength",
    "told",
    "tonic_fifths",
    "transposed_symbol",
    "voiced",
    "with_graces_played",
    "with_tune",
    "without_tune",
    "written_above",
]
