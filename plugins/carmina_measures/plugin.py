"""What this package offers."""

import carmina


@carmina.hookimpl
def carmina_evaluators():
    from .likeness import Likeness
    from .poems.nearness import PoemLikeness
    from .poems.wording import Wording
    from .sets import MEASURES
    from .validity import Words

    return [*MEASURES, Words, Likeness, Wording, PoemLikeness]


@carmina.hookimpl
def carmina_commands():
    from .commands import COMMANDS

    return list(COMMANDS)
