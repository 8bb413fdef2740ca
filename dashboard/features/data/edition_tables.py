"""Editions, their checks, what was left out of them, and files refused."""

import re
from collections.abc import Mapping, Sequence

from dashboard.figures import queries
from dashboard.figures.queries_editions import Movement
from dashboard.figures.queries_sources import EditionRecord, Refusal, RejectedRow, edition_names
from dashboard.figures.records import CheckResult, Citation, Release
from dashboard.ui import html
from dashboard.ui.addresses import measure_address
from dashboard.ui.attributes import attributes
from dashboard.ui.html import Element
from dashboard.ui.notice import notice
from dashboard.ui.table import Cell, Column, Group, data_table
from dashboard.words.data import edition_phrase, published_words, span_words
from dashboard.words.reasons import in_words
from etl.core.written import count_word, day, month, number, percent, signed

RESULTS = {"passed": "Passed", "warned": "Warning", "refused": "Refused"}
MARKS = {"passed": "✓", "warned": "!", "refused": "×"}
HASH_SHOWN = 12
REFUSALS_SHOWN = 5
MEASURE_ID = re.compile(r"\b[a-z]+(?:_[a-z0-9]+)+\b")
NAME_STYLE = {"display": "inline-block", "minWidth": "9rem"}
"""On a phone the table scrolls sideways: names keep room to be read."""
EDITION_ID = re.compile(r"\b([a-z_]+)/(\d{4}-\d{2})/[\w-]+")
NO_MATCH = "no match"
NO_MATCH_MEANS = (
    "No match: the categories of that edition do not join those of the edition before it, so nothing can be compared."
)


def editions_table(records: Sequence[EditionRecord]) -> Element:
    """Every edition, newest first, by source: form, months, size, London's newest month, when published, fingerprint."""
    columns = (
        Column("Edition"),
        Column("Periods"),
        Column("Form"),
        Column("Rows", is_number=True),
        Column("Areas", is_number=True),
        Column("Categories", is_number=True),
        Column("Newest month, London", is_number=True),
        Column("Published"),
        Column("sha256"),
    )
    crime_first = sorted(records, key=lambda r: (r.newest_total is None, r.citation.title))
    titles = tuple(dict.fromkeys(r.citation.title for r in crime_first))
    groups = [Group([_edition(r) for r in records if r.citation.title == title], title) for title in titles]
    return data_table(columns, groups, label="Every edition held")


def checks_table(checks: Sequence[CheckResult], *, caption: str) -> Element:
    """One row a check: its result in a word and a mark, and what was found. Warnings first."""
    ordered = sorted(checks, key=lambda c: (c.result == "passed", c.check))
    rows = [(_in_words(c.check), _result(c.result), _in_words(c.found)) for c in ordered]
    columns = (Column("Check"), Column("Result"), Column("What was found"))
    return data_table(columns, rows, caption=caption, stack=True)


def warnings_list(checks: Sequence[CheckResult], editions: Mapping[str, tuple[str, str]]) -> Element:
    """What was warned about, each with its edition. `editions` gives (words, address) of each."""
    items = []
    for check in checks:
        if check.result != "passed":
            words, address = editions[check.edition]
            check_words = f": {_in_words(check.check)}. {_in_words(check.found)}."
            items.append(html.Li([html.A(words, href=address), check_words]))
    return html.Ul(items, className="list")


def rejected_table(rejected: Sequence[RejectedRow], editions: Sequence[Citation]) -> Element:
    """Parts of accepted files that were left out, each with its reason; a sentence where there is none."""
    if not rejected:
        return html.P("Nothing was left out of an accepted file.")
    columns = (Column("Edition"), Column("Where"), Column("What"), Column("Why it was left out"))
    names = {c.edition: f"{c.title}, {c.edition_words}" for c in editions}
    rows = [(names.get(r.edition, r.edition), r.where, r.what, f"{r.reason[:1].upper()}{r.reason[1:]}") for r in rejected]
    return data_table(columns, rows, caption="Parts left out of accepted files", stack=True)


def refusal_notices(refusals: Sequence[Refusal], torn: int, release: Release) -> list[Element]:
    """The newest refusals, each with its reasons; or that there has been none. `torn`: how many more can't be read."""
    if not refusals and not torn:
        return [html.P("No file has been refused since this copy was set up.")]
    notices: list[Element] = []
    for refusal in refusals[:REFUSALS_SHOWN]:
        reasons = [html.Ul([html.Li(text) for text in refusal.reasons], className="list")] if refusal.reasons else []
        message = f"{refusal.message.rstrip('.')}. Nothing on this site has changed. Tried on {refusal.when[:10]}."
        notices.append(notice("refused", f"Refused, {_figures_of(release)} stand.", [message]))
        notices += reasons
    if len(refusals) > REFUSALS_SHOWN:
        notices.append(html.P(f"{number(len(refusals) - REFUSALS_SHOWN)} earlier refusals are in the log of this copy."))
    if torn:
        entries = "One entry" if torn == 1 else f"{number(torn)} entries"
        notices.append(html.P(f"{entries} of the log of refusals {'is' if torn == 1 else 'are'} damaged and cannot be read."))
    return notices


