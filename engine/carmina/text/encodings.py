"""Which encoding bytes of text are in, where nothing says so: old lyric files, karaoke files.

Told apart by rules (accents that lean on letters, kana, Cyrillic in running words, common Chinese characters) and, for
the rest, by charset-normalizer among the encodings that fit.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterable

from ..errors import BadOption

WEIGHED = (
    "gb18030",
    "big5",
    "cp1252",
    "shift_jis",
    "euc_jp",
    "euc_kr",
    "cp1251",
    "koi8_r",
    "cp1250",
    "cp1253",
    "cp1255",
)
_JAPANESE, _CYRILLIC = ("euc_jp", "shift_jis"), ("cp1251", "koi8_r")
_COMMON = frozenset(
    "的一是不了在有人我他这中大来上个国到说们为子和你地出道也时年得就那要下以生会自着去之过家学对可她里后小么心多天而能好都然没日于起还发成"
    "事只作当想看文无开手十用主行方又如前所本见经头面公同三已老从动两长知情爱月风花春夜梦雨云山水红思表代问深处声落愁酒泪君何归此尽白"
    "愛這個來說們為時會過學對裡後麼沒還發無開見經頭從動兩長風夢雲紅問處聲淚歸盡國當著"
)
_WESTERN = frozenset("ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜßàáâãäåæçèéêëìíîïñòóôõöøùúûüŒœŸÿ‘’“”„‚–—…«»¿¡·´° \xa0")
ENCODINGS = "the name of an encoding of text, e.g. UTF-8, GBK, Big5, Shift-JIS, EUC-KR, cp1251, Latin-1"
_LEAST_KANA, _LEAST_COMMON, _LEAST_CYRILLIC = 0.2, 0.25, 0.95


def encoding_of(data: bytes) -> str | None:
    """The name of the encoding (one of ``WEIGHED``), as far as can be told; ``None`` when nothing fits. Not for
    UTF-8."""
    if _is_western(data):
        return "cp1252"
    fitting = [name for name in WEIGHED if decodes(data, name)]
    if not fitting:
        return None
    for known in (_kana(data, fitting), _chinese(data, fitting), _cyrillic(data, fitting)):
        if known:
            return known
    import charset_normalizer

    best = charset_normalizer.from_bytes(data, cp_isolation=fitting).best()
    return best.encoding if best else None


def shared_encoding(texts: Iterable[bytes]) -> str:
    """The encoding of the many short texts of one file: each alone is too short to tell. Latin-1 where nothing fits."""
    texts = [text for text in texts if not text.isascii()]
    if texts and all(text[:2] in (b"\xff\xfe", b"\xfe\xff") for text in texts):
        return "utf-16"
    if all(decodes(text, "utf-8") for text in texts):
        return "utf-8"
    return encoding_of(b"\n".join(texts)) or "latin-1"


def text_encoding(name: str, option: str = "--encoding") -> str:
    """The codec of a name as people write it (``GBK``, ``Shift-JIS``, ``windows-1251``); raises ``BadOption``."""
    plain = name.strip().casefold().replace(" ", "-")
    plain = {"gb2312": "gb18030", "gbk": "gb18030", "windows-31j": "cp932", "shift-jis": "cp932"}.get(plain, plain)
    try:
        found = codecs.lookup(plain)
        "".encode(plain)
    except (LookupError, ValueError):
        raise BadOption(option, name, ENCODINGS) from None
    return found.name


def decodes(data: bytes, encoding: str) -> bool:
    """Whether the bytes are text in an encoding at all."""
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _is_western(data: bytes) -> bool:
    """Whether Windows-1252 gives nothing but ASCII, quotes, and accented letters that lean on ASCII letters."""
    if not decodes(data, "cp1252"):
        return False
    text = data.decode("cp1252")
    high = [
        (before, c, after) for before, c, after in zip(" " + text, text, text[1:] + " ", strict=False) if c > "\x7f"
    ]
    lean = sum(before.isascii() and after.isascii() for before, _, after in high)
    return all(c in _WESTERN for _, c, _ in high) and lean >= 0.7 * len(high)


def _kana(data: bytes, fitting: list[str]) -> str | None:
    def share(text: str) -> float:
        return sum("\u3040" <= c <= "\u30ff" for c in text) / max(len(text), 1)

    return next((name for name in _JAPANESE if name in fitting and share(data.decode(name)) > _LEAST_KANA), None)


def _chinese(data: bytes, fitting: list[str]) -> str | None:
    """The Chinese encoding that turns a quarter or more of the bytes past ASCII into the commonest characters, if one
    does."""
    high = max(sum(byte > 127 for byte in data) / 2, 1)
    shares = {
        name: sum(c in _COMMON for c in data.decode(name)) / high for name in ("gb18030", "big5") if name in fitting
    }
    best = max(shares, key=shares.__getitem__, default=None)
    return best if best and shares[best] >= _LEAST_COMMON else None


def _cyrillic(data: bytes, fitting: list[str]) -> str | None:
    """The Cyrillic encoding in which all that is past ASCII is letters, most of them small."""
    for name in _CYRILLIC:
        high = [c for c in data.decode(name) if c > "\x7f"] if name in fitting else []
        letters = [c for c in high if "\u0400" <= c <= "\u045f"]
        small = sum(c.islower() for c in letters)
        if high and len(letters) >= _LEAST_CYRILLIC * len(high) and 3 * small >= 2 * len(letters):
            return name
    return None
