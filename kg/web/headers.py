"""Headers of the explorer's answers: what a browser may do with a page, which is little."""

from __future__ import annotations

from typing import Final

POLICY: Final = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
"""Nothing inline runs or styles, nothing comes from elsewhere, and nothing is sent elsewhere."""
SECURITY: Final = {
    "Content-Security-Policy": POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
PAGE: Final = {**SECURITY, "Cache-Control": "private, no-cache", "Vary": "Accept"}
"""A browser may keep a page, and asks each time whether it is still the same."""
PRIVATE: Final = {**SECURITY, "Cache-Control": "no-store", "Vary": "Accept"}
"""Of what tells of a résumé nobody keeps a copy."""
STATIC: Final = {**SECURITY, "Cache-Control": "public, max-age=31536000, immutable"}
