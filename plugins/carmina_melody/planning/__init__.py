"""The plan of a song above its notes: how it is drawn, and how the passes follow it."""
