"""Chart of all verdicts: a row for each measure, a mark for each borough; only changes have a shape."""

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.charts.svg import Canvas, circle, escaped, line, pixels, text_width, wrapped
from dashboard.charts.verdict_shapes import WORDS, shape
from etl.core.state import CHANGES, SIGNALS, State
from etl.core.written import listed

WIDTHS = (1160, 860, 560, 340)
"""The states written at the end of a row, in this order."""


@dataclass(frozen=True)
class MatrixRow:
    """One measure: (borough's name, verdict's state) from A to Z."""

    name: str
    marks: tuple[tuple[str, State], ...]


@dataclass(frozen=True)
class _Form:
    """Sizes at one width: where marks start, how far apart, how high a row is, how big a mark is."""

    marks_from: float
    apart: float
    pitch: float
    size: float
    names_changed: bool


FORMS = {
    1160: _Form(192, 15.2, 30, 4.6, True),
    860: _Form(180, 12.2, 34, 4.6, True),
    560: _Form(172, 8.6, 30, 3.6, False),
    340: _Form(8, 10.2, 44, 4.6, False),
}
HEAD = {1160: 26.0, 860: 26.0, 560: 26.0, 340: 14.0}
FOOT = 4.0
NAME_LEADING, NAME_CLEAR = 13.0, 4.0
MARK_UNDER_NAME = 14.0
"""Height of a mark under its name, on the narrowest drawing."""
ROUGH = 0.9
"""How much of the estimated width a name of small letters takes: it stands before marks, not before text."""


def dot_matrix(rows: Sequence[MatrixRow], width: int, *, label: str | None = None) -> str:
    """SVG of rows of marks; changed boroughs are named at the row's end where there is room, else counted.

    Args:
        rows: measures in catalogue order; every row the same boroughs, A to Z.
        width: 1160, 860, 560 or 340.
        label: the facts in words, made from the rows unless given.
    """
    form = FORMS[width]
    is_narrow = width == 340
    rooms = [width - text_width(_counts_text(r, width * 0.6)) - 8 if is_narrow else form.marks_from / ROUGH for r in rows]
    named = [_lines(row.name, room) for row, room in zip(rows, rooms, strict=True)]
    extra = [_extra(lines, form, is_narrow) for lines, _ in named]
    canvas = Canvas(width, HEAD[width] + form.pitch * len(rows) + sum(extra) + (10 if is_narrow else FOOT))
    places = [name for name, _ in rows[0].marks] if rows else []
    apart = form.apart if len(places) <= 32 else form.apart * 32 / len(places)
    _head(canvas, form, places, is_narrow)
    end = form.marks_from + apart * len(places) + 16
    top = HEAD[width]
    for row, name, more in zip(rows, named, extra, strict=True):
        y = top + (36 + more if is_narrow else (form.pitch + more) / 2)
        baseline = top + 22 + more if is_narrow else y + 4.5
        _name(canvas, name, baseline, is_narrow)
        top += form.pitch + more
        if not is_narrow:
            canvas.add("grid", line(0, top, width, top, "grid"))
        for j, (_, state) in enumerate(row.marks):
            canvas.add("point", _borough_mark(state, form.marks_from + (j + 0.5) * apart, y, form.size))
        _write_changes(canvas, row, (end, baseline), form, is_narrow)
    return canvas.svg(label or alt_text(rows))


def dot_matrix_set(rows: Sequence[MatrixRow], *, label: str | None = None) -> tuple[str, ...]:
    """The same chart at 1160, 860, 560 and 340 px."""
    return tuple(dot_matrix(rows, width, label=label) for width in WIDTHS)


def alt_text(rows: Sequence[MatrixRow]) -> str:
    """Text alternative: for each measure, which boroughs changed and how."""
    measures = []
    for row in rows:
        changed = [f"{WORDS[state]} in {name}" for state in SIGNALS for name in _boroughs_in_state(row, state)]
        measures.append(f"{row.name}: {', '.join(changed) or 'no change'}")
    boroughs = len(rows[0].marks) if rows else 0
    return f"Grid of {len(rows)} measures by {boroughs} boroughs. {'; '.join(measures)}."


def _head(canvas: Canvas, form: _Form, places: Sequence[str], is_narrow: bool) -> None:
    if not places:
        return
    short = "One mark a borough, A to Z"
    long = f"{short}: {places[0]} … {places[-1]}"
    x = 4.0 if is_narrow else form.marks_from - 4
    canvas.text(x, 12, long if form.names_changed and x + text_width(long, "t q s") < canvas.width else short, "t q s")


