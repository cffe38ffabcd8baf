"""Folders of songs and poems -> corpora that models train on: import, split, augment, show."""
