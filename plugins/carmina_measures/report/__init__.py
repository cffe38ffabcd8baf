"""Reports: every figure of songs, poems and models beside people's and chance, for terminals, programs and browsers."""
