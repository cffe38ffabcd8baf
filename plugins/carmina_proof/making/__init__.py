"""Makes the data of this package; not installed."""
