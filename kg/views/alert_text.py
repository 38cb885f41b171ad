"""An alert as text: the posting in a line, and below it each reason with the posting's words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

LONGEST: Final = 160
"""Characters of a reason's words that are shown."""


def alert_text(alert: Mapping[str, object]) -> str:
    """Return an alert, as `kg.alerts` keeps it, in lines."""
    who = [alert["title"] or alert["posting"], alert["employer"], *_list(alert["places"])]
    lines = [
        " · ".join(str(part) for part in who if part),
        f"  {alert['met']} of {alert['required']} required met · {alert['source']} · "
        f"posting {alert['posting']}",
    ]
    reasons = [one for one in _list(alert["reasons"]) if isinstance(one, Mapping)]
    lines += [f"  + {_reason(reason)}" for reason in reasons]
    if lacks := _list(alert["lacks"]):
        lines.append(f"  - lacks {', '.join(map(str, lacks))}")
    if unstated := _list(alert["unstated"]):
        lines.append(f"  ? not stated: {', '.join(map(str, unstated))}")
    return "\n".join(lines)


def _reason(reason: Mapping[str, object]) -> str:
    by = reason.get("by")
    through = f" (by {by})" if by and by != reason["label"] else ""
    words = _list(reason["words"])
    quote = " ".join(str(words[0]).split()) if words else ""
    shown = quote if len(quote) <= LONGEST else f"{quote[:LONGEST]}…"
    return f"{reason['about']}: {reason['label']}{through}" + (f' "{shown}"' if shown else "")


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []
