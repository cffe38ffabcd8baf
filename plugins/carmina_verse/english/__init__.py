"""English verse: words, lines, the poet, its writer and its certificate."""
