"""A learned reader: which of two poems people more likely wrote (Bradley & Terry 1952, over figures of the whole poem).

It is the project's adversarial option: a discriminator trained on people's poems against corrupted and written ones
chooses among
poems, and the writer is not trained against it, so that nothing collapses.
"""
