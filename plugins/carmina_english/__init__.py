"""English: syllables, stress, rhyme and hyphenation."""
