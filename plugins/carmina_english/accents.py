"""Accents: how British speech (Received Pronunciation, as rhyming dictionaries give it) differs from the lexicon's.

R sounds before a vowel alone, so *pawn* rhymes with *corn* and *father* with *farther*; *path*, *dance* and their kind
have the vowel of *father*; some words have another vowel or stress. Source of the classes: Wells, Accents of English
(1982), BATH and the non-rhotic changes.
"""

from __future__ import annotations

import os

from carmina import BadOption

from .lexicon import Phones, is_vowel

ACCENT = "CARMINA_ACCENT"
ACCENTS = ("american", "british")
BATH = frozenset(
    """path paths bath baths grass grasses pass passed passing past last lasts lasting fast faster vast
    mast cast caster castle class glass glasses brass ask asked task mask basket after craft draft
    shaft raft staff laugh laughed laughter half calf calves dance danced dances dancing chance
    chances glance glances advance enchant chant grant plant plants slant branch branches command
    demand can't shan't aunt answer answered master disaster plaster rather ghastly example sample
    france prance trance lance stance france blast aghast contrast clasp gasp grasp rasp bask flask
    behalf nasty pastor pasture wrath lather mast outcast overcast repast steadfast everlasting
    entrance""".split()
)
WORDS: dict[str, Phones] = {
    word: tuple(phones.split())
    for word, phones in {
        "been": "B IY1 N", "again": "AH0 G EY1 N", "against": "AH0 G EY1 N S T", "clerk": "K L AA1 K",
        "derby": "D AA1 B IY0", "either": "AY1 DH AH0", "neither": "N AY1 DH AH0", "leisure": "L EH1 ZH AH0",
        "tomato": "T AH0 M AA1 T OW0", "vase": "V AA1 Z", "herb": "HH ER1 B", "z": "Z EH1 D", "shone": "SH AA1 N",
        "ate": "EH1 T", "figure": "F IH1 G AH0", "privacy": "P R IH1 V AH0 S IY0", "missile": "M IH1 S AY2 L",
        "fertile": "F ER1 T AY2 L", "hostile": "HH AA1 S T AY2 L", "fragile": "F R AE1 JH AY2 L",
        "garage": "G AE1 R AA2 ZH", "ballet": "B AE1 L EY2", "cafe": "K AE1 F EY2", "adult": "AE1 D AH2 L T",
        "schedule": "SH EH1 D Y UW2 L", "lieutenant": "L EH0 F T EH1 N AH0 N T", "route": "R UW1 T",
    }.items()
}  # fmt: skip

OPEN = frozenset("gone begone bygone bygones foregone undergone".split())  # rhyme with *upon*; older British: *dawn*


def american(word: str, found: tuple[Phones, ...]) -> tuple[Phones, ...]:
    """The pronunciations of a word as an American speaker has them: *gone* with the vowel of *on*."""
    return _opened(found) if word in OPEN else found


def _opened(found: tuple[Phones, ...]) -> tuple[Phones, ...]:
    opened = ((at, phones) for phones in found for at in (max(n for n, p in enumerate(phones) if is_vowel(p)),))
    return tuple(dict.fromkeys((*p[:at], p[at].replace("AO", "AA"), *p[at + 1 :]) for at, p in opened))


def accent_asked() -> str:
    """The accent that ``CARMINA_ACCENT`` names; raises ``BadOption`` for one that is not known."""
    asked = os.environ.get(ACCENT) or ACCENTS[0]
    if asked not in ACCENTS:
        raise BadOption("--accent", asked, ", ".join(ACCENTS))
    return asked


def british(word: str, found: tuple[Phones, ...]) -> tuple[Phones, ...]:
    """The pronunciations of a word as a British speaker has them."""
    if word in WORDS:
        return (WORDS[word],)
    if word in OPEN:
        return tuple(dict.fromkeys((*found, *_opened(found))))
    broad = word.removesuffix("'s") in BATH
    return tuple(dict.fromkeys(_without_r(_broad(phones) if broad else phones) for phones in found))


def _broad(phones: Phones) -> Phones:
    return tuple(phone.replace("AE", "AA") if phone[-1] in "12" else phone for phone in phones)


def _without_r(phones: Phones) -> Phones:
    """R after AA and AO goes, and ER0 opens to a schwa, unless a vowel follows."""
    out: list[str] = []
    for at, phone in enumerate(phones):
        vowel_next = at + 1 < len(phones) and is_vowel(phones[at + 1])
        if phone == "R" and out and out[-1][:2] in ("AA", "AO") and not vowel_next:
            continue
        out.append("AH0" if phone == "ER0" and not vowel_next else phone)
    return tuple(out)
