"""The passes that write a melody: lines, rhythm, chords, pitches."""
