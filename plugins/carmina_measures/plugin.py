"""What this package offers."""

import carmina


@carmina.hookimpl
def carmina_evaluators():
    from .likeness import Likeness
    from .sets import MEASURES
    from .validity import Words

    return [*MEASURES, Words, Likeness]


@carmina.hookimpl
def carmina_commands():
    from .commands import COMMANDS

    return list(COMMANDS)
