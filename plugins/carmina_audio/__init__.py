"""Scores as sound: WAV, FLAC and OGG."""
