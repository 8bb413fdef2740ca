"""Home: its sentence, its cards, its numbers counted again from the published file by another route."""

import csv
import re
from dataclasses import replace

import pytest
from lxml import html

from dashboard.features.home.blocks import newest_edition
from dashboard.features.home.changed_series import FIRST_ROWS
from dashboard.features.home.words import edition_sentences
from dashboard.figures import queries_editions
from etl.core.written import number, rounded
from tests.dashboard.small_records import LONDON_AREA, TOTAL, series
from tests.dashboard.written import written

NEVER = re.compile(r"[↑↓▲▼⬆⬇]|\brank|\bleague|\btop \d|\bhighest borough|\bsafest", re.IGNORECASE)
DISC = re.compile(r'<svg viewBox="0 0 14 14".*?</svg>')
"""How sure a move is to last: a mark beside its word, no chart."""
CARDS = re.compile(r"<article.*?</article>", re.DOTALL)
MINOR = {
    "Robbery": ("ROBBERY", None),
    "Shoplifting": ("THEFT", "SHOPLIFTING"),
    "Theft from the person": ("THEFT", "THEFT FROM THE PERSON"),
    "Violence with injury": ("VIOLENCE AGAINST THE PERSON", "VIOLENCE WITH INJURY"),
}


@pytest.fixture(scope="module")
def home(app):
    answer = app.server.test_client().get("/", buffered=True)
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


@pytest.fixture(scope="module")
def newest_file(published_data):
    """Rows of the newest published file, read without any of the project's own code."""
    folder = published_data / "mps-recorded-crime-borough" / "2026-01"
    with next(folder.glob("*24 months*")).open(encoding="utf-8-sig") as file:
        return list(csv.DictReader(file))


def counted(rows, months, major=None, minor=None, borough=None):
    wanted = (("MajorText", major), ("MinorText", minor), ("BoroughName", borough))
    return sum(int(row[m]) for row in rows if all(v is None or row[k] == v for k, v in wanted) for m in months)


def year(last):
    return [f"{last}{month:02d}" for month in range(1, 13)]


def test_headline_names_what_moved_where_and_the_counts_follow_it(home):
    headline = re.search(r"<h1>(.*?)</h1>", home)[1]
    *clauses, last = headline.split("; ")
    assert last == "nothing is known since"
    where = r"[A-Z][a-z]+[A-Za-z ,]*|\w+ boroughs"
    assert clauses[-1].endswith(" from April to December 2025")
    clauses[-1] = clauses[-1].removesuffix(" from April to December 2025")
    for clause in clauses:
        assert re.fullmatch(rf"[A-Za-z ()]+ (is|are) (up|down) in ({where})( and (up|down) in ({where}))?", clause), clause
    assert re.search(
        r"\d+ of \d+ borough series moved: [^.]+\. (About \d+|Fewer than 1) of these \d+ (is|are) expected not to last\. "
        r"\d+ more lean one way and are not proven\.",
        home,
    )


def test_london_total_equals_a_recount_of_the_published_file(home, newest_file):
    now, before = counted(newest_file, year(2025)), counted(newest_file, year(2024))
    assert (now, before) == (910_851, 939_957)
    expected = f"recorded {rounded(now)} offences in the 12 months to December 2025; {rounded(before)} in the 12 months before"
    assert expected in home
    december = counted(newest_file, ["202512"])
    assert f"In December 2025 it recorded {rounded(december)}" in home


@pytest.mark.parametrize("title", MINOR)
def test_card_figures_equal_the_published_file(home, newest_file, title):
    major, minor = MINOR[title]
    card = next(c for c in CARDS.findall(home) if f">{title}</a>" in c)
    december, then = (counted(newest_file, [m], major, minor) for m in ("202512", "202412"))
    twelve = counted(newest_file, year(2025), major, minor)
    assert f"recorded in December 2025; {rounded(then)} in December 2024." in card
    assert f"{rounded(twelve)} in the 12 months to December 2025" in card
    assert f'<th scope="row">December 2025</th><td class="n">{number(december)}</td>' in card


def test_every_card_shows_sentence_then_table_then_chart(home):
    cards = CARDS.findall(home)
    assert len(cards) >= 10
    for card in cards:
        drawn = DISC.sub("", card)
        order = [drawn.index(part) for part in ('class="theme"', "<h3>", 'class="says"', "<table", "<svg viewBox")]
        assert order == sorted(order)


def test_the_source_and_edition_of_the_cards_are_named(home):
    assert "edition to December 2025, publication date not given" in home


def test_page_says_which_months_are_not_held(home):
    assert "<strong>Recorded crime runs to December 2025.</strong> Nothing is known of " in home


def test_newest_edition_changes_equal_a_recount_of_two_published_files(home):
    # 75,432 first published and 76,144 now; 518 of 736 borough-months moved: counted by plain SQL from the two files.
    # London over the 23 months: 1,780,019 then, 1,780,688 now.
    assert "was 75,432 in the edition to November 2025 and is 76,144 in that to December 2025" in home
    assert "518 of 736 monthly borough totals were revised; London’s total rose by 669 in 1,780,000." in home


