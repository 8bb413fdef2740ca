"""Borough: every place answers, in words, tables and pictures; its numbers counted again from the published file."""

import csv
import re
import zlib

import pytest
from python_calamine import CalamineWorkbook

from etl.core.written import number, rounded

BROMLEY, CITY, HILLINGDON, SOUTH = "E09000006", "E09000001", "E09000017", "BCU-SN"
LEWISHAM = "E09000023"
CHANGED_IN = "E09000008"
"""Croydon: drug trafficking changed there in the bundled figures."""
LEANING = "E09000004"
"""Bexley: five crimes lean there, and none is proven."""
ARTICLES = re.compile(r"<article.*?</article>", re.DOTALL)
DISC = re.compile(r'<svg viewBox="0 0 14 14".*?</svg>')
"""How sure a move is to last: a mark beside its word, no chart."""
MOST_BYTES, MOST_COMPRESSED = 700_000, 80_000
NEVER = re.compile(r"[↑↓▲▼⬆⬇]|\branked|\bleague|\btop \d|\bsafest", re.IGNORECASE)


@pytest.fixture(scope="module")
def page_of(app):
    """The page of a place, asked for once."""
    kept, client = {}, app.server.test_client()

    def page_at(address):
        if address not in kept:
            answer = client.get(f"/borough/{address}", buffered=True)
            assert answer.status_code == 200, address
            kept[address] = answer.get_data(as_text=True)
        return kept[address]

    return page_at


@pytest.fixture(scope="module")
def newest_file(published_data):
    """Rows of the newest published file, read without any of the project's own code."""
    folder = published_data / "mps-recorded-crime-borough" / "2026-01"
    with next(folder.glob("*24 months*")).open(encoding="utf-8-sig") as file:
        return list(csv.DictReader(file))


def words(html):
    return re.sub(r"\s+", " ", re.sub(r"<(style|script|svg).*?</\1>|<[^>]+>", " ", html, flags=re.DOTALL))


def beside(html):
    return re.search(r'<section[^>]*aria-labelledby="beside".*?</section>', html, re.DOTALL)[0]


def block(html, title):
    return next(a for a in ARTICLES.findall(html) if f">{title}</a>" in a)


@pytest.mark.slow
def test_every_borough_and_command_has_a_page(get, warehouse):
    from dashboard.figures import queries

    places = (*queries.areas("borough"), *queries.areas("bcu"))
    assert len(places) == 45
    for place in places:
        answer = get(f"/borough/{place.code}")
        assert answer.status_code == 200, place.name
        assert place.name.replace("&", "&amp;") in answer.get_data(as_text=True)


def test_borough_figures_equal_the_published_file(page_of, newest_file):
    def bromley(months, minor):
        rows = [r for r in newest_file if r["BoroughName"] == "Bromley" and r["MinorText"] == minor]
        return sum(int(row[m]) for row in rows for m in months)

    year = [f"2025{month:02d}" for month in range(1, 13)]
    article = block(page_of(BROMLEY), "Personal robbery")
    december, then = (bromley([m], "ROBBERY OF PERSONAL PROPERTY") for m in ("202512", "202412"))
    twelve = bromley(year, "ROBBERY OF PERSONAL PROPERTY")
    assert (december, then, twelve) == (30, 31, 423)
    assert f"{december} personal robberies were recorded in December 2025; {then} in December 2024." in article
    assert f"{rounded(twelve)} in the 12 months to December 2025" in article
    assert (
        f'<th scope="row">December 2025, provisional</th><td class="n">{december}</td><td class="n">{number(twelve)}</td>'
        in article
    )


def test_command_total_equals_the_sum_of_its_boroughs(page_of, newest_file):
    members = {"Bromley", "Croydon", "Sutton"}
    total = sum(int(row["202512"]) for row in newest_file if row["BoroughName"] in members)
    assert f'<td class="n">{number(total)}</td>' in block(page_of(SOUTH), "All recorded crime")


