"""Which language a text is in, of 130 and more: naive Bayes over byte n-grams, by py3langid (Lui and Baldwin 2012)."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Any

MOST_LETTERS = 4000  # of a text that are read
KIN = {"nn": "no", "pcm": "en", "bs": "hr", "sr": "hr", "lb": "de", "wa": "fr", "grc": "el", "yue": "zh", "wuu": "zh"}
_ALIKE = (("da", "no"), ("id", "ms"), ("cs", "sk"), ("xh", "zu"), ("ga", "gd"))
TWINS = {one: other for pair in _ALIKE for one, other in (pair, pair[::-1])}  # that a line or two hardly tell apart
VOCABLES = re.compile(
    r"(?:[lndtbfh]a+h?|[do]+o*h?|o+h*|a+h+|h[eo]y*|y[eo]+|yeah+|m+|dum|dee|tra|hum|woah?|whoa|na+h?|fa|ay+|sha|shoo|wop|bop)+",
    re.IGNORECASE,
)
NAMES = {
    "af": "Afrikaans", "ar": "Arabic", "az": "Azerbaijani", "br": "Breton", "ca": "Catalan", "cs": "Czech",
    "cy": "Welsh", "da": "Danish", "de": "German", "el": "Greek", "en": "English", "eo": "Esperanto",
    "es": "Spanish", "et": "Estonian", "eu": "Basque", "fi": "Finnish", "fr": "French", "fy": "Frisian",
    "ga": "Irish", "gd": "Scottish Gaelic", "gl": "Galician", "he": "Hebrew", "hi": "Hindi",
    "hr": "Croatian, Bosnian or Serbian", "hu": "Hungarian", "id": "Indonesian", "is": "Icelandic", "it": "Italian",
    "ja": "Japanese", "jv": "Javanese", "ko": "Korean", "ku": "Kurdish", "la": "Latin", "lt": "Lithuanian",
    "lv": "Latvian", "mg": "Malagasy", "ms": "Malay", "mt": "Maltese", "nl": "Dutch", "no": "Norwegian",
    "oc": "Occitan", "pl": "Polish", "pt": "Portuguese", "ro": "Romanian", "ru": "Russian", "sk": "Slovak",
    "sl": "Slovenian", "so": "Somali", "sq": "Albanian", "sv": "Swedish", "sw": "Swahili", "th": "Thai",
    "tl": "Tagalog", "tr": "Turkish", "uk": "Ukrainian", "uz": "Uzbek", "vi": "Vietnamese", "xh": "Xhosa",
    "yo": "Yoruba", "zh": "Chinese", "zu": "Zulu",
}  # fmt: skip


@lru_cache(maxsize=64)
def tongues(text: str) -> dict[str, float]:
    """ISO 639 code -> probability, the likeliest first; codes that speakers read alike (``KIN``) are one."""
    shares: dict[str, float] = {}
    for code, share in _identifier().rank(text[:MOST_LETTERS]):
        code = KIN.get(code, code)
        shares[code] = shares.get(code, 0.0) + float(share)
    return dict(sorted(shares.items(), key=lambda item: -item[1]))


def tongue_name(code: str) -> str:
    """``Polish (pl)``; of a code without a name here the code."""
    return f"{NAMES[code]} ({code})" if code in NAMES else code


def is_vocable(word: str) -> bool:
    """Whether a word says nothing in any language: la, na, oh, hey, tra-la."""
    return VOCABLES.fullmatch(re.sub(r"[^\w]", "", word)) is not None


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
