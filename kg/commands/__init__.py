"""The commands, by what they are for. Each parses, calls one library function, and prints."""
