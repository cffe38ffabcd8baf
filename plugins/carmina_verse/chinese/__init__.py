"""Chinese verse: characters, lines, the poet, its writer and its certificate."""
