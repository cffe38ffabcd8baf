"""Changes to a song that is there: bars written again, words under an old tune, a primer continued, another key."""
