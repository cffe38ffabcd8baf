"""A score laid out for print: folded verses, streams of one staff, durations, underlay."""
