"""What the format rooms share: bars, chords, words, spelling, bounds."""
