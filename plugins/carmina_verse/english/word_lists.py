"""Lists of English words that verse treats in a way of their own."""

from __future__ import annotations

FUNCTION_WORDS = frozenset(
    "a an the and or nor but if of to in on at by for from with as is are was were be been am it its he him his "
    "she her they "
    "them their we us our i me my you your thou thee thy ye that this these those which who whom whose than then "
    "so not no do "
    "did does has have had shall will would should could can may might must let when where while till ere yet "
    "there all upon "
    "into through o oh i'll i'm i've i'd it's he's she's that's there's they're we're you're 'tis 'twas each such "
    "what how "
    "some any more most too very ever never over under up down out off still now here his hath doth art wilt "
    "shalt".split()
)
ARCHAIC = frozenset(
    "thou thee thy thine thyself ye hath doth hast dost art wert wast shalt wilt canst couldst wouldst shouldst "
    "didst hadst "
    "mayst may'st must'st saith whence thence hither thither whither methinks methought quoth prithee forsooth ere "
    "o'er e'er "
    "ne'er 'twas 'tis 'twere 'twill 'twould 'neath 'mid 'gainst oft yon yonder behold lo nigh wherefore whilst "
    "betwixt ope "
    "spake brake bespake begat unto morn eve twain thrice eftsoons yea nay alas alack hark".split()
)

NO_WORDS = frozenset(
    "re ve ll ee co ad al de la le el en et un von di da du est ac se te si ne es ah's tis twas th st mr mrs dr id em "
    "er ha's oo ooh uh um hm hmm mm sh pat's ay's mell sere dee diddle lagoon wee ex ho ha".split()
)
