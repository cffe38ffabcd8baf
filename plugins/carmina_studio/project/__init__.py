"""A project: pieces with words and music, every step that was ever taken in them, in one ``.carmina`` file."""
