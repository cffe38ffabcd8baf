"""A copy of the songs with the language of each as our own languages hear it, where they are sure that the label is
wrong.

python corpora/songs/relabel.py FOLDER -o FIXED

The labels of the sources are guesses from function words: of 2,290 songs about 90 differ, nearly all of them German and
French ones labelled English. Only labels for which a language is installed are judged; a song needs eight words.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections import Counter
from pathlib import Path
from typing import Any

from carmina_corpora.folder import packed
from carmina_corpora.language import Tongues

from carmina.conductor import Conductor

FEWEST_WORDS = 8
MARKS = ".,;:!?\"'“”‘’()—-…"


def words_of(song: dict[str, Any]) -> list[str]:
    """The sung words, syllables joined; two syllables on one note are two words."""
    words: list[str] = []
    for _onset, _length, _pitch, text, syllabic, _melisma in song["melody"]:
        if text and (syllabic in ("single", "begin") or not words):
            words.append(text)
        elif text:
            words[-1] += text
    return [part for word in words for part in word.strip(MARKS).split("\u203f") if part]


def heard(song: dict[str, Any], tongues: Tongues, codes: set[str]) -> str | None:
    """The language by our ears, or the label where that cannot be judged."""
    label, words = song.get("language"), words_of(song)
    if len(words) < FEWEST_WORDS or label is not None and label not in codes:
        return label
    return tongues.of_words(words, label or "") or label


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("-o", "--output", type=Path, required=True)
    asked = parser.parse_args()
    languages = Conductor().languages()
    tongues, changes = Tongues(languages), Counter()
    asked.output.mkdir(parents=True, exist_ok=True)
    for path in sorted(asked.folder.glob("*.jsonl.gz")):
        songs = [json.loads(line) for line in gzip.open(path, "rt", encoding="utf-8")]
        for song in songs:
            found = heard(song, tongues, set(languages))
            changes[song.get("language"), found] += found != song.get("language")
            song["language"] = found
        (asked.output / path.name).write_bytes(packed(songs))
    for (old, new), count in changes.most_common():
        if count:
            print(f"{old} -> {new}: {count}")
