"""MIDI and karaoke: readers and renderers."""
