"""Māori: every syllable is open, so words part by themselves; the stress is on the first long vowel or diphthong, else
the first syllable."""

import re

import carmina

SYLLABLE = re.compile(r"(?:wh|ng|[hkmnprtw])?(?:[āēīōū]|a[eiou]|o[eiu]|e[iu]|[aeiou])", re.IGNORECASE)
SMALL = frozenset("te ngā he ko i ki kei o a e me mā nā nō mō ka kua kia".split())  # words that carry no stress
LONG = re.compile("[āēīōū]|a[eiou]|o[iu]|e[iu]", re.IGNORECASE)


class Maori(carmina.Language):
    name, summary, script = "mi", "Māori: open syllables, stress on the first long one", "Latin"

    def claim(self, words):
        """The share of words that are nothing but Māori syllables, small words weighing most."""
        fits = [SYLLABLE.sub("", word) == "" and bool(word) for word in words]
        return sum(fits) / len(fits) * 0.8 if fits else 0.0

    def syllabify(self, words):
        return [tuple(self._word(word)) for word in words]

    def _word(self, word):
        plain = word.replace("-", "")
        found = list(SYLLABLE.finditer(plain))
        if not found:
            return
        cuts = [0, *(one.start() for one in found[1:]), len(plain)]
        strong = next((at for at, one in enumerate(found) if LONG.search(one[0])), 0)
        content = plain.lower() not in SMALL
        for at, (start, end) in enumerate(zip(cuts, cuts[1:], strict=False)):
            last = at + 1 == len(found)
            yield carmina.Syllable(
                plain[start:end],
                "single" if last and not at else "begin" if not at else "end" if last else "middle",
                stress=int(at == strong and content),
                content=content,
                rhyme=found[at][0].lstrip("hkmngprtwHKMNGPRTW").lower() if last else None,
                language=self.name,
            )


ENTRIES = [Maori]
