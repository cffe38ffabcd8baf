"""What a person asked, made clean, and what in it contradicts itself: one clear error, before anything is written."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

from carmina import BadInput, Form, UnknownEntry, VerseBrief
from carmina.text import is_han

from ..forms.slots import Slot

FIGURE = re.compile(r"(?<![\d.,])(\d{1,6})(st|nd|rd|th)?(?![\d.,]*\d)", re.IGNORECASE)
LONGEST_REQUEST = 2000
LONGEST_WORD = 40  # letters of a keyword


def plain_latin(text: str) -> str:
    """Without accents (naïve, München), figures written out (42nd), an emoji by its name (🌙: moon)."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return FIGURE.sub(_spoken, "".join(_named(c) for c in bare))


def _spoken(match: re.Match[str]) -> str:
    from num2words import num2words

    return f" {num2words(int(match[1]), to='ordinal' if match[2] else 'cardinal')} "


def _named(sign: str) -> str:
    """A pictograph as the noun of its name; every other sign as it is."""
    if unicodedata.category(sign) != "So" or ord(sign) < 0x2600:
        return sign
    noun = unicodedata.name(sign, "").lower().rpartition(" ")[2]
    return f" {noun} " if noun.isalpha() and len(noun) > 2 else " "


def has_letters(text: str) -> bool:
    """Whether a text is written in some script at all."""
    return any(c.isalpha() for c in text)


def check_printable(brief: VerseBrief) -> None:
    """Refuse control characters, which no poem can hold; line ends only where lines are given."""
    texts = {"a keyword": brief.keywords, "--acrostic": (brief.acrostic,), "the request": (brief.request,)}
    texts |= {"--rhyme": (brief.rhyme or "",), "--prompt": (re.sub(r"[\n\r\t]", " ", brief.prompt),)}
    for name, own in texts.items():
        for text in own:
            bad = next((c for c in text if unicodedata.category(c) in ("Cc", "Cs")), "")
            if bad:
                raise BadInput(f"{name} holds the control character U+{ord(bad):04X}. Give letters and spaces only.")
    if len(brief.request) > LONGEST_REQUEST:
        raise BadInput(f"a request of {len(brief.request)} characters; at most {LONGEST_REQUEST}. Shorten it.")


def check_subject(brief: VerseBrief) -> None:
    """Refuse keywords, or a request, of marks alone: there is nothing in them to write about."""
    texts = [*brief.keywords, *([brief.request] if brief.request else [])]
    if texts and not any(c.isalnum() for text in texts for c in plain_latin(text)):
        raise BadInput(
            f"there is nothing to write about in {' '.join(texts)[:LONGEST_WORD]!r}. Give words, or none at all for a "
            "poem about anything."
        )


def check_asked_language(brief: VerseBrief) -> None:
    """Refuse a request for a poem in a language that no verse is written in, or that is not the language of its own
    words."""
    text = " ".join((*brief.keywords, brief.request))
    chinese = any(map(is_han, text))
    found = ASKED_ZH.search(text) if chinese else next((own for p in ASKED_EN if (own := p.search(text))), None)
    named = found and next(group for group in found.groups() if group)
    if not named or named in ("中", "汉", "国", "华") and chinese or named == "English":
        return
    if named in ("英", "Chinese"):
        other = "English" if chinese else "Chinese"
        raise BadInput(
            f"the request asks for verse in {other}, and its words are not. Give {other} words, e.g. "
            f"{'moon river' if chinese else '明月 故乡'}."
        )
    raise BadInput(
        f"the request asks for verse in another language ({found.group().strip() if found else named}); verse is "
        "written in English and Chinese. Ask for one of these, in words of its own."
    )


TONGUES = (
    "French|German|Spanish|Italian|Portuguese|Russian|Japanese|Korean|Arabic|Latin|Greek|Hebrew|Hindi|Turkish|Dutch|Polish|Swedish|"
    "Norwegian|Danish|Finnish|Czech|Hungarian|Vietnamese|Thai|Persian|Ukrainian|Welsh|Irish|Gaelic|Chinese|Mandarin|English"
)
_KINDS = (
    r"poems?|verses?|sonnets?|haikus?|limericks?|ballads?|odes?|elegy|songs?|lyrics|quatrains?|couplets?|villanelles?"
)
ASKED_EN = (
    re.compile(rf"\b(?:{_KINDS})\b[^.;]*?\bin ({TONGUES})\b(?!\s+[a-z])", re.IGNORECASE),
    re.compile(
        rf"^\W*(?:please\s+)?(?:write|compose|make|create|give)\b[^.;]{{0,24}}?\b({TONGUES})\s+(?:{_KINDS})\b",
        re.IGNORECASE,
    ),
)
_NAMES = (
    "法|德|日|俄|韩|英|中|汉|国|华|西班牙|葡萄牙|意大利|阿拉伯|拉丁|希腊|希伯来|印地|土耳其|荷兰|波兰|瑞典|挪威|丹麦|芬兰|捷克|匈牙利|越南|泰|波斯|"
    "乌克兰|朝鲜|藏|蒙古|维吾尔|世界"
)
ASKED_ZH = re.compile(
    rf"用({_NAMES})[语文](?:写|作|来|创作|赋|吟)|(?:[写作来]|创作)[^，。；]{{0,4}}?({_NAMES})[语文](?:的|写的)?"
    r"(?:小|短|情|新|现代|抒情|十四行)?(?:诗|歌|词|俳句|儿歌|歌词)"
)


def check_script(keywords: Sequence[str], usable: Sequence[bool], language: str, other: str) -> None:
    """Refuse a keyword that has letters, none of which the language can read."""
    for keyword, fine in zip(keywords, usable, strict=True):
        if len(keyword) > LONGEST_WORD * 4:
            raise BadInput(f"a keyword of {len(keyword)} letters; give words of at most {LONGEST_WORD}.")
        if not fine and has_letters(keyword):
            raise BadInput(
                f"no keyword that {language} can write in {keyword!r}; give {language} words, or a form of another "
                "language "
                f"(--language {other})."
            )


def check_style(asked: str, known: Iterable[str], language: str) -> None:
    """Refuse a manner that verse in this language has not, one of another script as such."""
    known = list(dict.fromkeys(known))
    if asked in known:
        return
    other = "Chinese" if any(map(is_han, asked)) else "English"
    if other != language:
        raise BadInput(
            f"no manner of {language} verse is called {asked[:LONGEST_WORD]!r}, and the poem is in {language}. Give "
            f"{other} words for a manner of {other} verse, or one of: {', '.join(known)}."
        )
    raise UnknownEntry("style", asked, known)


def check_whole(brief: VerseBrief, form: Form, planned: Sequence[Slot]) -> None:
    """Refuse what no poem of this form can be."""
    rhymed = any(slot.line.rhyme for slot in planned)
    if brief.rhyme and not rhymed:
        raise BadInput(
            f"--rhyme {brief.rhyme!r}: {form.name} has no rhymes. Leave --rhyme out, or choose a form that rhymes."
        )
    if brief.book and not form.book:
        raise BadInput(
            f"--book {brief.book!r}: {form.name} follows no rhyme book, which only Chinese forms do. Leave --book out."
        )
    for number, slot in enumerate(planned, 1):
        model = slot.copies if slot.copies is not None else slot.heads
        if model is not None and slot.letter and slot.letter != planned[model].letter:
            raise BadInput(
                f"--acrostic: line {number} of {form.name} repeats line {model + 1}, so it cannot begin with "
                f"{slot.letter!r}, "
                f"and that with {planned[model].letter!r}. Shorten the acrostic, or choose a form without refrains."
            )
