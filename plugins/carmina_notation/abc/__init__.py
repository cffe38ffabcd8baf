"""ABC: reader and renderer."""
