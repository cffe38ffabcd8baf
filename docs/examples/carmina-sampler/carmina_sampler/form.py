"""A form of verse, from a few lines of TOML."""

import carmina

FORMS = """
language = "en"

[metres]
i3 = "-+-+-+"
i4 = "-+-+-+-+"

[[forms]]
name = "sampler"
summary = "short metre: iambic lines of six, six, eight and six syllables, abcb"
repeat = 3
teaching = "hymn"
lines = "i3 ., i3 a, i4 ., i3 a"
"""

ENTRIES = carmina.read_forms(FORMS)
