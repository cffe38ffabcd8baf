"""A request becomes a plan: understood, filled with images, parted into stanzas, and kept as JSON."""
