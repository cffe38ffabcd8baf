"""What this package offers: a taste to look at and to choose by, and styles made of what was kept."""

import carmina


@carmina.hookimpl
def carmina_evaluators():
    from .evaluators import PoemTaste, SongTaste

    return [SongTaste, PoemTaste]


@carmina.hookimpl
def carmina_commands():
    from .commands import learn, taste

    return [taste, learn]