def test_changed_series_are_listed_strongest_evidence_first(home):
    moved = int(re.search(r"(\d+) of \d+ borough series moved", home)[1])
    leaning = int(re.search(r"(\d+) more lean one way", home)[1])
    ask = home[home.index('id="ask"') : home.index('id="priorities"')]
    counted_by_group = {words: int(many) for words, many in re.findall(r'scope="rowgroup"[^>]*>([^:<]+): (\d+)', ask)}
    assert sum(many for words, many in counted_by_group.items() if words.startswith("Leaning")) == leaning
    assert sum(counted_by_group.values()) == moved + leaning
    assert len(re.findall(r'<tr><th scope="row">', ask)) == sum(counted_by_group.values())
    assert "as expected</text>" in ask
    # What the first table leaves out is printed too.
    is_folded = re.search(r'<details class="data-table print-open"><summary><span>The other', ask) is not None
    assert is_folded == (max(counted_by_group.values()) > FIRST_ROWS)


def test_late_sources_are_counted_then_named(home):
    assert "Two feeds are late enough to carry no verdict." in home
    assert 'href="/data#verdicts"' in home
    coverage = home[home.index('id="coverage"') :]
    # The survey's borough files end with the year to December 2023: 8 questions in 32 boroughs.
    assert "256 series for boroughs, newest December 2023" in coverage


def test_chart_names_are_never_cut_short(home):
    assert not re.findall(r"<text[^>]*>[^<]* …</text>", home)


def test_the_range_each_month_was_judged_against_is_drawn_on_its_card(home):
    card = next(c for c in CARDS.findall(home) if ">Robbery</a>" in c)
    assert 'class="band"' in card
    assert 'class="band-2"' in card


def test_every_link_within_the_page_has_a_target(home):
    nav = re.search(r'<nav[^>]*class="contents".*?</nav>', home)[0]
    assert re.findall(r'href="#([^"]+)"', nav)
    assert [anchor for anchor in re.findall(r'href="#([^"]+)"', nav) if f'id="{anchor}"' not in home] == []


def test_every_source_says_how_far_it_runs(home):
    coverage = home[home.index('id="coverage"') :]
    assert "Public Attitude Survey" in coverage
    assert "September 2025" in coverage
    assert "October to December 2025" in coverage


def test_home_links_to_all_33_boroughs(home):
    assert len(set(re.findall(r'href="/borough/(E09\d{6})"', home))) == 33


def test_page_has_no_ranking_and_no_arrows(home):
    words = re.sub(r"<(style|script|svg).*?</\1>|<[^>]+>", " ", home, flags=re.DOTALL)
    assert not NEVER.search(words)


def test_without_verdicts_home_says_counts_do_not_show_a_change(warehouse):
    from dashboard.features.home.blocks import opening

    rolling = series(TOTAL, LONDON_AREA, {"2024-12": 939957, "2025-12": 910851})
    markup = written(opening(rolling, rolling, None, None))
    assert "<h1>The Metropolitan Police recorded 911,000 offences in the 12 months to December 2025; 940,000" in markup
    assert "They do not say whether anything has moved clearly." in markup


def consecutive_editions():
    """(newer, older) of recorded crime, as the newest two would have been on the day each came out."""
    newest_first = queries_editions.editions_that_restate("mps_recorded_crime_borough")
    return list(zip(newest_first, newest_first[1:], strict=False))


def test_what_each_edition_changed_is_told_from_the_rows_of_its_table(warehouse):
    editions_compared = 0
    for newer, older in consecutive_editions():
        changes = queries_editions.changes_between(newer, older)
        story = " ".join(edition_sentences(changes))
        rows = [row for row in written_rows(newest_edition(changes)) if row]
        if not changes:
            assert (story, rows) == ("", [])
            continue
        editions_compared += 1
        moved = [c for c in changes if c.measure.theme != "retired" and c.is_comparable and c.largest_new != c.largest_old]
        assert ("moved in no month" in story) == all(c.measure.id != "total_recorded_crime" for c in moved), newer
        assert ("None of the other" in story) == (not [c for c in moved if c.measure.id != "total_recorded_crime"]), newer
        if rows:
            title, month_moved, *_, share = rows[0]
            assert f"{title.lower()}, {month_moved}, {share}" in story, newer
        assert {row[0] for row in rows} <= {c.measure.title for c in moved}
    assert editions_compared >= 3


def test_measures_that_moved_are_told_though_londons_total_did_not(warehouse):
    newer, older = consecutive_editions()[0]
    changes = [
        replace(c, new_total=c.old_total, largest_new=c.largest_old, months_moved=0, cells_moved=0)
        for c in queries_editions.changes_between(newer, older)
    ]
    assert "moved in no month" in " ".join(edition_sentences(changes))
    assert "measures moved in London." in " ".join(edition_sentences(changes))
    at = next(i for i, c in enumerate(changes) if c.measure.id == "shoplifting")
    moved = replace(changes[at], largest_period="2025-11", largest_old=1000.0, largest_new=650.0, months_moved=1)
    story = " ".join(edition_sentences([*changes[:at], moved, *changes[at + 1 :]]))
    assert "One of the other 26 measures moved in London; furthest in proportion shoplifting, November 2025, −35.0%." in story
    apart = replace(moved, is_comparable=False)
    story = " ".join(edition_sentences([*changes[:at], apart, *changes[at + 1 :]]))
    assert "measures moved in London. One more counts something else in the two editions." in story
    assert newest_edition((*changes[:at], apart, *changes[at + 1 :]))


def written_rows(blocks):
    """The cells of each row of the tables in some blocks."""
    if not blocks:
        return []
    rows = html.fromstring("".join(written(block) for block in blocks)).xpath("//tbody/tr")
    return [[cell.text_content().strip().rpartition(": ")[2] for cell in row.xpath("./th | ./td")] for row in rows]


def test_first_edition_lists_no_changes(warehouse):
    assert newest_edition(()) == []
