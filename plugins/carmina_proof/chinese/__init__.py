"""Slips of Chinese."""