def _lines(name: str, room: float) -> tuple[tuple[str, ...], str]:
    """The measure's name in smaller type and on as many lines as it needs, with its class: a name is never cut."""
    css = "t" if text_width(name) <= room else "t s"
    return wrapped(name, room, css), css


def _extra(lines: Sequence[str], form: _Form, is_narrow: bool) -> float:
    """How much higher than the others a row must be for the lines of its name to stand clear of the rows beside it."""
    needed = len(lines) * NAME_LEADING + NAME_CLEAR + (MARK_UNDER_NAME if is_narrow else 0.0)
    return max(0.0, needed - form.pitch)


def _name(canvas: Canvas, name: tuple[tuple[str, ...], str], baseline: float, is_narrow: bool) -> None:
    lines, css = name
    lift = (len(lines) - 1) * NAME_LEADING * (1 if is_narrow else 0.5)
    for i, words in enumerate(lines):
        canvas.text(0, baseline - lift + i * NAME_LEADING, words, css)


def _borough_mark(state: State, x: float, y: float, size: float) -> str:
    return shape(state, x, y, size) if state in (*SIGNALS, State.BREAK) else circle(x, y, round(size * 0.413, 1), "m-none")


def _boroughs_in_state(row: MatrixRow, state: State) -> list[str]:
    return [name for name, s in row.marks if s == state]


def _counts_text(row: MatrixRow, room: float) -> str:
    """The row's end in numbers: each state's where they fit, else how many changed."""
    states = [s for s in SIGNALS if _boroughs_in_state(row, s)]
    if not states:
        return "no change"
    per_state = ", ".join(f"{len(_boroughs_in_state(row, s))} {WORDS[s]}" for s in states)
    if text_width(per_state) <= room:
        return per_state
    changed, provisional = sum(len(_boroughs_in_state(row, s)) for s in CHANGES), len(_boroughs_in_state(row, State.PROVISIONAL))
    by_grade = f"{changed} changed, {provisional} {WORDS[State.PROVISIONAL]}"
    if changed and provisional and text_width(by_grade) <= room:
        return by_grade
    return f"{changed} changed" if changed else f"{provisional} {WORDS[State.PROVISIONAL]}"


def _write_changes(canvas: Canvas, row: MatrixRow, at: tuple[float, float], form: _Form, is_narrow: bool) -> None:
    x, baseline = at
    states = [s for s in SIGNALS if _boroughs_in_state(row, s)]
    if is_narrow:
        canvas.text(canvas.width, baseline, _counts_text(row, canvas.width * 0.6), "t" if states else "t q", "end")
    elif not states or not form.names_changed:
        canvas.text(x, baseline, _counts_text(row, canvas.width - x), "t s" if states else "t q s")
    elif len(states) > 2:
        canvas.text(x, baseline, _counts_text(row, canvas.width - x), "t s")
    else:
        for i, state in enumerate(states):
            bold, names = _names_that_fit(row, state, canvas.width - x)
            _bold_then_plain(canvas, (x, baseline + (i - (len(states) - 1) / 2) * 14), bold, names)


def _names_that_fit(row: MatrixRow, state: State, room: float) -> tuple[str, str]:
    """The state's word and as many of its boroughs as fit, then how many more."""
    names, bold = _boroughs_in_state(row, state), f"{WORDS[state].capitalize()}: "
    for name_count in range(len(names), 0, -1):
        more = f" and {len(names) - name_count} more" if name_count < len(names) else ""
        words = listed(tuple(names)) if not more else ", ".join(names[:name_count]) + more
        if text_width(bold, "t s b") + text_width(words, "t s") <= room:
            return bold, words
    return "", f"{len(names)} {WORDS[state]}"


def _bold_then_plain(canvas: Canvas, at: tuple[float, float], bold: str, plain: str) -> None:
    if not bold:
        canvas.text(*at, plain, "t s")
        return
    canvas.keep_text(*at, bold + plain, "t s")
    inner = f'<tspan font-weight="700">{escaped(bold)}</tspan>{escaped(plain)}'
    canvas.add("label", f'<text x="{pixels(at[0])}" y="{pixels(at[1])}" class="t s">{inner}</text>')
