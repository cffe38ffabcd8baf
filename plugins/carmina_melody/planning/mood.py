"""How dark the words are: a handful of words that songs in minor and in major are full of, in each language."""

from __future__ import annotations

from carmina import Lyrics

from ..passes.vocabulary import Mode

USUAL = 0.15  # chance of minor where the words say nothing
SWAY = 0.12  # for each dark word a line, or bright one less
DARK = frozenset(
    "alone ash ashes bleed blood bitter broken burn burned burning cold cried cry dark darkness dead death die died "
    "dying farewell fear fell "
    "ghost gone goodbye grave grief hate hell hurt kill lies lonely lost mourn never night pain poison rain regret "
    "ruin shadow shadows "
    "sick sorrow storm tears thunder war weep winter wound allein blut dunkel einsam grab kalt leid nacht not "
    "schmerz sterben tod "
    "tränen weinen adieu froid larmes mort noir nuit ombre peine pleure seul triste "
    "泪 哭 孤 独 寂 寞 愁 恨 痛 伤 别 离 冷 夜 雨 秋 断 空 残 梦 死 黑 忘 悲".split()
)
BRIGHT = frozenset(
    "bless bright brother child children cheer dance dancing dawn day dear fair free friend friends gay glad gold "
    "golden good happy heaven "
    "home honey hope hurrah joy kiss laugh laughed light love lovely merry morning music peace praise sing singing "
    "smile song spring "
    "star stars summer sun sunny sunshine sweet together warm welcome freude froh himmel hoffnung lachen licht liebe "
    "lied morgen "
    "singen sonne amour beau chanson chante ciel espoir joie jour matin soleil "
    "笑 歌 春 花 光 阳 暖 爱 甜 欢 乐 喜 晨 家 朋 友 舞 福".split()
)


def minor_chance(lyrics: Lyrics) -> float:
    """The chance, .03 to .85, that a song to these words is in minor, where nobody says."""
    words: list[str] = []
    for syllable in lyrics.syllables:
        if syllable.place in ("single", "begin") or syllable.tone is not None or not words:
            words.append(syllable.text.lower())
        else:
            words[-1] += syllable.text.lower()
    sway = sum((word in DARK) - (word in BRIGHT) for word in words) / max(1, len(lyrics.lines))
    return min(0.85, max(0.03, USUAL + SWAY * sway * 2))


def usual_mode(lyrics: Lyrics, asked: Mode | None) -> Mode:
    """The mode that is asked for, else the one that the words alone make likelier."""
    return asked or ("minor" if minor_chance(lyrics) >= 0.5 else "major")
