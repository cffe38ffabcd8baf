"""Japanese: kana as they stand and kanji by their readings -> one sung mora a note.

``readings``  kanji in context, by Janome and its dictionary IPADIC (the extra ``ja``)
``morae``     kana -> morae, their vowels and rhymes
"""
