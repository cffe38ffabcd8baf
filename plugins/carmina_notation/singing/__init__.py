"""Projects of singing synthesizers: the sung lines with their words."""
