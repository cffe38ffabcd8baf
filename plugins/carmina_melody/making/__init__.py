"""Scripts that count what people do, and measure what we do."""
