"""What does not fit in a posting: against itself, against its employer's others, the market."""
