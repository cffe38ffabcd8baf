"""Offers the built-in styles."""

from carmina import hookimpl


@hookimpl
def carmina_styles():
    from .catalogue import STYLES

    return STYLES
