"""The head of a measure's page: what was found, what parts or ends the figures, and the choices the reader has."""

from dashboard.figures import queries
from dashboard.figures.compare import newest, parting_breaks
from dashboard.figures.measure_in_place import MeasureShown
from dashboard.figures.view import View
from dashboard.ui import html
from dashboard.ui.html import Element
from dashboard.ui.links import download_link
from dashboard.ui.notice import notice
from dashboard.ui.picker import Pick, picker
from dashboard.ui.sections import lead
from dashboard.ui.verdict import verdict_mark
from dashboard.words.facts import break_sentence, rate_sentence, rolling_sentence, value_sentence
from dashboard.words.london import beside_expected
from dashboard.words.measures import finding_headline, measure_headline, mixed_years_sentence
from dashboard.words.verdicts import verdict_sentence
from etl.core.areas import LONDON
from etl.core.period import last_month, months_between
from etl.core.written import any_period

NO_VERDICT = "These figures do not say whether anything has changed by more than chance."


def measure_opening(shown: MeasureShown, download: str) -> Element:
    """The finding as the headline, the verdict, and the facts.

    Args:
        shown: the measure in the place asked for.
        download: address of the figures of the page.
    """
    headline = next((f for f in shown.facts if f.measure.period == "rolling_year"), shown.facts[0] if shown.facts else None)
    recorded = measure_headline(headline) if headline else f"{shown.measure.title}: published by court only"
    found = finding_headline(headline, shown.verdict) if headline and shown.kind.is_judged_by_month else None
    where = "London" if shown.area.code == LONDON else shown.area.name
    concluded: list[str | Element] = []
    if shown.verdict and shown.series is not None:
        base = next((f for f in shown.facts if f.measure.id == shown.measure.id), shown.series)
        # The headline has said how far from expected; what was expected is said here.
        said = beside_expected(base, shown.verdict) if found else verdict_sentence(base, shown.verdict)
        concluded = [verdict_mark(shown.verdict.state, big=True), html.Br(), said]
    facts = " ".join([*_facts(shown, said_above=found is None), *([] if shown.verdict else [_no_verdict(shown)])])
    return lead(
        found or recorded,
        place=f"Measure, {where}: {shown.measure.title}",
        standfirst=(concluded, facts),
        actions=[download_link("Figures behind this page", download)],
    )


def _no_verdict(shown: MeasureShown) -> str:
    why = shown.kind.kind.not_judged_because
    return f"Not judged: {why}." if why else NO_VERDICT


def _facts(shown: MeasureShown, *, said_above: bool) -> list[str]:
    """The newest month, the 12 months unless the headline has said them, and their rate."""
    said = []
    for found in shown.facts:
        if found.measure.form == "count":
            said.append(value_sentence(found))
        elif found.measure.form == "rolling_year" and not said_above:
            said.append(rolling_sentence(found))
        elif found.measure.form == "rolling_year_rate":
            wider = (shown.wider_rate,) if shown.wider_rate and shown.area.code != LONDON else ()
            said.append(rate_sentence(found, wider))
    return said or [shown.measure.definition]


def measure_notices(shown: MeasureShown) -> list[Element]:
    """At most two: the break that parts the figures shown, and how far they run."""
    said: list[Element] = []
    series = shown.series or (shown.breakdowns[0][1] if shown.breakdowns else None)
    if series is None:
        return said
    parted = parting_breaks(series)
    if parted:
        mixed = mixed_years_sentence(shown.rolling) if shown.rolling else None
        said.append(notice("break", break_sentence(parted[-1]), mixed or ""))
    last = newest(series)
    # The masthead of every page says how far recorded crime runs: only what stops sooner needs a notice.
    if last is not None and months_between(last.period, queries.release().data_to) > 0:
        is_retired = shown.measure.theme == "retired"
        runs = "The list it belongs to was retired; nothing later compares." if is_retired else "Later figures are not held."
        said.append(notice("late", f"{shown.measure.title} runs to {any_period(last.period)}.", runs))
    return said


def measure_choices(view: View, shown: MeasureShown) -> Element:
    """Selects for the place, the form and the months, sent in the address."""
    return html.Div(picker(view, measure_picks(shown)), className="gap")


def measure_picks(shown: MeasureShown) -> tuple[Pick, ...]:
    """What may be chosen: a place that has figures, the form of recorded crime, and where the figures start."""
    codes = [p.area.code for p in shown.places]
    names = {LONDON: "London"} | {p.area.code: p.area.name for p in shown.places}
    if shown.kind.has_commands:
        names |= {a.code: f"{a.name} command" for a in queries.areas("bcu")}
    if LONDON not in codes and LONDON not in shown.kind.wider:
        names.pop(LONDON)
    names.setdefault(shown.area.code, shown.area.name)
    picks = [Pick("area", "Place", names)]
    if shown.kind.kind.has_residents:
        picks.append(Pick("show", "Shown as", {"count": "Number of offences", "rate": "Rate per 1,000 residents"}))
    picks.append(Pick("since", shown.kind.periods_drawn, _starts(shown)))
    return tuple(picks)


def _starts(shown: MeasureShown) -> dict[str, str]:
    """Where the figures may start: each April held (each first quarter for the courts), newest first."""
    series = shown.series or (shown.breakdowns[0][1] if shown.breakdowns else None)
    code = shown.area.code
    held = queries.measure_series(series.measure.id, code).points if series is not None and shown.series is not None else ()
    wanted = shown.kind.starts_in
    starts = [p.period for p in held if wanted in (None, last_month(p.period)[1])][:-1]
    return {"": "All that are held"} | {p: f"Since {any_period(p)}" for p in reversed(starts)}