def test_borough_rate_is_shown_beside_its_command_and_london_on_one_scale(page_of):
    article = block(page_of(BROMLEY), "Burglary")
    assert re.search(r"per 1,000 residents in the 12 months to December 2025; South Area [\d.]+, London [\d.]+\.", article)
    drawn = re.search(r'<svg[^>]*aria-label="Burglary[^"]*per 1,000[^"]*"', article)[0]
    assert all(name in drawn for name in ("Bromley", "South Area", "London"))


def test_every_measure_shows_sentence_then_table_then_charts_then_source(page_of):
    articles = [DISC.sub("", a) for a in ARTICLES.findall(page_of(BROMLEY)) if 'class="split flip"' in a.partition(">")[0]]
    assert len(articles) == 28
    for article in articles:
        order = [article.index(part) for part in ("<h3", 'class="facts"', "<table", "<svg viewBox", "Source: ")]
        assert order == sorted(order)
        assert article.count("<svg viewBox") == 2


def test_unchanged_measures_are_folded_and_changed_ones_are_open(page_of):
    states, folds = [], []
    for article in ARTICLES.findall(page_of(CHANGED_IN)):
        fold = re.search(r'<details class="rest print-open"( open)?><summary>', article)
        if fold and 'class="facts"' in article:
            outside = article[: fold.start()]
            assert "recorded in" in outside, "the sentences stand outside the fold"
            states.append(bool(re.search(r"glyph-[BWCA]", outside)))
            folds.append(bool(fold[1]))
    assert len(folds) == 28
    assert folds == states
    assert 0 < sum(folds) < 14


def test_charts_draw_the_expected_range_of_the_months_judged(page_of):
    article = block(page_of(BROMLEY), "Personal robbery")
    assert 'class="band"' in article
    assert "Offences a month. Pale band: expected" in article


def test_every_section_is_linked_at_the_top_and_every_link_has_a_target(page_of):
    for place in (BROMLEY, SOUTH):
        html = page_of(place)
        jumps = re.findall(r'href="#([^"]+)"', re.search(r'<nav[^>]*class="contents".*?</nav>', html)[0])
        sections = re.findall(r'<section[^>]*aria-labelledby="([^"]+)"', html)
        assert jumps == sections


def test_rest_of_london_rate_equals_a_recount_of_the_published_files(page_of, newest_file, published_data):
    sheet = CalamineWorkbook.from_path(published_data / "geography" / "ons_mye_london_components_2011-2024.xlsx")
    people = {
        name: n
        for _, name, _, _, what, year, n in sheet.get_sheet_by_index(0).to_python()
        if (what, year) == ("population", 2024)
    }
    events = dict.fromkeys(people, 0)
    for row in newest_file:
        if row["MajorText"] == "ROBBERY" and row["BoroughName"] in people:
            events[row["BoroughName"]] += sum(int(row[f"2025{month:02d}"]) for month in range(1, 13))
    rest = [name for name in people if name not in {"Bromley", "City of London"}]
    here = events["Bromley"] / people["Bromley"]
    others = sum(events[name] for name in rest) / sum(people[name] for name in rest)
    row = re.search(r'<tr><th scope="row">Robbery</th>(.*?)</tr>', beside(page_of(BROMLEY)))[1]
    cells = re.findall(r"<td[^>]*>(.*?)</td>", row)
    assert cells[:2] == [f"{here * 1000:.1f}", f"{others * 1000:.1f}"]
    assert cells[3] == f"{1 - here / others:.0%} lower"


def test_a_borough_is_compared_with_its_command_or_with_those_most_like_it(page_of, warehouse):
    from dashboard.figures import queries, queries_judgement

    command = beside(page_of(BROMLEY))
    assert "the other boroughs of its command" in command
    like = beside(page_of(f"{BROMLEY}?against=similar"))
    named = [queries.area(s.area).name for s in queries_judgement.similar(BROMLEY)[:5]]
    assert [name for name in named if f">{name}</a>" not in like] == []
    assert "The five most similar boroughs</h3>" in like


