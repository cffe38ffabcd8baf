"""The pre-trained base of English verse: its words as bytes and merges, its pages, its requests. The weights lie in ``carmina_verse_base``."""
