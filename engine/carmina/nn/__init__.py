"""Networks: ids and tensors only.

Shapes: B batch, T steps, F fields of a step, V vocabulary of field 0, D width, H heads, K width of a head.

A *step* is one row of F ids. Field 0 is the sequence itself (the id chosen last); the others say what the next choice
is about (a syllable's stress, the place in the bar, ...). Their embeddings are summed. Plain text has F = 1.
"""
