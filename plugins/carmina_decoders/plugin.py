"""Offers the decoders."""

from carmina import hookimpl


@hookimpl
def carmina_decoders():
    from .sampling import Beam, Greedy, MinP, Nucleus, TopK

    return [Nucleus, Greedy, TopK, MinP, Beam]
