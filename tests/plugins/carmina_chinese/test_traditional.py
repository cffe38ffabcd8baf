"""Simplified words become the traditional ones that they stand for, in modern and in older Chinese."""

import pytest
from carmina_chinese.script import simplified, traditional

WORDS = """日历曆 历史歷 经历歷 农历曆 学历歷 头发髮 发现發 理发髮 白发髮 出发發 乾坤乾 干净乾 树干幹
干部幹 若干干 干涉干 皇后后 以后後 太后后 前后後 公里里 面条麪 面粉麪 方面面 台风颱 阳台臺
恢复復 反复覆 时钟鐘 钟情鍾 松树松 放松鬆 稻谷穀 山谷谷 斗争鬥 北斗斗 茶几几 几乎幾 丑陋醜
范围範 一只隻 只有只 制造製 制度制 征求徵 征服征 生姜薑 关系係 联系繫 准备準 批准准 胡须鬚
必须須 卷起捲 书卷卷 手表錶 表面表 凶手兇 吉凶凶 困难困 秋千鞦 千秋千 舍得捨 宿舍舍 余音餘
余亦余 征人征 征衣征""".split()


@pytest.mark.parametrize("word", WORDS)
def test_a_character_that_stands_for_several_becomes_the_right_one(word):
    assert word[-1] in traditional(word[:-1])


@pytest.mark.parametrize("word", WORDS)
def test_there_and_back_nothing_is_lost(word):
    assert simplified(traditional(word[:-1])) == word[:-1]
