"""Scripts that make the tables in ``data/`` from a corpus folder, and measure against it. Not needed to arrange."""
