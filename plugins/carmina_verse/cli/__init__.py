"""The commands of verse: ``verse``, ``scan``, ``rhymes``, ``revise``, ``corpus index``."""
