"""Between two melodies, phrase by phrase, by a variational autoencoder.

``phrases``    a score -> phrases on a grid of sixteenths, and back
``tokenizer``  a phrase <-> ids, and the corpus that the model learns from
``walking``    a phrase on its way, for the decoding loop
``blend``      two scores and a place between them -> a score
"""
