"""Slips planted in clean texts, and how many of them are found."""
