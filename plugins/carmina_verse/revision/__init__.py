"""One line or one word of a poem written again."""
