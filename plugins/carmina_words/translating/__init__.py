"""A song in another language under its own tune, from its lines put literally.

``song``       a score -> lines of slots, with the words that they have, which come back and which rhyme
``wordings``   a literal line -> its words, what may stand for each, what may be left out, what may come between
``fitting``    words and slots -> lines of as many syllables as there are slots, the nearest to the literal one first
``likely``     how likely a line is to those who write verse in its language
``choosing``   lines for a whole song: what is near and likely, what comes back, what rhymes
``distances``  how far a song's words are from those of another: the field's four distances
"""
