"""How far our reading of files agrees with that of strangers: music21 for notation, mido for MIDI.

``make agreement`` prints the table; ``test_agreement.py`` holds a sample of it.
"""
