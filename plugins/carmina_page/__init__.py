"""A song as one page for the browser: the score that follows, the words, a piano roll, a player, downloads."""
