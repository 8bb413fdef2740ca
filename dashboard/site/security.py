"""Headers that keep a page to itself: nothing from elsewhere is loaded, nothing inline runs unless we wrote it."""

from collections.abc import Sequence

PERMISSIONS = "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()"
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": PERMISSIONS,
    "Cross-Origin-Opener-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}
"""Sent with every answer. X-Frame-Options repeats frame-ancestors for old browsers."""
A_YEAR_OF_HTTPS = "max-age=31536000"
"""Strict-Transport-Security, for whoever came over https."""


def page_policy(style: str, inline_scripts: Sequence[str] | None) -> str:
    """The content security policy of one page.

    Args:
        style: the nonce or hash of the `<style>` elements that may apply, without quotes.
        inline_scripts: hashes of those Dash needs, on a page that loads it; None on any other, which may run no script at all.
    """
    scripts = "'none'" if inline_scripts is None else " ".join(["'self'", *inline_scripts])
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src {scripts}",
            f"style-src 'self' '{style}'",
            # A style attribute (a tile's place in the map, a bar's length) can change how a thing looks and nothing else.
            "style-src-attr 'unsafe-inline'",
            "img-src 'self' data:",
            "connect-src 'self'",
            "font-src 'self'",
            "form-action 'self'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
        )
    )


OTHER_POLICY = "default-src 'none'; frame-ancestors 'none'"
"""For whatever is not a page: a file, a chart, an answer to a callback."""
