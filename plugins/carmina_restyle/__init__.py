"""A work in another manner: a tune in another style, metre or mode that keeps its words and its contour; a poem in
another form or another poet's manner that keeps what it says.

``source``   a score -> its words, and what of its lines is to be kept
``rules``    constraints that draw a melody toward those lines
``restyling`` the writer: plan, drafts, choice
``contour``  how much of the contour was kept
"""
