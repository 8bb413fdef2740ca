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


def page_policy(style: str, script_hashes: Sequence[str], *, is_live: bool) -> str:
    """The content security policy of one page.

    Args:
        style: the nonce or hash of the `<style>` elements that may apply, without quotes.
        script_hashes: of the inline scripts Dash needs, as `Dash.csp_hashes()` gives them.
        is_live: whether the page loads Dash; one that does not may run no script at all.
    """
    scripts = " ".join(["'self'", *script_hashes]) if is_live else "'none'"
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
