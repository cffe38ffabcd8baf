"""The score between memory and file: MIDI, MusicXML and a plain-text sheet, readers beside renderers."""
