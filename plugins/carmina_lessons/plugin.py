"""What this package offers: ``carmina lesson``."""

import carmina


@carmina.hookimpl
def carmina_commands():
    from .commands import lesson

    return [lesson]
