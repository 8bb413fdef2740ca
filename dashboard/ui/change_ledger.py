"""What the newest edition added to the list of changes and took from it: a line, and behind it all that are followed."""

from collections.abc import Sequence

from dashboard.figures import queries
from dashboard.figures.queries_ledger import Afterlife, LedgerChange, LedgerNews, afterlives, boroughs_news, ledger, ledger_news
from dashboard.ui import html
from dashboard.ui.addresses import place_address
from dashboard.ui.html import Element
from dashboard.ui.sections import section
from dashboard.ui.table import Cell, Column, closed, data_table
from dashboard.words import ledger as words
from etl.core.areas import LONDON
from etl.core.written import any_period, number

ANCHOR = "ledger"
AFTER_HEADS = ("Standing", "Fading", "The level now", "Ended", "Withdrawn")


def place_ledger(area_code: str) -> list[Element]:
    """The ledger of one place, London or a borough or a command; nothing where no change was ever listed.

    Raises:
        LookupError: no such area.
    """
    return _block(ledger_news(area_code), is_one_place=True)


def london_ledger() -> list[Element]:
    """The ledger of London as a whole."""
    return place_ledger(LONDON)


def boroughs_ledger() -> list[Element]:
    """The ledger of all boroughs together; nothing where no change was ever listed."""
    return _block(boroughs_news(), is_one_place=False)


def afterlife_section() -> list[Element]:
    """What became of past changes after 6 and 12 months: a sentence and a table; nothing where none is old enough."""
    every = afterlives()
    sentence = words.afterlife_sentence(every)
    if not sentence:
        return []
    columns = (Column("Months after it entered"), Column("Changes", is_number=True),
               *(Column(head, is_number=True) for head in AFTER_HEADS))  # fmt: skip
    table = data_table(columns, [_after_row(a) for a in every], label="Past changes by months after they entered")
    first = min(change.first_seen for change in ledger())
    how = (
        f"Followed month by month from {any_period(first)}. Few editions are held, so the months of a newer edition, cut after"
        " each month, stand in for those of the day: what was revised since does not show in them."
    )
    return [section("afterlife", "What became of past changes", [table, html.P(how, className="source")], say=sentence)]


def _after_row(after: Afterlife) -> list[Cell]:
    counts = (after.known, after.standing, after.fading, after.lasting, after.ended, after.withdrawn)
    return [number(after.months), *(number(count) for count in counts)]


def _block(news: LedgerNews, *, is_one_place: bool) -> list[Element]:
    titles = {m.id: m.title for m in queries.measures(form="count")}
    names = {} if is_one_place else {a.code: a.name for a in queries.areas("borough")}
    line = words.news_line(news, titles, names)
    if not line:
        return []
    table = [closed(_table(news.followed, titles, names), words.followed_summary(news))] if news.followed else []
    return [html.Div([html.P(line), *table], className="flow-s", id=ANCHOR)]


def _table(changes: Sequence[LedgerChange], titles: words.Names, names: words.Names) -> Element:
    place_column = [Column("Place")] if names else []
    columns = [
        Column("Measure"), *place_column, Column("Moved"), Column("Since"), Column("Stands"),
        Column("When it entered", is_number=True), Column("Now", is_number=True),
    ]  # fmt: skip
    order = {measure_id: i for i, measure_id in enumerate(titles)}
    ordered = sorted(changes, key=lambda c: (order[c.measure], names.get(c.area, ""), c.since))
    rows: list[list[Cell]] = [
        [
            titles[c.measure], *([html.A(names[c.area], href=place_address(c.area))] if names else []), words.way_words(c),
            any_period(c.since), words.standing_words(c), words.size_words(c.size), words.size_words(c.size_now),
        ]
        for c in ordered
    ]  # fmt: skip
    return data_table(columns, rows, label="Changes followed, against the level before each began")
