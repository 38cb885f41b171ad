"""How a command ends: its exit code, and one line that says why it failed."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, NoReturn

from kg.failures import exit_code, message
from kg.printing import hush, say
from kg.store_folder import StoreError

if TYPE_CHECKING:
    from collections.abc import Callable


def end_with(command: Callable[[], object]) -> NoReturn:
    """Run a command, and leave. Exit 0 is yes, 1 no, 2 bad input or usage.

    A reader that leaves early ("| head") changes nothing of that.
    """
    code: int | str | None = 0
    try:
        command()
    except SystemExit as stopped:
        code = stopped.code
        if isinstance(stopped.__context__, BrokenPipeError):  # the framework's own help has exit 1
            hush()
            code = 0
    except KeyboardInterrupt:
        code = 130  # as shells say of what Ctrl-C has ended
    except (StoreError, ValueError, LookupError, OSError, SyntaxError) as error:
        say(f"kg: {message(error)}")
        code = exit_code(error)
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        hush()
    except OSError as error:
        hush()  # the interpreter would try once more
        if not code:
            say(f"kg: {message(error)}")
            code = exit_code(error)
    raise SystemExit(code)