def _figures_of(release: Release) -> str:
    return f"figures of {day(release.published_on)}" if release.is_date_given else f"figures to {month(release.data_to)}"


def movements_table(movements: Sequence[Movement], *, label: str) -> Element:
    """One row a measure: how far one edition moved London, and the month that moved most."""
    columns = (
        Column("Measure"),
        Column("Months held before", is_number=True),
        Column("Moved", is_number=True),
        Column("London before", is_number=True),
        Column("London now", is_number=True),
        Column("Change", is_number=True),
        Column("Month that moved most"),
        Column("From", is_number=True),
        Column("To", is_number=True),
    )
    return data_table(columns, [_movement(m) for m in movements], label=label)


def by_edition_table(movements: Sequence[Movement]) -> Element:
    """Measures by editions, newest first: how far each moved London's total over the months it shared with those before it."""
    labels = tuple(dict.fromkeys(m.label for m in movements))
    by_key: Mapping[tuple[str, str], Movement] = {(m.measure.id, m.label): m for m in movements}
    measures = tuple({m.measure.id: m.measure for m in movements}.values())
    columns = (Column("London"), *(Column(_short(label), is_number=True) for label in labels))
    rows: list[list[Cell]] = []
    for m in measures:
        shares = [_share(by_key.get((m.id, label))) for label in labels]
        rows.append([html.A(m.title, href=measure_address(m.base), style=NAME_STYLE), *shares])
    return data_table(columns, rows, label="How far each edition moved each measure in London")


def checks_sentence(checks: Sequence[CheckResult]) -> str:
    """How many checks passed and how many warned."""
    warned_count = sum(1 for c in checks if c.result != "passed")
    passed_words = f"{count_word(len(checks) - warned_count)} passed"
    return f"{passed_words[:1].upper()}{passed_words[1:]}{f', {count_word(warned_count)} warned' if warned_count else ''}."


def _edition(record: EditionRecord) -> list[Cell]:
    c = record.citation
    periods = html.Span(span_words(c.first_period, c.last_period), style=NAME_STYLE)
    part = f", {record.part}" if record.part == "historical" else ""
    accepted = [html.Br(), html.Span(f"Accepted: {record.accepted_reason}", className="small")] if record.accepted_reason else []
    return [
        f"{c.label}{part}",
        [periods, *accepted],
        record.form.replace("_", " "),
        number(record.rows),
        number(record.areas),
        number(record.series),
        number(record.newest_total) if record.newest_total is not None else "does not apply",
        published_words(c.published_on, c.published_basis),
        html.Abbr(c.sha256[:HASH_SHOWN], title=c.sha256, style={"fontFamily": "var(--font-mono, monospace)"}),
    ]


def _result(result: str) -> list[str | Element]:
    mark = html.Span(MARKS[result], **attributes(aria_hidden="true"))
    return [html.Span([mark, f" {RESULTS[result]}"], style={"whiteSpace": "nowrap"})]


def _in_words(text: str) -> str:
    """What a check found, with periods, editions and measures in words."""
    sentence = MEASURE_ID.sub(_title, in_words(EDITION_ID.sub(_edition_in_words, text)))
    return sentence[:1].upper() + sentence[1:]


def _edition_in_words(match: re.Match[str]) -> str:
    return edition_phrase(edition_names().get((match[1], match[2]), match[2]))


def _title(match: re.Match[str]) -> str:
    names = {m.id: m.title for m in queries.measures() if m.id == m.base}
    return names.get(match[0], match[0])


def _movement(m: Movement) -> list[Cell]:
    return [
        html.A(m.measure.title, href=measure_address(m.measure.base), style=NAME_STYLE),
        number(m.months),
        number(m.months_moved),
        number(m.old_total),
        number(m.new_total),
        _percent(m.old_total, m.new_total),
        month(m.largest_period) if m.largest_old != m.largest_new else "none moved",
        number(m.largest_old),
        number(m.largest_new),
    ]


def _short(label: str) -> str:
    """An edition for a narrow column: "Jan 2026", "To Dec 2025"."""
    words = [word[:3] if word.isalpha() else word for word in label.split(" ")]
    return f"{words[0][:1].upper()}{' '.join(words)[1:]}"


def _share(m: Movement | None) -> str:
    if m is None:
        return NO_MATCH
    return "0" if not m.months_moved else _percent(m.old_total, m.new_total)


def _percent(old: float, new: float) -> str:
    if not old:
        return signed(new - old)
    share = new / old - 1
    return f"{'+' if share > 0 else ''}{percent(share, 2)}"