def test_own_similarity_weights_are_kept_in_the_address_and_named_on_the_page(page_of, warehouse):
    from dashboard.figures import queries, queries_judgement

    html = beside(page_of(f"{BROMLEY}?against=similar&density=0&public_transport=5"))
    assert "The five most similar boroughs by your weights</h3>" in html
    most_similar = queries_judgement.similar(BROMLEY, (("density", 0.0), ("public_transport", 5.0)))[:5]
    assert [s.area for s in most_similar if f">{queries.area(s.area).name}</a>" not in html] == []
    assert re.search(r'name="density".*?<option (?=[^>]*selected)(?=[^>]*value="0")', html)
    assert 'value="similar" selected' in html or re.search(r"<option (?=[^>]*selected)(?=[^>]*value=\"similar\")", html)


def test_with_every_weight_nought_no_borough_is_called_similar(get, warehouse):
    from dashboard.figures.queries_judgement import similar_weights

    nought = "&".join(f"{w.characteristic}=0" for w in similar_weights())
    assert get(f"/borough/{BROMLEY}?against=similar&{nought}").status_code == 200


def test_command_page_has_no_comparison_with_boroughs(page_of):
    assert 'id="beside"' not in page_of(SOUTH)


def test_years_parted_by_a_break_are_called_not_comparable_in_sentence_and_table(page_of):
    html = page_of(BROMLEY)
    assert re.search(
        "The 12 months before cannot be compared: London.{1,6}s violence with injury fell", block(html, "Violence with injury")
    )
    row = re.search(r'href="#violence-with-injury".*?</tr>', html, re.DOTALL)[0]
    assert '<td class="n">break</td>' in row


def test_the_city_of_london_says_that_another_force_polices_it(page_of):
    html = page_of(CITY)
    text = words(html)
    assert "City of London has its own police force" in text
    assert "the Metropolitan Police’s files hold nothing for it" in text
    assert "<table" not in html
    assert not ARTICLES.search(html)


def test_place_with_changes_names_them_and_says_how_many_moves_are_expected_not_to_last(page_of, warehouse):
    from dashboard.figures import queries

    counted = {m.id for m in queries.measures(form="count")}
    place = next(v.area for v in queries.verdicts() if v.state in "BWC" and v.area.startswith("E09") and v.measure in counted)
    text = words(page_of(place))
    assert re.search(rf"In {queries.area(place).name} [a-z ,]+ (is|are) (up|down)", text)
    assert re.search(r"Of the \d+ moves in all boroughs, (about \d+|fewer than 1) (is|are) expected not to last\.", text)


def test_place_where_crimes_only_lean_says_nothing_of_moves_that_last(page_of):
    text = words(page_of(LEANING))
    assert "may be" in text
    assert "nothing is proven" in text
    assert "expected not to last" not in text


def test_hillingdon_says_when_airport_crime_was_first_included(page_of):
    text = words(page_of(HILLINGDON))
    assert "Hillingdon takes in Heathrow. Airport crime was counted apart until February 2024" in text


def test_page_says_how_many_crimes_have_no_borough(page_of):
    assert re.search(
        r"Of 73,700 offences in December 2025, \d+ have no borough on record and are counted in none", words(page_of(BROMLEY))
    )


def test_page_says_that_rates_leave_out_visitors(page_of):
    assert "Visitors and commuters are not counted" in page_of(BROMLEY)


def test_page_says_that_courts_publish_nothing_by_borough(page_of):
    html = page_of(BROMLEY)
    assert "<strong>Courts do not publish by borough</strong>" in html
    assert 'href="/justice"' in html


def test_late_survey_figure_is_named_late_with_london_beside_it(page_of):
    html = page_of(BROMLEY)
    assert "No borough figure later than December 2023 is held. London’s run to September 2025." in html
    survey_block = block(html, "Police do a good job in the local area")
    assert re.search(r"51% \(\d+% to \d+%\) in the 12 months to December 2023", survey_block)
    assert "London 47% (46% to 48%) in the same 12 months." in html


