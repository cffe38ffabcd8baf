"""Training: sequences of ids in, weights out. Knows no words and no notes."""
