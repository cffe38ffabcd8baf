"""What constraints may steer in verse; see ``carmina.VerseState``."""

PIECE, CHARACTER = "verse.piece", "verse.character"
