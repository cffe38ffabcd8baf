"""How the pre-trained English base is made: ``make train-verse-base`` (docs/models/verse-en-base.md)."""
