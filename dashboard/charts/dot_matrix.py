"""Chart of all verdicts: a row for each measure, a mark for each borough; only changes have a shape."""

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.charts.svg import Canvas, circle, escaped, line, pixels, text_width, wrapped
from dashboard.charts.verdict_shapes import WORDS, shape
from etl.core.state import CHANGES, LEANS, MOVED, State
from etl.core.written import listed

WIDTHS = (1160, 860, 560, 340)
MOST_LINES = 2
"""Groups named in full at the end of a row; more are counted."""


@dataclass(frozen=True)
class MatrixRow:
    """One measure: (borough's name, verdict's state) from A to Z, and the boroughs whose count is up."""

    name: str
    marks: tuple[tuple[str, State], ...]
    up: frozenset[str] = frozenset()


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
        for j, (borough, state) in enumerate(row.marks):
            x = form.marks_from + (j + 0.5) * apart
            canvas.add("point", *_borough_mark(state, x, y, form.size, is_up=borough in row.up))
        _write_changes(canvas, row, (end, baseline), form, is_narrow)
    return canvas.svg(label or alt_text(rows))


def dot_matrix_set(rows: Sequence[MatrixRow], *, label: str | None = None) -> tuple[str, ...]:
    """The same chart at 1160, 860, 560 and 340 px."""
    return tuple(dot_matrix(rows, width, label=label) for width in WIDTHS)


def alt_text(rows: Sequence[MatrixRow]) -> str:
    """Text alternative: for each measure, which boroughs changed and how."""
    measures = []
    for row in rows:
        changed = [f"{words} in {name}" for words, names in _groups(row) for name in names]
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


def _borough_mark(state: State, x: float, y: float, size: float, *, is_up: bool) -> tuple[str, ...]:
    """A borough's shape; a ring that leans is filled in the half it leans to."""
    if state not in (*MOVED, State.BREAK):
        return (circle(x, y, round(size * 0.413, 1), "m-none"),)
    if state != State.LEANING:
        return (shape(state, x, y, size),)
    radius, sweep = pixels(size * 0.8), int(is_up)
    half = (
        f'<path d="M{pixels(x - size * 0.8)} {pixels(y)}a{radius} {radius} 0 0 {sweep} {pixels(size * 1.6)} 0z" class="m-half"/>'
    )
    return shape(state, x, y, size), half


def _groups(row: MatrixRow) -> list[tuple[str, list[str]]]:
    """(words, boroughs) of each state that is drawn; those that lean by the way they lean."""
    groups = []
    for state in MOVED:
        names = [name for name, s in row.marks if s == state]
        if state == State.LEANING:
            groups += [(f"{WORDS[state]} {way}", [n for n in names if (n in row.up) == (way == "up")]) for way in ("up", "down")]
        else:
            groups.append((WORDS[state], names))
    return [(words, names) for words, names in groups if names]


def _counts_text(row: MatrixRow, room: float) -> str:
    """The row's end in numbers: each group's where they fit, else how many moved and how many lean."""
    groups = _groups(row)
    if not groups:
        return "no change"
    each = ", ".join(f"{len(names)} {words}" for words, names in groups)
    if text_width(each) <= room:
        return each
    changed, leaning = (sum(1 for _, s in row.marks if s in states) for states in (CHANGES, LEANS))
    both = f"{changed} moved, {leaning} leaning"
    if changed and leaning and text_width(both) <= room:
        return both
    return f"{changed} moved" if changed else f"{leaning} leaning"


def _write_changes(canvas: Canvas, row: MatrixRow, at: tuple[float, float], form: _Form, is_narrow: bool) -> None:
    x, baseline = at
    groups = _groups(row)
    if is_narrow:
        canvas.text(canvas.width, baseline, _counts_text(row, canvas.width * 0.6), "t" if groups else "t q", "end")
    elif not groups or not form.names_changed:
        canvas.text(x, baseline, _counts_text(row, canvas.width - x), "t s" if groups else "t q s")
    elif len(groups) > MOST_LINES:
        canvas.text(x, baseline, _counts_text(row, canvas.width - x), "t s")
    else:
        for i, (words, names) in enumerate(groups):
            bold, named = _names_that_fit(words, names, canvas.width - x)
            _bold_then_plain(canvas, (x, baseline + (i - (len(groups) - 1) / 2) * 14), bold, named)


def _names_that_fit(words: str, names: list[str], room: float) -> tuple[str, str]:
    """The words of a group and as many of its boroughs as fit, then how many more."""
    bold = f"{words[:1].upper()}{words[1:]}: "
    for name_count in range(len(names), 0, -1):
        more = f" and {len(names) - name_count} more" if name_count < len(names) else ""
        named = listed(tuple(names)) if not more else ", ".join(names[:name_count]) + more
        if text_width(bold, "t s b") + text_width(named, "t s") <= room:
            return bold, named
    return "", f"{len(names)} {words}"


def _bold_then_plain(canvas: Canvas, at: tuple[float, float], bold: str, plain: str) -> None:
    if not bold:
        canvas.text(*at, plain, "t s")
        return
    canvas.keep_text(*at, bold + plain, "t s")
    inner = f'<tspan font-weight="700">{escaped(bold)}</tspan>{escaped(plain)}'
    canvas.add("label", f'<text x="{pixels(at[0])}" y="{pixels(at[1])}" class="t s">{inner}</text>')
