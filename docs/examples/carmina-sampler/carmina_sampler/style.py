"""A kind of song, as data: what is left at its default, the words decide."""

import carmina

ENTRIES = [
    carmina.Style(
        "sampler",
        "a rowing song: two in a bar, on five notes",
        genre="popular",
        metres=("2/4", "6/8"),
        mode="major",
        tempo_bpm=(92.0, 108.0),
        scale=(0, 2, 4, 7, 9),
        scale_strength=4.0,
        program=21,
    )
]
