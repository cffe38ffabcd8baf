"""的, 地, 得 by rule, where usage is settled: 跑得很快, 慢慢地走.

Written for this project after 吕叔湘, 现代汉语八百词 (1980).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ..findings import Finding
from ..page import Page

RULE = 30.0  # nats: usage is settled, whatever older texts write
_VERBS = (
    "跑走飞说唱写看听笑哭睡吃喝过活来去爱想长变做开落站坐躺等飘流游跳舞画弹吹打玩学教讲答问记忘忙累病醉醒疼痛恨怕冻晒烧照映爬"
    "追赶逃躲藏住穿戴扮演走起下上升沉静热冷亮红绿高低深浅香甜苦美丑远近"
)
_DEGREE = (
    "很|太(?![太阳平子古空])|真(?![实正理相心])|更(?![年夫])|最(?![后初近先])|非常|特别|格外|那么|那样|这么|这样|如此|多么|十分|极其|像"
    "|好像|不得了|要命|厉害"
)
_COMPLEMENT = "快|慢|早|晚|远|近|高|低|深|浅|久|好|坏|多|少|紧|响|清楚|明白|美|热闹|起劲|香|甜|稳|直|透|碎"
_DEGREED = re.compile(
    rf"(?<![的地得])([{_VERBS}])([的地])(?!(?<=[来去上下过起]的)[最更])(?=(?:{_DEGREE})[\u4e00-\u9fff])"
)
_COMPLEMENTED = re.compile(
    rf"(?<![的地得])([跑走飞说唱写睡吃活来长等飘跳站坐笑哭爱])([地])(?=(?:{_COMPLEMENT})(?:了|$|[，。！？；]))"
)
_ADVERBS = (
    "慢慢|轻轻|静静|悄悄|默默|紧紧|深深|远远|高高|缓缓|渐渐|匆匆|偷偷|牢牢|狠狠|细细|好好|快快|早早|久久|淡淡|苦苦|"
    "呆呆|痴痴|傻傻|温柔|安静|快乐|努力|认真|仔细|拼命|不停|不断|尽情|自由自在|小心|勇敢|大声|高兴|疯狂|孤独|寂寞"
)
_ACTIONS = "走跑飞说唱写看听笑哭睡吃来去爱想做开落站坐躺等飘流游跳追问答抱拥吻牵握离放闭睁望盼数活老长变成为告诉"
_ADVERBIAL = re.compile(rf"({_ADVERBS})(得)(?=[{_ACTIONS}])")
_WRONG_DE = re.compile(
    rf"({_ADVERBS})(的)(?=(?:走|跑|飞|说|唱|看着|听着|哭|睡|等着|望着|飘|落下|流过|走过|离开|告诉)[\u4e00-\u9fff]?)"
)
_ADVERBIAL_RIGHT = re.compile(  # 轻轻地, 欢欢喜喜地, 忽然地, 一步一步地, 不停地
    rf"(?:{_ADVERBS}|([\u4e00-\u9fff])\1|([\u4e00-\u9fff])\2([\u4e00-\u9fff])\3|[\u4e00-\u9fff]然"
    rf"|一[\u4e00-\u9fff]一[\u4e00-\u9fff]|[无不]\w)地(?=[{_ACTIONS}])"
)


def writes_de(texts: Sequence[str]) -> bool:
    """Whether a text writes 地 after adverbs, as today's usage has it; older texts write 的."""
    return any(_ADVERBIAL_RIGHT.search(text) for text in texts)


def particles(page: Page, lines: list[int]) -> Iterator[Finding]:
    """的 and 地 for 得, 得 for 地; 的 for 地 only in a text that writes 地 elsewhere, since older texts write 的."""
    texts = [shown.text for at in lines if (shown := page.shown[at]) is not None]
    strict = writes_de(texts)
    for at in lines:
        shown = page.shown[at]
        assert shown is not None  # the lines that are read
        patterns = [
            (_DEGREED, "得", "程度补语前用得"),
            (_COMPLEMENTED, "得", "补语前用得"),
            (_ADVERBIAL, "地", "状语后用地"),
        ]
        if strict:
            patterns.append((_WRONG_DE, "地", "状语后用地"))
        for pattern, mend, reason in patterns:
            for found in pattern.finditer(shown.text):
                start, end = shown.span(*found.span(2))
                yield Finding(at + 1, start, end, found[2], "particle", reason, (mend,), RULE)
