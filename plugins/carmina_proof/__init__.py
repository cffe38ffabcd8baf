"""Proofreads lyrics and verse: slips of language and of form, each with its place, a reason and mends.

The rooms, in the order that a text passes them:

``page``        bytes -> lines with words and their places; labels, chords, titles and markup are no words
``models``      what is likelier: counts of pairs and triples of words, and the shipped networks as second readers
``english``     spelling, confusables, repetition, missing words, agreement, marks
``chinese``     wrong characters, particles, repetition, marks
``form``        a foot short, a broken rhyme, 失粘: from the diagnosis of whole poems
``suggestions`` findings in order, mends that keep the form, the mended text
``figures``     slips planted in clean texts, and how many are found
"""
