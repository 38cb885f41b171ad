"""How long is waited for what: apart, since the command line's help names it."""

from __future__ import annotations

from typing import Final

SETTLE: Final = 0.5
"""Seconds in which a file has not changed when it is read."""
MOST: Final = 200
"""Lines of a stream's batch at the most."""
SECONDS: Final = 2.0
"""Seconds that the first line of a batch waits for others at the most."""
