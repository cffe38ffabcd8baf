"""What is printed once and sounds several times, unrolled into a score."""
