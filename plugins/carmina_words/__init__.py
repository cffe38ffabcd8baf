"""New words for a tune that is there, cut into phrases by ``carmina.theory``.

The rooms, in the order that a tune passes them:

``shape``    phrases -> a form of verse: strong and weak places, rhymes, lines that come back
``writing``  the form and keywords -> verse, by the poets' public hooks
``setting``  verse -> the tune's notes with their new syllables
``singing``  how well words lie on a tune: stress on strong beats, tones with the melody
"""
