"""What the passes must and should keep."""
