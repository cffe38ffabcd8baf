"""Pronouns and tenses: who is spoken of, and when."""

from __future__ import annotations

I, YOU, THOU, HE, SHE, WE, THEY = range(1, 8)
_PRONOUNS = {
    I: "i me my mine myself",
    YOU: "you your yours yourself",
    THOU: "thou thee thy thine thyself",
    HE: "he him his himself",
    SHE: "she her hers herself",
    WE: "we us our ours ourselves",
    THEY: "they them their theirs themselves",
}
PERSONS = {word: person for person, words in _PRONOUNS.items() for word in words.split()}
PERSONS |= {
    f"{word}'{end}": PERSONS[word]
    for word in ("i", "you", "he", "she", "we", "they")
    for end in ("m", "ll", "ve", "d", "s", "re")
}
PAST = frozenset(
    "was were had did came went saw knew gave took stood fell rose grew lay sat ran sang spoke broke wore bore flew "
    "drew threw blew woke wept slept kept told said thought brought heard found held lost met led felt knelt hid "
    "sought laid began drank swam shone shook wrote rode drove strove became forgot forgave swept crept leapt sent "
    "spent built burnt dreamt caught taught bought fought".split()
)
PRESENT = frozenset(
    "is are am has does comes goes knows sees makes takes gives stands sits sings speaks breaks wears grows says "
    "thinks brings hears finds holds meets leads feels keeps lies seems becomes begins remembers wanders whispers "
    "sleeps weeps waits looks runs blows flows glows shines".split()
)
