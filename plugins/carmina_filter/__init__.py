"""Words that a user does not want: kept out of verse that is written, and found in texts that are there. Off unless
asked for.

``lists``       levels, the lists that ship and the user's own
``matching``    where a text has a listed word, however it is spelt
``constraints`` the lists as constraints on verse
``command``     ``carmina filter``
"""
