"""Makes ``data/zh-antithesis.npz``: ``python -m carmina_verse.making.antithesis CORPUS``.

From the middle couplets of regulated verse (律诗): which characters stand opposite one another.

- ``vectors`` (characters, 48) int8: positive pointwise mutual information of two characters at one place of a couplet,
  its strongest dimensions; a cosine says how well two characters answer one another.
- ``classes``: for every character the word classes (letters of ``CLASSES``) that it takes part in. Closed classes and
  the fields of things are written down in ``SEEDS``; other characters begin with the part of speech that jieba's word
  list gives them, and all take on what their partners are, for a few rounds.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from .associations import _strongest

CLASSES = "NPDMCFR"  # noun, predicate (verb or adjective), adverb, number, colour, direction, pronoun or particle
SEEDS = {
    "M": "一二三四五六七八九十百千万亿两双半几数群众诸",
    "C": "红绿青黄白黑紫碧翠丹朱苍玄素金银赤绛缁皓乌",
    "F": "东西南北上下前后左右中内外里间边旁底头畔侧",
    "D": "不无未非已犹尚更还又亦皆俱曾将欲却自空徒应须岂何谁偏只惟相共同初乍渐常每频屡忽正方才便即莫休勿复重再最太甚颇能可堪",  # noqa: E501
    "R": "我吾余予君汝尔子渠伊他此彼其之者所而于以与则乎矣哉兮也焉",
}
PREDICATES = (
    "寒飞落残生成开归来去行随逐入出起坐卧眠醉醒看听闻知见望思忆愁悲喜笑啼鸣吟歌吹照映对临登过渡返回流转留送迎寄赠传收散聚合分断连隔垂挂悬浮沉"
    "深浅高低长短远近新旧故清浊明暗暖凉冷热晴阴老少幼轻重多静闲忙贫富贵贱同异稀密疏细微平直斜横满尽虚实香幽孤独荒枯荣衰盛好恶佳美奇乱危安乐苦"
    "甘醒狂懒倦病瘦肥肯能得失有无为作是似如若疑怜惜爱恨怨怕惊忘记逢遇别离居住游戏弄采折种栽耕读写题赋论谈言语问答饮食饱饥渴披着戴扫洗染点滴穿"
    "卷舒放拂拥抱携倚扶立走驰骤驾乘泛棹系锁闭掩敲推穷达进退升降动止摇荡飘坠凋谢发抽吐含藏隐现露"
)
PAIRED = {
    "F": "N",
    "多": "M",
    "少": "M",
    "独": "M",
    "孤": "M",
    "何": "R",
    "谁": "R",
    "此": "D",
    "我": "N",
    "君": "N",
    "子": "N",
    "尔": "N",
    "吾": "N",
    "余": "N",
    "他": "N",
    "自": "R",
    "相": "R",
    "无": "P",
    "不": "",
    "空": "P",
    "今": "N",
}
FIELDS = {
    "天": "天日月星辰风云雨雪霜露雷电虹霞雾烟霄汉阳霓氛",
    "时": "春夏秋冬年岁月日时朝暮夜晨昏旦夕昼宵晓晚节",
    "地": "山水江河湖海川溪涧泉岭峰岩石沙洲岸浦渚汀野原田园路径道城郭关塞村乡国州县郡波浪潮",
    "屋": "楼台亭阁殿堂门户窗庭院轩槛屋舍斋寺庙宫阙檐阶砌桥舟船帆",
    "器": "琴书剑酒杯樽灯烛炉香钟鼓笛箫弦棋笔砚纸帘幕枕席镜扇车马衣冠裳袖带履舟盘瓶",
    "草": "花草树木松竹梅兰菊荷莲柳杨桃李杏桐枫芦苇苔萝叶枝根蕊芳林梧桂桑麻禾麦稻茶",
    "鸟": "鸟雁莺燕鸦鹊鹤鸥鹭鸿鸡凤鹰蝉蝶蜂蛩鱼龙虎猿鹿牛羊马犬蛙虫鸳鸯鸠鹃",
    "身": "心身头面目眼眉发鬓泪手足肠骨魂梦神口齿耳肩腰",
    "人": "人客翁僧仙农渔樵友朋兄弟妻儿女母父王侯将相士臣君童叟",
}
LEAST, ROUNDS, SHARE = 30, 4, 0.2
TAGS = {"n": "N", "t": "N", "s": "N", "v": "P", "a": "P", "z": "P", "d": "D", "m": "M", "q": "N", "r": "R", "f": "F"}


def couplets(folder: Path, split: str, where: tuple[int, ...] = (2, 4)) -> Iterator[tuple[str, str]]:
    """Couplets of regulated verse: the middle ones, or those that begin at other lines."""
    from ..chinese.corpus import verses

    for verse in verses(folder):
        if verse.form in ("五律", "七律") and verse.split == split and len(verse.lines) == 8:
            for at in where:
                if len(verse.lines[at]) == len(verse.lines[at + 1]):
                    yield verse.lines[at], verse.lines[at + 1]


def opposite(folder: Path) -> tuple[list[str], np.ndarray]:
    """The characters that stand opposite others at least ``LEAST`` times, and how often each pair does
    (symmetrical)."""
    counts: Counter[tuple[str, str]] = Counter()
    for one, other in couplets(folder, "train"):
        counts.update(zip(one, other))
    single: Counter[str] = Counter()
    for (a, b), many in counts.items():
        single[a] += many
        single[b] += many
    characters = sorted((c for c, many in single.items() if many >= LEAST), key=lambda c: -single[c])
    index = {c: at for at, c in enumerate(characters)}
    together = np.zeros((len(characters), len(characters)), np.float32)
    for (a, b), many in counts.items():
        if a in index and b in index and a != b:
            together[index[a], index[b]] += many
            together[index[b], index[a]] += many
    return characters, together


def classes_of(characters: list[str], together: np.ndarray) -> list[str]:
    """The classes of every character, the likelier first."""
    import jieba
    import jieba.posseg

    jieba.setLogLevel(40)
    jieba.posseg.dt.initialize()
    seeds = np.zeros((len(characters), len(CLASSES)), np.float32)
    closed = {c: name for name, members in SEEDS.items() for c in members}
    things = {c for members in FIELDS.values() for c in members}
    firm = np.zeros(len(characters), np.float32)
    for row, c in enumerate(characters):
        name = (
            closed.get(c)
            or ("P" if c in PREDICATES else "")
            or ("N" if c in things else TAGS.get(jieba.posseg.dt.word_tag_tab.get(c, "x")[0], ""))
        )
        firm[row] = 0.8 if c in closed or c in things else 0.6 if c in PREDICATES else 0.25 if name else 0.0
        if name:
            seeds[row, CLASSES.index(name)] = 1
    seen = seeds.copy()
    for _ in range(ROUNDS):
        weights = together / np.maximum(together.sum(axis=1, keepdims=True), 1)
        partners = weights @ seen
        prior = seen.mean(axis=0, keepdims=True) + 1e-6
        partners = partners / np.maximum(partners.sum(axis=1, keepdims=True), 1e-6)
        partners = partners / np.sqrt(prior)
        partners /= np.maximum(partners.sum(axis=1, keepdims=True), 1e-6)
        seen = firm[:, None] * seeds + (1 - firm[:, None]) * partners
    out = []
    for c, chances in zip(characters, seen, strict=True):
        order = np.argsort(-chances)
        own = "".join(CLASSES[at] for at in order if chances[at] >= SHARE) or CLASSES[order[0]]
        out.append("".join(dict.fromkeys(own + PAIRED.get(c, PAIRED.get(own[0], "")))))
    return out


def main() -> None:
    """Write the table."""
    characters, together = opposite(Path(sys.argv[1]))
    alone, total = together.sum(axis=1), together.sum()
    information = np.log(np.maximum(together, 1e-9) * total / np.outer(alone, alone))
    vectors = _strongest(np.where(together >= 3, np.maximum(information, 0), 0).astype(np.float32))
    vectors = np.asarray(vectors, np.float32)
    vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    fields = {c: name for name, members in FIELDS.items() for c in members}
    rows = [
        f"{c}{fields.get(c, '')} {own}" for c, own in zip(characters, classes_of(characters, together), strict=True)
    ]
    np.savez_compressed(
        Path(__file__).parent.parent / "data" / "zh-antithesis.npz",
        classes=np.frombuffer("\n".join(rows).encode(), np.uint8),
        vectors=np.round(vectors * 127).astype(np.int8),
    )
    print(len(rows))


if __name__ == "__main__":
    main()
