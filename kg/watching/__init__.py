"""Watching: what comes to a folder, or out of a stream, is taken into the store as it comes.

It is the build's own path, walked again for each batch (`kg.build`): what is new here is only when
something is there to be read (`stillness`, `arrivals`, `stream`), what has gone (`forgetting`), and
the loop round it (`intake`, `watch`). Whom a new posting is told to is `kg.alerts`.
"""
