"""Function words, and which of a word's pronunciations its neighbours ask for."""

from __future__ import annotations

from collections.abc import Sequence

from .lexicon import Phones, is_vowel, vowels

FUNCTION_WORDS = frozenset(
    """
a an the this that these those my your his her its our their thy thine mine whose which what
i you he she it we they me him them us thee thou ye who whom myself yourself himself herself itself ourselves themselves
thyself yourselves one's
am is are was were be been being art wert wast do does did doth dost didst have has had hast hath hadst having
can could canst couldst may might mayst must shall should shalt shouldst will would wilt wouldst ought dare need
and or but nor for so yet if as than then though although because since while whilst till until unless lest when where
whether how why whence whither wherein wherefore
of to in on at by with from up down out off into unto upon onto over under through throughout about above across after
against along amid amidst among amongst around before behind below beneath beside besides between beyond despite during
except inside outside near past per round toward towards underneath within without ere save sans via
not no n't some any each every either neither both all such own same too there here just
'tis 'twas 'twere 'twill o'er 'neath 'mid 'gainst 'twixt 'til th' o' i' an' wi' e'er ne'er 'em thro' tho' thro tho
i'm i've i'll i'd you're you've you'll you'd he's he'll he'd she's she'll she'd it's it'll it'd we're we've we'll we'd
they're they've they'll they'd that's there's here's what's who's who'll where's isn't aren't wasn't weren't don't doesn't
didn't won't can't couldn't shouldn't wouldn't shan't mustn't haven't hasn't hadn't ain't let's
""".split()  # noqa: E501
)

VERB_CUES = frozenset(
    """to i you we they who will shall would should can could may might must don't didn't won't can't
couldn't not never let let's i'll you'll we'll they'll i'd please and'll did do does doth cannot thou ye""".split()
)
NOUN_OR_VERB = frozenset(
    """abstract addict address affect ally annex attribute combat combine commune compact compound
compress conduct conflict conscript console contest contract contrast converse convert convict decrease defect desert detail
digest discharge discount escort essay excerpt exile exploit export extract impact implant import impress imprint incense
incline increase insert insult invite misprint object overflow perfect permit pervert present proceed produce progress project
prospect protest rebel recall record refill refund refuse reject relay remake reprint research retail retard subject survey
suspect torment transfer transform transplant transport traverse update upset""".split()  # noqa: E501
)
BEFORE_BLESSED = frozenset("the thy o our his her my that this most thou ye these those their all".split())
VERB_SOUNDS = {
    "tear": "T EH1 R",
    "tears": "T EH1 R Z",
    "wind": "W AY1 N D",
    "winds": "W AY1 N D Z",
    "use": "Y UW1 Z",
    "close": "K L OW1 Z",
    "live": "L IH1 V",
    "excuse": "IH0 K S K Y UW1 Z",
}
NOUN_SOUNDS = {
    "tear": "T IH1 R",
    "tears": "T IH1 R Z",
    "wind": "W IH1 N D",
    "winds": "W IH1 N D Z",
    "use": "Y UW1 S",
    "close": "K L OW1 Z",
    "live": "L IH1 V",
    "excuse": "IH0 K S K Y UW1 S",
}


def is_function(key: str) -> bool:
    """Whether a word (lower case, straight apostrophes) carries grammar rather than meaning."""
    return key in FUNCTION_WORDS


def choose(keys: Sequence[str], place: int, found: Sequence[Phones], after: Phones) -> Phones:
    """The pronunciation of ``keys[place]`` in its line; ``after`` are the phones of the next word, if any."""
    key, before = keys[place], keys[place - 1] if place else ""
    if key == "the":
        return _ending(found, "IY0" if after and is_vowel(after[0]) else "AH0")
    if key == "blessed" and before in BEFORE_BLESSED:
        return max(found, key=lambda phones: len(vowels(phones)))
    verb = before in VERB_CUES
    sounds = VERB_SOUNDS if verb else NOUN_SOUNDS
    if key in sounds:
        return tuple(sounds[key].split())
    if key in NOUN_OR_VERB:
        return _stressed(found, last=verb)
    return found[0]


def _ending(found: Sequence[Phones], phone: str) -> Phones:
    return next((phones for phones in found if phones[-1] == phone), found[0])


def _stressed(found: Sequence[Phones], last: bool) -> Phones:
    """The first pronunciation with its primary stress on the first, or on a later, syllable."""
    return next((phones for phones in found if (vowels(phones)[0][-1] != "1") == last), found[0])
