"""Slips of English."""
