"""Contrast between two colours, for checking that what a chart says can be seen."""


def contrast_ratio(colour: str, other: str) -> float:
    """WCAG 2 contrast of two #rrggbb colours, from 1 (alike) to 21 (black on white).

    Source:
        Web Content Accessibility Guidelines 2.2, relative luminance.
    """
    lighter, darker = sorted((_luminance(colour), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    channels = [int(colour.lstrip("#")[k : k + 2], 16) / 255 for k in (0, 2, 4)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
