"""Mantine's theme, in the site's own colours. Controls only: everything else on a page is styled in assets/."""

FONT = (
    '-apple-system, BlinkMacSystemFont, "Segoe UI", Roboto, "Noto Sans", "Helvetica Neue", "Liberation Sans", Arial, sans-serif'
)
BLUES = ("#edf3f8", "#dce8f2", "#b9d0e4", "#94b5d2", "#6f9bc0", "#5f86ab", "#3d6892", "#12436d", "#0b2d4a", "#071d31")
# focusRing: ours, in assets/3-controls.css, the same for a link and for a control.
THEME = {
    "primaryColor": "london",
    "primaryShade": 7,
    "defaultRadius": 0,
    "focusRing": "never",
    "fontSmoothing": False,
    "respectReducedMotion": True,
    "black": "#16202a",
    "white": "#ffffff",
    "fontFamily": FONT,
    "colors": {"london": list(BLUES)},
}
