"""Pages and pictures of the graph: each is one self-contained file that opens offline."""