def test_the_survey_is_not_published_by_command(page_of):
    assert "No survey figure is held for South Area command" in page_of(SOUTH)


def test_retired_list_is_shown_by_police_year(page_of):
    html = page_of(BROMLEY)
    retired = html[html.index('id="retired"') :]
    assert '<th scope="col" class="n">2011/12</th>' in retired or '<th class="n" scope="col">2011/12</th>' in retired
    assert "Nothing later can be compared." in retired


def test_address_keeps_the_chosen_form_and_months(page_of):
    html = page_of(f"{BROMLEY}?show=count&since=2015-04")
    assert re.search(r"<option (?=[^>]*selected)(?=[^>]*value=\"count\")", html)
    assert re.search(r"<option (?=[^>]*selected)(?=[^>]*value=\"2015-04\")", html)
    assert '<th scope="row">April 2015</th>' in html
    assert "charts run from April 2015; twelve months are drawn as counts" in html


@pytest.mark.parametrize("query", ["since=1990-01", "show=arrows", "since=%3Cscript%3E"])
def test_unknown_option_value_gets_a_page_that_lists_the_known_ones(get, query):
    answer = get(f"/borough/{BROMLEY}?{query}")
    assert answer.status_code == 400
    assert "<script>" not in answer.get_data(as_text=True).partition("<body")[2]


@pytest.mark.parametrize("code", ["AIRPORTS", "E09000099", "nowhere"])
def test_code_that_is_no_borough_or_command_gets_404(get, code):
    assert get(f"/borough/{code}").status_code == 404


def test_the_passport_names_file_hash_rows_and_method(page_of):
    passport = re.search(r'<details class="passport".*?</details>', page_of(BROMLEY), re.DOTALL)[0]
    assert "MPS Borough Level Crime (most recent 24 months).csv" in passport
    assert re.search(r"<code>[0-9a-f]{64}</code>", passport)
    assert "Rows of Bromley" in passport
    assert "Twelve months are added up; nothing is filled in." in passport


def test_the_page_is_small_enough_to_load_on_a_phone(page_of):
    html = page_of(BROMLEY).encode()
    assert len(html) < MOST_BYTES
    assert len(zlib.compress(html, 6)) < MOST_COMPRESSED


def test_page_has_no_ranking_and_no_arrows(page_of):
    assert not NEVER.search(words(page_of(BROMLEY)))


def test_tiny_rate_gets_more_decimals_instead_of_nought(page_of):
    row = re.search(r'href="#homicide".*?</tr>', page_of(BROMLEY), re.DOTALL)[0]
    assert ">0.0<" not in row


def test_list_of_places_says_what_changed_in_each_place(get, warehouse):
    from dashboard.figures import queries

    counts = {m.id: m.title for m in queries.measures(form="count")}
    rows = re.findall(r'<tr><th scope="row"><a [^>]*href="/borough/([^"]+)">.*?</tr>', get("/boroughs").get_data(as_text=True))
    html = get("/boroughs").get_data(as_text=True)
    assert len(rows) == 45
    for verdict in queries.verdicts():
        if verdict.measure in counts and verdict.state in "BWC" and verdict.area in rows:
            row = re.search(rf'<tr><th scope="row"><a [^>]*href="/borough/{verdict.area}">.*?</tr>', html)[0]
            assert counts[verdict.measure].lower() in row
    city = re.search(r'<tr><th scope="row"><a href="/borough/E09000001">.*?</tr>', html)[0]
    assert "Another force" in city


def test_the_list_of_places_names_all_45(get):
    html = get("/boroughs").get_data(as_text=True)
    assert len(set(re.findall(r'href="/borough/([A-Z0-9-]+)"', html))) == 45
    assert "<h1>The Met polices 32 boroughs in twelve commands. The City of London has a force of its own</h1>" in html
