"""What constraints may steer in verse; see ``carmina.VerseState``."""

PIECE, CHARACTER = "verse.piece", "verse.character"
WORD, PROSE = "verse.word", "verse.prose"  # of models that write whole words of a lexicon, and of those that go on
