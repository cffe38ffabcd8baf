"""The shipped forms, their slots, and how a poem is aligned with a form."""
