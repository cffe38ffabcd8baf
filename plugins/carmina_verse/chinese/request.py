"""Reads a request in Chinese: what it is about, in which mood, manner and form, for whom; its own words go."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from carmina.text import HAN

from ..modern.plan import ADDRESSED, is_sentence, subjects_of
from .segmentation import frequencies

MOODS = {
    "sad": "悲伤 忧伤 伤感 哀伤 伤心 难过 凄凉 悲凉 凄美 悲 忧郁 哀怨 伤怀 悲壮",
    "joyful": "欢乐 快乐 喜悦 欢快 高兴 喜庆 愉快 开心 热闹 明快",
    "tender": "温柔 温馨 深情 温暖 甜蜜 柔美 浪漫",
    "angry": "愤怒 悲愤 激愤 愤慨",
    "quiet": "宁静 安静 恬淡 闲适 清新 淡雅 恬静 平静 幽静 清幽",
    "comic": "幽默 诙谐 搞笑 滑稽 有趣 调皮",
    "dark": "阴郁 沉重 阴森 黑暗 沉郁",
    "longing": "思念 惆怅 怀念 缠绵 离愁 想念",
    "hopeful": "豪放 昂扬 激昂 励志 豪迈 积极 壮阔 雄壮 慷慨",
    "devout": "虔诚 禅意 空灵",
}
_MOOD = {word: mood for mood, text in MOODS.items() for word in text.split()}
_MOODS = re.compile(f"({'|'.join(sorted(_MOOD, key=len, reverse=True))})(?:一点|一些)?(?:的|地)")
VERSE = "诗|词|绝句|律诗|诗歌|古诗|古体诗|近体诗|作品|曲子?|歌|篇章|文字|文章|故事|散文|现代诗|新诗|小诗|歌词|儿歌|童谣"
FIGURES = "一两二三四五六七八九十"
_OPENING = re.compile(
    r"(?:请|麻烦|能不能|能否|可以|可否|帮忙|帮我|替我|给我|为我|我想要?|我要|想要?)*"
    r"(?:再|来|写|作|做|创作|赋|填|吟|讲|编|生成|题)+(?:出|成|下)?"
    rf"(?:(?:上)?(?:[{FIGURES}几这那])*(?:首|篇|段|个|支|阕|则|曲|些|点)|(?:上)?[{FIGURES}几]+(?:句|行|节)|诗)"
)
_MANNER = re.compile(
    r"(?:模?仿|学|用|以|按|照)?(?:着|照)?({names})(?:先生)?(?:的)?(?:风格|诗风|词风|口吻|笔法|手法|体|风|味道|语气)(?:的)?"
)
_ABOUT = re.compile(
    r"(?:关于|有关|以|题目(?:是|为|叫)?|主题(?:是|为)?|题为|描写|描绘|表达|表现|歌颂|赞美|吟咏|咏|抒发|写(?:一写)?)"
    r"(.+?)(?:为题|为主题|的(?:" + VERSE + r"|感觉|心情|情感|感情|景色|题材|主题)|$)"
)
_FILLER = re.compile(r"谢谢|好吗|可以吗|行吗|吧|哦|呢|啊|要求|必须|押韵|最好|希望|要(?=有)|有点|非常|很|十分|带|送给我")
_HAN = re.compile(f"[{HAN}]+")
_STARTS = r"(?:^|(?<=[，。；！？]))[，、的]*"  # of a clause
NO_SUBJECTS = frozenset("一首 首 写 诗 好 想要 我想 我要 帮我 一个 有关 内容 主题 题目 风格".split())


@dataclass(frozen=True)
class Wish:
    """What keywords say; whatever is empty they leave open."""

    words: tuple[str, ...] = ()  # to stand as they are
    subjects: tuple[str, ...] = ()  # of sentences
    mood: str = ""
    manner: str = ""
    addressee: str = ""
    request: str = ""  # the sentences, as they were


def understood(keywords: Sequence[str], names: Iterable[str], manners: Sequence[str]) -> Wish:
    """``names`` of forms and ``manners`` that a request may name: theirs are no words of the poem."""
    forms = sorted((name for name in names if len(name) > 1 and _HAN.fullmatch(name)), key=len, reverse=True)
    words: list[str] = []
    subjects: list[str] = []
    sentences: list[str] = []
    mood = manner = addressee = ""
    for keyword in keywords:
        text = re.sub(r"\s+", "，", keyword.strip())
        if not is_request(text, forms):
            words += [
                part for run in _HAN.findall(text) for part in ([run] if not is_sentence(run) else subjects_of(run))
            ]
            continue
        sentences.append(keyword)
        found = ADDRESSED.search(text)
        addressee = addressee or (found.group(1) if found else "")
        text, own_manner = _taken(text.replace(found.group(), "，") if found else text, manners)
        text, own_mood = _mood_of(text)
        mood, manner = mood or own_mood, manner or own_manner
        subjects += _subjects(text, forms)
    return Wish(
        tuple(dict.fromkeys(words)), tuple(dict.fromkeys(subjects)), mood, manner, addressee, " ".join(sentences)
    )


def is_request(text: str, forms: Sequence[str]) -> bool:
    """Whether a keyword asks for a poem, and is no word of one."""
    told = re.search("^写.{1,4}$", text) and text not in frequencies()
    if told or _OPENING.search(text) or re.search(r"关于|为题|主题|题目", text):
        return True
    named = any(name in text and name != text for name in forms)
    return (
        named
        or bool(re.search(rf"的(?:{VERSE})$", text))
        or bool(re.search(r"[，。；！？]", text))
        and is_sentence(text)
    )


def without_asking(text: str) -> str:
    """What a request is about: 写一首关于雨的诗 -> 雨. A text that asks for nothing stands as it is."""
    plain = _OPENING.sub("，", re.sub(r"\s+", "，", text.strip()))
    told = re.search(rf"{_STARTS}(?:关于|有关|题目(?:是|为|叫)?|主题(?:是|为)?)", plain)
    if plain == text.strip() and not told:
        return text
    plain = re.sub(rf"的?(?:{VERSE})(?=$|[，。！？：:])", "，", plain)
    plain = re.sub(r"请?以(.+?)为(?:主?题)?(?=$|，)", r"\1", plain)
    plain = re.sub(rf"{_STARTS}(?:关于|有关|题目(?:是|为|叫)?|主题(?:是|为)?|给我|给)?", "", plain)
    return re.sub("，+", "，", plain).strip("，。！？、：:") or text


def _taken(text: str, manners: Sequence[str]) -> tuple[str, str]:
    """The text without a manner, and the manner."""
    names = "|".join(sorted(manners, key=len, reverse=True))
    found = re.search(_MANNER.pattern.replace("{names}", names), text)
    return (text.replace(found.group(), "，"), found.group(1)) if found else (text, "")


def _mood_of(text: str) -> tuple[str, str]:
    found = _MOODS.search(text)
    return (text.replace(found.group(), "", 1), _MOOD[found.group(1)]) if found else (text, "")


def _subjects(text: str, forms: Sequence[str]) -> list[str]:
    """What the rest of a request is about."""
    for name in forms:
        text = text.replace(name, "，")
    plain = re.sub("^写", "，", _OPENING.sub("，", text))
    plain = re.sub(rf"[词曲]牌|体裁|格律|[五七]言|({VERSE})(?=$|，)", "，", plain)
    plain = re.sub(r"^[，、的]+", "", _FILLER.sub("，", plain))
    parts: list[str] = []
    for clause in re.split(r"[，。；！？、\s]+", plain):
        told = _ABOUT.search(clause)
        clause = (told.group(1) if told else clause).strip("的地是为以和与在，")
        for part in re.split(r"和|与|及|跟", clause):
            if _HAN.fullmatch(part):
                parts += [part] if len(part) <= 2 or part in frequencies() else subjects_of(part)
    return [part for part in parts if part not in NO_SUBJECTS]
