"""Measures manners on corpora, and judges what is written in them; not installed."""
