"""The head of a measure's page: what was found, what parts or ends the figures, and the choices the reader has."""

from dashboard.figures import queries, queries_judgement
from dashboard.figures.compare import newest, parting_breaks
from dashboard.figures.feeds import gap_of
from dashboard.figures.measure_in_place import MeasureInPlace
from dashboard.figures.records import MeasureSeries
from dashboard.kinds.telling import Section
from dashboard.ui import html
from dashboard.ui.frame import breadcrumb
from dashboard.ui.html import Element
from dashboard.ui.links import Link, contents, download_link
from dashboard.ui.notice import notice
from dashboard.ui.picker import Pick, picker
from dashboard.ui.sections import page_opening
from dashboard.ui.verdict import mark_of
from dashboard.words.facts import break_sentence, rate_sentence, rolling_sentence, value_sentence
from dashboard.words.lateness import unknown_sentence
from dashboard.words.london import beside_expected
from dashboard.words.measures import finding_headline, measure_headline, mixed_years_sentence
from dashboard.words.verdicts import verdict_sentence
from etl.core.areas import LONDON
from etl.core.period import last_month
from etl.core.written import any_period
from etl.definitions.calendar import Gap

ABOVE = [("Home", "/"), ("Measures", "/measure")]
RETIRED = "retired"
NO_VERDICT = "These figures do not say whether anything has moved clearly."


def opening(in_place: MeasureInPlace) -> list[Element]:
    """The way back, the finding as the headline, the verdict, and the facts."""
    with_figure = [f for f in in_place.facts if newest(f)]
    headline = next((f for f in with_figure if f.measure.period == "rolling_year"), with_figure[0] if with_figure else None)
    gap = _gap(in_place, headline)
    recorded = measure_headline(headline, gap) if headline else f"{in_place.measure.title}: published by court only"
    finding = finding_headline(headline, in_place.verdict, gap) if headline and in_place.kind.is_judged_by_month else None
    where = "London" if in_place.area.code == LONDON else in_place.area.name
    concluded: list[str | Element] = []
    if in_place.verdict and in_place.series is not None:
        base = next((f for f in in_place.facts if f.measure.id == in_place.measure.id), in_place.series)
        # The headline has said how far from expected; what was expected is said here.
        sentence = beside_expected(base, in_place.verdict) if finding else verdict_sentence(base, in_place.verdict)
        concluded = [mark_of(in_place.verdict, big=True), html.Br(), sentence]
    facts = " ".join([*_facts(in_place, is_above=finding is None), *([] if in_place.verdict else [_no_verdict(in_place)])])
    head = page_opening(
        finding or recorded,
        place=f"Measure, {where}: {in_place.measure.title}",
        standfirst=(concluded, facts),
        actions=[download_link("Figures behind this page", in_place.download_address)],
    )
    return [breadcrumb(ABOVE, in_place.measure.title), head]


def _no_verdict(in_place: MeasureInPlace) -> str:
    why = in_place.kind.kind.not_judged_because
    return f"Not judged: {why}." if why else NO_VERDICT


def _facts(in_place: MeasureInPlace, *, is_above: bool) -> list[str]:
    """The newest month, the 12 months unless the headline above says them, and their rate."""
    sentences = []
    for fact in in_place.facts:
        if fact.measure.form == "count":
            sentences.append(value_sentence(fact))
        elif fact.measure.form == "rolling_year" and (not is_above or newest(fact) is None):
            sentences.append(rolling_sentence(fact))
        elif fact.measure.form == "rolling_year_rate":
            wider = (in_place.wider_rate,) if in_place.wider_rate and in_place.area.code != LONDON else ()
            sentences.append(rate_sentence(fact, wider))
    return sentences or [in_place.measure.definition]


def notices(in_place: MeasureInPlace) -> list[Element]:
    """At most two: the break that parts the figures shown, and how far they run."""
    blocks: list[Element] = []
    series = in_place.series or (in_place.breakdowns[0][1] if in_place.breakdowns else None)
    if series is None:
        return blocks
    parted = parting_breaks(series)
    if parted:
        mixed = mixed_years_sentence(in_place.rolling) if in_place.rolling else None
        blocks.append(notice("break", break_sentence(parted[-1]), mixed or ""))
    last = newest(series)
    if last is not None and in_place.measure.theme == RETIRED:
        over = "The list it belongs to was retired; nothing later compares."
        blocks.append(notice("late", f"{in_place.measure.title} runs to {any_period(last.period)}.", over))
    elif last is not None:
        gap = gap_of(in_place.measure.source, last.period)
        blocks.append(notice("late", f"{in_place.measure.title}: known to {any_period(last.period)}.", unknown_sentence(gap)))
    return blocks


def _gap(in_place: MeasureInPlace, series: MeasureSeries | None) -> Gap | None:
    """What is not known today of the figures in the headline; None where there are none, or none are awaited any more."""
    last = newest(series) if series is not None else None
    return gap_of(in_place.measure.source, last.period) if last and in_place.measure.theme != RETIRED else None


def choices(in_place: MeasureInPlace) -> list[Element]:
    """Selects for the place, the form and the months, sent in the address."""
    return [html.Div(picker(in_place.view, measure_picks(in_place)), className="gap")]


def jumps(in_place: MeasureInPlace) -> list[Element]:
    """Links to the sections every measure has, and to those its kind has."""
    places: list[Link] = [s.link for s in in_place.kind.sections if s.is_linked] if in_place.places else []
    if not queries_judgement.area_comparisons(in_place.measure.base):
        places = [link for link in places if link != Section.FUNNEL.link]
    own = [("What this measures", "#definition"), ("Revisions and breaks", "#history")]
    return [contents([("Every period", "#periods"), *own, *places, ("Take the figures away", "#source")])]


def measure_picks(in_place: MeasureInPlace) -> tuple[Pick, ...]:
    """What may be chosen: a place that has figures, the form of recorded crime, and where the figures start."""
    codes = [p.area.code for p in in_place.places]
    names = {LONDON: "London"} | {p.area.code: p.area.name for p in in_place.places}
    if in_place.kind.has_commands:
        names |= {a.code: f"{a.name} command" for a in queries.areas("bcu")}
    if LONDON not in codes and LONDON not in in_place.kind.wider:
        names.pop(LONDON)
    names.setdefault(in_place.area.code, in_place.area.name)
    picks = [Pick("area", "Place", names)]
    if in_place.kind.kind.has_residents:
        picks.append(Pick("show", "Shown as", {"count": "Number of offences", "rate": "Rate per 1,000 residents"}))
    picks.append(Pick("since", in_place.kind.periods_drawn, _starts(in_place)))
    return tuple(picks)


def _starts(in_place: MeasureInPlace) -> dict[str, str]:
    """Where the figures may start: each April held (each first quarter for the courts), newest first."""
    series = in_place.series or (in_place.breakdowns[0][1] if in_place.breakdowns else None)
    code = in_place.area.code
    points = queries.measure_series(series.measure.id, code).points if series is not None and in_place.series is not None else ()
    starts_in = in_place.kind.starts_in
    starts = [p.period for p in points if starts_in in (None, last_month(p.period)[1])][:-1]
    return {"": "All that are held"} | {p: f"Since {any_period(p)}" for p in reversed(starts)}
