"""German, French, Italian, Latin, Spanish and Portuguese: words -> sung syllables with stress and rhyme.

Each language is rules in one file over one frame: vowel groups give the number of syllables, hyphenation patterns
(pyphen) or onset rules say where they part, a stress rule says which one leads. ``measure.py`` counts how often this
agrees with what composers wrote.

``frame``    what all share: author's hyphens, clitics, numbers, the contract
``cutting``  vowel groups -> syllables
``claims``   which of the languages a text is in
"""
