"""From keywords to the words of a song: which stanzas are written, and how verse, chorus and bridge follow one
another."""
