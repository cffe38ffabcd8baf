"""Figures of poems: form, metre, rhyme, levels, words."""
