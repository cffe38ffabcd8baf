"""The pre-trained base of English verse: its text as ids, its pages, its requests.

The weights lie in ``carmina_verse_base``.
"""
