"""Differentially private training, and attacks that show what a model gives away: see ``trainer`` and ``audit``."""
