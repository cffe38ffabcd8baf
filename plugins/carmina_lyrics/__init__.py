"""Reads lyric sheets as people have them: plain text, Markdown, ChordPro, karaoke (LRC) and pages copied from the web.

What each thing in a sheet does is told for users in ``docs/lyrics.md``. The rooms, in the order that a sheet passes
them:

``decoding``   bytes -> text lines: encodings, line ends, bounds
``cleaning``   characters and markup that are no words: tags, entities, time stamps, invisible characters, emoji, links
``chords``     chords inside words, and lines of chords above words
``labels``     ``[Verse 1]``, ``Chorus:``, ``副歌``, ``Refrain x2`` -> kind, number, repeats
``directives`` ChordPro ``{...}``, karaoke ``[ti:...]``, ``Title: ...``
``words``      a line -> words, hyphens, melismas, punctuation
``events``     lines -> what they say: blank, label, words, title
``sheet``      what the lines say -> ``LyricSheet``: stanzas, repeats, unmarked choruses
"""
