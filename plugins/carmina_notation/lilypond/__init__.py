"""LilyPond: reader."""
