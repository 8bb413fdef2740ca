"""What may be said of one measure in one area, as numbers: the row of the verdict table before it is stored."""

from dataclasses import dataclass

BETTER, WORSE, CHANGED, NO_CHANGE = "B", "W", "C", "N"
PROVISIONAL, TOO_EARLY, BREAK, LATE, CANNOT_TELL = "P", "T", "X", "L", "U"
EXCEPTIONS = (BETTER, WORSE, CHANGED)


@dataclass(frozen=True)
class Finding:
    """One verdict. Totals are in the measure's unit over `window`; a refusal has its `reason` and no numbers."""

    measure: str
    area: str
    state: str
    since: str | None = None
    window: tuple[str, str] | None = None
    observed: float | None = None
    expected: float | None = None
    expected_lower: float | None = None
    expected_upper: float | None = None
    ratio: float | None = None
    ratio_lower: float | None = None
    ratio_upper: float | None = None
    p_value: float | None = None
    q_value: float | None = None
    visible_change: float | None = None
    rule: str = ""
    reason: str = ""


def direction(better: str, rose: bool) -> str:
    """The letter of a change: better, worse, or changed where neither way is better."""
    if better == "neither":
        return CHANGED
    return WORSE if rose == (better == "lower") else BETTER
