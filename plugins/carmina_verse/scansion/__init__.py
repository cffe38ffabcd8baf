"""Reads verse: metre, rhyme, levels, faults and the claims of a certificate. Imports no writer."""
