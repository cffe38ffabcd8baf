"""What the studio asks of warm processes: plain data in, plain data out, one function each."""
