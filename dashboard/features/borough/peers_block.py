"""A borough beside others: each measure against the rest of London, with its command or the boroughs most like it."""

from dashboard.charts.strip import WIDTHS, StripRow, strip_set
from dashboard.features.borough.peers import HIGHEST_WEIGHT, PeerRow, Peers
from dashboard.figures.boroughs_compared import Compared
from dashboard.figures.records import MeasureSeries
from dashboard.figures.view import View
from dashboard.ui import html
from dashboard.ui.addresses import place_address
from dashboard.ui.figure import drawn, figure
from dashboard.ui.html import Element
from dashboard.ui.links import links
from dashboard.ui.passport import source_line
from dashboard.ui.picker import Pick, picker
from dashboard.ui.sections import section
from dashboard.ui.table import Column, data_table
from etl.core.written import count_word, listed, month, number, percent, span

ANCHOR = "beside"
HOW = (
    "Likeness is worked out from published figures of each borough, none of them about crime. A weight of 0 leaves a "
    "figure out; 2 counts it twice. The address keeps your weights."
)
VISITORS = "Residents only: people who visit or work in a place are counted in its crimes and not in its residents."


def peers_section(view: View, peers: Peers, series: MeasureSeries) -> Element:
    """The section: what stands out, the strip with its table, whom the borough is compared with and how to change that."""
    return section(
        ANCHOR,
        f"{peers.area.name} beside other boroughs",
        [html.Div([_figure(peers, series), _group(view, peers)], className="split even")],
        say=peers_sentence(peers),
    )


def peers_sentence(peers: Peers) -> str:
    """How many measures are higher and lower than in the rest of London, the higher ones named."""
    higher = [_lowered(r.measure.title) for r in peers.rows if r.here.side == "higher"]
    lower = sum(1 for r in peers.rows if r.here.side == "lower")
    names = f": {listed(tuple(higher))}" if higher else ""
    higher_sentence = (
        f"Per resident, {_none_or(len(higher))} of {len(peers.rows)} main measures {_are(len(higher))} more than a tenth"
        f" higher in {peers.area.name} than in the rest of London{names}."
    )
    return f"{higher_sentence} {_none_or(lower).capitalize()} {_are(lower)} more than a tenth lower."


def _figure(peers: Peers, series: MeasureSeries) -> Element:
    rows = [_strip_row(r) for r in peers.rows if r.here.comparison.ratio > 0]
    rings = f" Rings: {_group_name(peers)}." if peers.group else ""
    return figure(
        "Each measure per 1,000 residents, as a multiple of the rest of London",
        f"12 months to {month(peers.period)}. Disc: {peers.area.name}.{rings} Strokes: the other boroughs.",
        _table(peers),
        drawn(strip_set(rows, peers.area.name), WIDTHS),
        f"Higher or lower: the 95% interval lies wholly beyond a tenth. {VISITORS} {source_line(series)}",
    )


def _strip_row(row: PeerRow) -> StripRow:
    return StripRow(
        row.measure.title,
        row.here.comparison.ratio,
        tuple(c.comparison.ratio for c in row.group if c.comparison.ratio > 0),
        tuple(c.comparison.ratio for c in row.others if c.comparison.ratio > 0),
        difference_words(row.here),
    )


def difference_words(compared: Compared) -> str:
    """How far from the rest of London: "22% lower", "2.1 times", "similar"."""
    if compared.side == "similar":
        return "similar"
    ratio = compared.comparison.ratio
    return f"{ratio:.1f} times" if ratio >= 2 else f"{percent(abs(ratio - 1))} {compared.side}"


def _table(peers: Peers) -> Element:
    columns = (
        Column("Measure"),
        Column(peers.area.name, is_number=True),
        Column("The rest of London", is_number=True),
        Column("The rest is 1", is_number=True),
        Column("In words"),
        *(Column(g.name, is_number=True) for g in peers.group),
    )
    rows = []
    for row in peers.rows:
        comparison = row.here.comparison
        by_code = {c.area.code: c.comparison.rate for c in row.group}
        rates = [number(by_code[g.code], row_decimals(row)) if g.code in by_code else "not held" for g in peers.group]
        decimals = row_decimals(row)
        interval = span(f"{comparison.ratio_lower:.2f}", f"{comparison.ratio_upper:.2f}")
        rate_here, rate_of_rest = number(comparison.rate, decimals), number(comparison.rest_rate, decimals)
        rows.append((row.measure.title, rate_here, rate_of_rest, interval, difference_words(row.here), *rates))
    label = f"Offences per 1,000 residents, 12 months to {month(peers.period)}: {peers.area.name} beside other boroughs"
    return data_table(columns, rows, label=label)


def row_decimals(row: PeerRow) -> int:
    """Enough decimals for a rare crime's rate not to read as none: two below one in a thousand, else one."""
    return 2 if row.here.comparison.rate < 1 else 1


def _group(view: View, peers: Peers) -> Element:
    words = {"command": "The other boroughs of its command", "similar": f"The {count_word(len(peers.group) or 5)} most similar"}
    picks = (Pick("against", "Compared with", words),)
    names = links([(g.name, place_address(g.code)) for g in peers.group]) if peers.group else html.P("No borough stands out.")
    heading = html.H3(f"{_group_name(peers)[:1].upper()}{_group_name(peers)[1:]}" if peers.group else "No group")
    return html.Div(
        [heading, names, picker(view, picks, label="Choose whom to compare with"), _weights(view, peers)], className="flow"
    )


def _weights(view: View, peers: Peers) -> Element:
    counts = {str(n): str(n) for n in range(HIGHEST_WEIGHT + 1)}
    picks = tuple(Pick(name, title, counts) for name, title, _ in peers.weights)
    weights_used = listed(tuple(f"{_lowered(title)} {weight}" for _, title, weight in peers.weights))
    view_of_similar = (
        view if peers.is_similar else View(view.path, view.arguments, (*view.chosen, ("against", ("similar",))), view.options)
    )
    heading = "Your weights" if peers.is_own_weights else "Weights used"
    return html.Details(
        [
            html.Summary(html.Span("How the most similar boroughs are found, and other weights")),
            html.Div(
                [
                    html.P(HOW),
                    html.P(f"{heading}: {weights_used}."),
                    picker(view_of_similar, picks, label="Weights of likeness", button="Compare"),
                ],
                className="flow-s small",
            ),
        ]
    )


def _group_name(peers: Peers) -> str:
    if not peers.is_similar:
        return f"the other {'borough' if len(peers.group) == 1 else 'boroughs'} of its command"
    return f"the {count_word(len(peers.group))} most similar boroughs{' by your weights' if peers.is_own_weights else ''}"


def _lowered(title: str) -> str:
    return f"{title[:1].lower()}{title[1:]}"


def _are(count: int) -> str:
    return "are" if count > 1 else "is"


def _none_or(count: int) -> str:
    return count_word(count) if count else "none"
