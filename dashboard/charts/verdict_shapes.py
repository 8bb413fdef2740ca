"""The verdict's shapes: one letter, one shape, one class each, in charts and as the glyph beside a word."""

from dashboard.charts.svg import circle, pixels
from etl.core.grade import Grade
from etl.core.state import State

WORDS = {
    State.BETTER: "better",
    State.WORSE: "worse",
    State.CHANGED: "changed",
    State.APART: "apart from London",
    State.LEANING: "leaning",
    State.ON_YEAR: "moved as expected",
    State.NO_CHANGE: "no clear change",
    State.PROVISIONAL: "provisional",
    State.TOO_EARLY: "too early to judge",
    State.BREAK: "break in series",
    State.LATE: "late",
    State.CANNOT_TELL: "cannot tell",
}
"""Each state in words, as inside a sentence."""

QUARTERS = 4
FILLED = {
    Grade.ALMOST_CERTAIN: 4,
    Grade.HIGHLY_LIKELY: 3,
    Grade.LIKELY: 2,
    Grade.REALISTIC_POSSIBILITY: 1,
    Grade.UNLIKELY: 0,
}
"""Quarters of the disc that stands for each grade."""

_GLYPHS = {
    State.BETTER: '<circle cx="14" cy="14" r="11" class="g g-B"/>',
    State.WORSE: '<path d="M14 1 27 14 14 27 1 14z" class="g g-W"/>',
    State.CHANGED: '<path d="M1.5 14 8 3.5h12L26.5 14 20 24.5H8z" class="g g-C"/>',
    State.APART: '<path d="M14 2 27 25H1z" class="g g-A"/>',
    State.LEANING: '<circle cx="14" cy="14" r="11" class="g g-M"/>',
    State.ON_YEAR: '<rect x="1.5" y="6" width="25" height="16" rx="8" class="g g-E"/>',
    State.NO_CHANGE: '<rect x="1.5" y="6" width="25" height="16" rx="8" class="g g-N"/>',
    State.PROVISIONAL: '<circle cx="14" cy="14" r="11" class="g g-P"/>',
    State.TOO_EARLY: '<rect x="3.5" y="3.5" width="21" height="21" class="g g-T"/><path d="M4.3 18.5h10v5.3h-10z" class="g-T2"/>',
    State.BREAK: '<path d="M3 3h22v22H3z" class="g g-X"/>',
    State.LATE: '<path d="M1.5 14 9.5 4H26v20H9.5z" class="g g-L"/>',
    State.CANNOT_TELL: '<rect x="1.5" y="6" width="25" height="16" rx="8" class="g g-N"/>',
}


def glyph(state: State) -> str:
    """The letter in its shape, 28 by 28, for beside the verdict's word; U is a hollow pill with a question mark.

    Raises:
        KeyError: the state is none of B W C A M E N P T X L U.
    """
    shape, x = _GLYPHS[state], "16.5" if state == State.LATE else "14"
    letter, css = ("?", "gl gl-N") if state == State.CANNOT_TELL else (state, f"gl gl-{state}")
    return (
        '<svg viewBox="0 0 28 28" aria-hidden="true" focusable="false">'
        f'{shape}<text x="{x}" y="18.6" class="{css}">{letter}</text></svg>'
    )


def shape(state: State, x: float, y: float, size: float) -> str:
    """A state's shape centred on a point of a chart; `size` is the radius of the disc, the others look as heavy."""
    if state == State.WORSE:
        reach = pixels(size * 1.255)
        return (
            f'<path d="M{pixels(x)} {pixels(y - size * 1.255)}l{reach} {reach}l-{reach} {reach}l-{reach} -{reach}z"'
            ' class="m m-W"/>'
        )
    if state == State.CHANGED:
        side, flat = pixels(size * 0.635), pixels(size * 0.96)
        start = f"M{pixels(x - size * 1.11)} {pixels(y)}"
        steps = f"l{side} -{pixels(size)}h{flat}l{side} {pixels(size)}l-{side} {pixels(size)}h-{flat}z"
        return f'<path d="{start}{steps}" class="m m-C"/>'
    if state == State.APART:
        high, half = pixels(size * 1.9), pixels(size * 1.2)
        return f'<path d="M{pixels(x)} {pixels(y - size * 1.2)}l{half} {high}h-{pixels(size * 2.4)}z" class="m m-A"/>'
    if state == State.LEANING:
        return circle(x, y, size * 0.8, "m m-M")
    if state == State.BREAK:
        return square(x, y, size * 0.9)
    if state in (State.BETTER, State.PROVISIONAL):
        return circle(x, y, size, f"m m-{state}")
    return circle(x, y, size * 0.413, "m-none")


def grade_disc(grade: Grade) -> str:
    """How sure a move is to last as a disc filled so far, 14 by 14: full, three quarters, half, a quarter, a ring."""
    quarters = FILLED[grade]
    ring = '<circle cx="7" cy="7" r="6" class="disc-ring"/>'
    if quarters == QUARTERS:
        fill = '<circle cx="7" cy="7" r="6" class="disc-fill"/>'
    elif quarters:
        ends = {1: "M7 1A6 6 0 0 1 13 7", 2: "M7 1A6 6 0 0 1 7 13", 3: "M7 1A6 6 0 1 1 1 7"}
        fill = f'<path d="{ends[quarters]}L7 7z" class="disc-fill"/>'
    else:
        fill = ""
    return f'<svg viewBox="0 0 14 14" aria-hidden="true" focusable="false">{fill}{ring}</svg>'


def square(x: float, y: float, half: float) -> str:
    """The solid square of a break, centred on a point."""
    corner = f'x="{pixels(x - half)}" y="{pixels(y - half)}"'
    return f'<rect {corner} width="{pixels(2 * half)}" height="{pixels(2 * half)}" class="m m-X"/>'
