"""Songs of a corpus as training sequences."""
