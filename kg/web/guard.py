"""The guard: who may ask at all, where a token is wanted; and nobody from another site's page.

There are no cookies. A browser asks for the token as a password (any name will do) and sends it
with each request; programs send it as `Authorization: Bearer TOKEN`.
"""

from __future__ import annotations

import base64
import binascii
import hmac
from typing import TYPE_CHECKING, Final

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse

from kg.web.headers import PRIVATE

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

REALM: Final = 'Basic realm="rolegraph", charset="UTF-8"'
REFUSED: Final = "this server wants its token, as a password or as `Authorization: Bearer TOKEN`\n"


class TokenGuard:
    """Lets only those in who have the token. It stands before everything else."""

    def __init__(self, app: ASGIApp, token: str) -> None:
        self._app = app
        self._token = token.encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        if scope["type"] == "http" and not self._is_known(Headers(scope=scope)):
            refusal = PlainTextResponse(REFUSED, 401, {**PRIVATE, "WWW-Authenticate": REALM})
            await refusal(scope, receive, send)
            return
        await self._app(scope, receive, send)

    def _is_known(self, headers: Headers) -> bool:
        scheme, _, rest = headers.get("authorization", "").partition(" ")
        given = rest.strip().encode()
        if scheme.lower() == "basic":
            try:
                given = base64.b64decode(given, validate=True).partition(b":")[2]
            except (binascii.Error, ValueError):
                return False
        elif scheme.lower() != "bearer":
            return False
        return hmac.compare_digest(given, self._token)


def is_foreign(headers: Headers) -> bool:
    """Say whether a request that sends something comes from another site's page.

    Browsers say where it comes from; a program that says nothing is no browser.
    """
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site not in ("same-origin", "none")
    origin = headers.get("origin")
    return origin is not None and origin.partition("://")[2] != headers.get("host", "")
