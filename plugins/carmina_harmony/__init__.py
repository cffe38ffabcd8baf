"""Chords that fit a melody, and accompaniments in several manners."""
