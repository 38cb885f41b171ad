"""Result objects as self-contained pages: a fragment a result, a frame around fragments."""
