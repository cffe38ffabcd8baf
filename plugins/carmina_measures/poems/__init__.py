"""Figures of poems that need no language: words as they stand in the text."""
