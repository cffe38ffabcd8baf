"""Lessons: form, rhyme, metre, levels and underlay, step by step, with feedback on what a learner writes."""
