"""The formats that a graph is exported in, one file a family of them."""
