"""Numbered notation (简谱): scale figures with dots, dashes and lines, as Chinese song books print them."""
