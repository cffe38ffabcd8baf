"""How much of a stranger's file is read."""

from __future__ import annotations

from carmina import TICKS_PER_QUARTER

MOST_NOTES = 200_000
MOST_PASSES = 12  # of a repeated stretch
LONGEST_QUARTERS = 50_000  # of a whole file: eight hours at 100 to the minute
LONGEST_BAR = LONGEST_QUARTERS * TICKS_PER_QUARTER  # ticks: unbarred music is one bar
