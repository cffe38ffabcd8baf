"""Modern Chinese: 现代诗, stories, songs and rhymes, written by a model of their own."""
