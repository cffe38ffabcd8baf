"""A guide voice that sings the words: spoken by espeak-ng, carried onto the melody by the WORLD vocoder."""
