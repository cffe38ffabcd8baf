"""Manners of tunes: what a composer, a kind of song or one piece does more readily than tunes at large.

``tables``    tunes -> counts -> nats by table and token (``carmina.Style.manner``)
``rules``     constraints that steer a melody by its style's manner
``catalogue`` styles whose manner was measured on corpora
``like``      one piece -> a style with its manner and without its notes
"""
