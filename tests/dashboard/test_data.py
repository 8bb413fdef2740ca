"""Data and methods: what is held, how it was checked and how it moved, counted again from the published files."""

import csv
import json
import re
from datetime import date
from pathlib import Path

import pytest

from dashboard.charts.coverage import CoverageRow, coverage
from dashboard.figures import queries_sources
from dashboard.figures.feeds import feeds
from dashboard.figures.queries_editions import edition_figures, movements, published_as
from dashboard.figures.queries_sources import EditionRecord, SourceRecord
from dashboard.figures.records import CheckResult, Citation
from dashboard.words.data import data_headline, own_note, shared_notes
from dashboard.words.lateness import coverage_headline, late_words, unknown_words
from etl.release.refusals import note_refusal
from tests.dashboard.page_text import words

CRIME = SourceRecord("crime", "Recorded crime", "Met", "", "OGL", "", "month", "")
SURVEY = SourceRecord("survey", "Survey", "MOPAC", "", "OGL", "", "quarter", "")
FILE = "MPS Borough Level Crime (most recent 24 months).csv"


def edition(source, first, last, published, areas=34):
    cited = Citation(
        f"{source.id}/{published:%Y-%m}", source.id, source.title, source.publisher, "", "OGL", f"{published:%B %Y}", published,
        "inferred", "a.csv", "a" * 64, first, last,
    )  # fmt: skip
    return EditionRecord(cited, "A", "recent", 10, areas, 5, None, None)


def summed(published_data, label, month, offence=None):
    """London in one published file: every row's figure of one month, without any code of ours."""
    with (published_data / "mps-recorded-crime-borough" / label / FILE).open(encoding="utf-8-sig", newline="") as stream:
        return sum(int(r[month]) for r in csv.DictReader(stream) if offence in {None, r["MinorText"].casefold()})


def test_revision_table_shows_a_month_as_each_edition_published_it(get, published_data):
    text = words(get("/data"))
    then, now = summed(published_data, "2025-12", "202511"), summed(published_data, "2026-01", "202511")
    assert f"November 2025 not out yet not out yet not out yet not out yet {then:,} {now:,} " in text
    assert f"+{(now / then - 1) * 100:.2f}%" in text


def test_size_of_a_revision_equals_a_recount_of_both_files(warehouse, published_data):
    shared = [f"2024{m:02d}" for m in range(1, 13)] + [f"2025{m:02d}" for m in range(1, 12)]
    before = sum(summed(published_data, "2025-12", m, "bicycle theft") for m in shared)
    now = sum(summed(published_data, "2026-01", m, "bicycle theft") for m in shared)
    movements_by_key = {(m.measure.id, m.label): m for m in movements("mps_recorded_crime_borough")}
    movement = movements_by_key["bicycle_theft", "to December 2025"]
    assert (movement.months, movement.old_total, movement.new_total) == (len(shared), before, now)


def test_forms_that_are_not_comparable_are_never_compared(warehouse):
    apart = {p.form for p in published_as("violence_without_injury") if p.join == "not_comparable"}
    assert apart
    labels = {f.label for f in edition_figures("violence_without_injury")}
    records = queries_sources.edition_records("mps_recorded_crime_borough")
    newest_forms = {r.citation.which for r in records if r.form not in apart}
    assert labels <= newest_forms
    moved = {m.label for m in movements("mps_recorded_crime_borough") if m.measure.id == "violence_without_injury"}
    assert "to December 2025" in moved
    # That to November 2025 is the first edition that counts stalking apart: nothing before it says the same.
    assert "to November 2025" not in moved


def test_every_edition_is_listed_with_its_sha256(get, warehouse):
    page, checks = get("/data").get_data(as_text=True), get("/data/checks").get_data(as_text=True)
    for record in queries_sources.edition_records():
        assert record.citation.sha256[:12] in page
        if queries_sources.checks(record.citation.edition):
            assert record.citation.sha256 in checks


def test_refused_file_appears_without_a_new_release(get, warehouse):
    refusal = {
        "when": "2026-04-01T06:00:00+00:00",
        "files": ["a.csv"],
        "message": "a.csv is a web page saved under that name",
        "reasons": ["line 1 begins <!DOCTYPE html>, expected MajorText"],
    }
    path = warehouse / "refusals.jsonl"
    before = path.read_text(encoding="utf-8") if path.exists() else ""
    path.write_text(before + json.dumps(refusal) + "\n", encoding="utf-8")
    try:
        text = words(get("/data?again=1"))
    finally:
        path.write_text(before, encoding="utf-8") if before else path.unlink()
    assert "Refused, figures to December 2025 stand." in text
    assert "a.csv is a web page saved under that name. Nothing on this site has changed." in text
    assert "line 1 begins <!DOCTYPE html>, expected MajorText" in text


def test_a_torn_or_enormous_refusal_hides_no_other_and_does_not_swell_the_page(get, warehouse):
    whole = {"when": "2026-04-01T06:00:00+00:00", "files": ["a.csv"], "message": "a.csv is a web page", "reasons": []}
    enormous = whole | {"files": ["x" * 90_000], "message": "y" * 90_000, "reasons": ["z" * 90_000] * 3, "when": "2026-04-02"}
    torn = json.dumps(whole)[:40]
    strange = ["[1]", "null", '{"when": 5}', json.dumps(whole | {"reasons": [1]}), "[" * 5_000]
    path = warehouse / "refusals.jsonl"
    before = path.read_text(encoding="utf-8") if path.exists() else ""
    path.write_text(
        before + "\n".join([json.dumps(whole), torn, *strange, json.dumps(enormous), "q" * 3_000_000, torn]), encoding="utf-8"
    )
    try:
        page = get("/data?again=2")
    finally:
        path.write_text(before, encoding="utf-8") if before else path.unlink()
    text = words(page)
    assert "a.csv is a web page. Nothing on this site has changed." in text
    assert "y" * 400 in text
    assert "y" * 600 not in text
    assert "8 entries of the log of refusals are damaged and cannot be read." in text


def test_refusals_torn_by_a_crash_are_counted_still_once_others_were_written(get, warehouse):
    path = warehouse / "refusals.jsonl"
    before = path.read_text(encoding="utf-8") if path.exists() else ""
    try:
        path.write_text('{"when": "torn\n{"torn": 3}\n{"torn": -1}', encoding="utf-8")
        assert "No file has been refused" not in words(get("/data?again=3"))
        note_refusal(warehouse, [Path("a.csv")], "a.csv is a web page", [])
        text = words(get("/data?again=4"))
    finally:
        path.write_text(before, encoding="utf-8") if before else path.unlink()
    assert "a.csv is a web page. Nothing on this site has changed." in text
    assert "5 entries of the log of refusals are damaged and cannot be read." in text


def test_licence_of_every_source_is_named(get, warehouse):
    text = words(get("/data"))
    for source in queries_sources.sources():
        assert source.attribution.replace("(c)", "©") in text
        assert source.publisher.replace("'", "’") in text.replace("'", "’")


def test_boroughs_and_london_of_one_survey_are_separate_feeds():
    holdings = (
        edition(SURVEY, "2014-12", "2025-09", date(2025, 11, 1), areas=1),
        edition(SURVEY, "2014-12", "2023-12", date(2024, 2, 1), areas=33),
    )
    boroughs, london = feeds((SURVEY,), holdings, date(2026, 3, 1))
    assert (boroughs.name, boroughs.gap.periods_late, boroughs.state) == ("Survey, boroughs", 7, "late")
    assert (london.name, london.gap.periods_late, london.state) == ("Survey, London", 0, "held")
    assert late_words(boroughs) == "Seven quarters, to September 2025; since 1 July 2024"
    assert unknown_words(boroughs) == "January 2024 to February 2026 (26 months)"


def test_source_without_any_edition_is_awaited():
    (feed,) = feeds((SURVEY,), (), date(2026, 3, 1))
    assert (feed.state, unknown_words(feed), late_words(feed)) == ("not held", "Every month", "Its first file is awaited")


def test_the_headline_counts_warnings_and_feeds():
    passed, warned = CheckResult("e", "a", "passed", ""), CheckResult("e", "b", "warned", "")
    every = feeds((CRIME,), (edition(CRIME, "2024-01", "2025-12", date(2026, 1, 5)),), date(2026, 3, 1))
    assert data_headline((passed, warned), every) == (
        "The newest file of recorded crime passed its checks with one warning. One of one feeds is late"
    )


@pytest.mark.parametrize("address", ["/data", "/data/checks", "/data/revisions"])
def test_no_number_appears_in_raw_program_format(get, address):
    assert re.findall(r"\bnan\b|\bNone\b(?! (?:is|are|on|recorded))", words(get(address))) == []


def test_check_findings_are_written_without_codes(get):
    text = words(get("/data/checks"))
    assert not re.search(r"mps_recorded_crime_borough/|\b20\d\d-\d\d\b(?!-)", text)
    assert "shared with the edition to November 2025" in text


def test_a_feed_that_is_not_held_is_not_counted_as_running():
    holdings = feeds([CRIME, SURVEY], [edition(CRIME, "2024-01", "2025-12", date(2026, 1, 1))], date(2026, 2, 20))
    assert coverage_headline(holdings) == "Every feed held runs as far as it should; of one more, nothing is held"
    both = [edition(CRIME, "2024-01", "2025-06", date(2025, 7, 1)), edition(SURVEY, "2014-12", "2024-12", date(2025, 2, 1))]
    assert coverage_headline(feeds([CRIME, SURVEY], both, date(2026, 2, 20))) == "No feed held runs as far as it should"


def test_verdict_method_is_listed_in_steps_and_links_to_calibration(get):
    text = words(get("/data"))
    assert "How verdicts are made" in text
    assert "at most one in ten may be expected not to last" in text
    assert 'href="/data/calibration"' in get("/data").get_data(as_text=True)


def test_every_page_links_to_the_accessibility_statement_and_the_glossary(get):
    page = get("/meetings").get_data(as_text=True)
    assert 'href="/data/accessibility"' in page
    assert 'href="/data/words"' in page
    text = words(get("/data/accessibility"))
    for part in ("What every page does", "How it is tried", "What falls short", "Report a problem"):
        assert part in text


def test_note_shared_by_all_files_of_a_publisher_appears_once():
    notes = ("Counts cases. Each release restates the whole series.", "Counts days. Each release restates the whole series.")
    courts = [SourceRecord(f"c{i}", f"Courts {i}", "MoJ", "", "OGL", "", "quarter", note) for i, note in enumerate(notes)]
    shared = shared_notes([*courts, CRIME])
    assert shared == {"MoJ": ("Each release restates the whole series.",), "Met": ()}
    assert [own_note(c, shared) for c in courts] == ["Counts cases.", "Counts days."]


def test_long_source_names_keep_their_distinguishing_end():
    holdings = ((date(2016, 1, 1), date(2025, 12, 31)),)
    name = "Crown Court receipts, disposals and open cases"
    names = (f"{name}, England and Wales", f"{name} by court and kind of case")
    drawn = coverage([CoverageRow(n, holdings) for n in names], 340)
    assert "… England and Wales<" in drawn
    assert "… kind of case<" in drawn


def test_warnings_come_first_with_their_edition(get, warehouse):
    warned = [c for c in queries_sources.checks() if c.result != "passed"]
    page = get("/data/checks").get_data(as_text=True)
    assert bool(warned) == ("What was warned about" in page)
    opening = page.split('id="edition-1"')[0]
    assert len(re.findall(r'<li><a href="#edition-\d+">', opening)) == len(warned)


def test_revisions_list_the_newest_edition_first(get, warehouse):
    head = re.search(
        r'aria-label="How far each edition moved each measure in London".*?</thead>',
        get("/data/revisions").get_data(as_text=True),
        re.S,
    )
    heads = re.findall(r"<th[^>]*>To ([A-Z][a-z]{2} \d{4})</th>", head[0])
    years = [int(h[4:]) for h in heads]
    assert len(heads) > 3
    assert years == sorted(years, reverse=True)


def test_page_says_which_bounds_on_revisions_are_set_and_not_measured(get, warehouse):
    text = words(get("/data"))
    measured, others = text.split("is measured on the editions held for ")[1].split("is set, not measured")[0].split(". For ")
    courts = next(source.title for source in queries_sources.sources() if source.id == "moj_crown_caseload")
    crime = next(source.title for source in queries_sources.sources() if source.id == "mps_recorded_crime_borough")
    assert crime in measured
    assert courts in others


def test_no_month_is_called_an_editions_where_only_its_newest_period_tells_it(get, warehouse):
    # Of no bundled edition it is recorded when it came out.
    for address in ("/", "/data", "/data/revisions", "/data/checks", "/measure/burglary"):
        # The table of breaks names the edition in which crime lost its boroughs by the name it is kept under.
        text = words(get(address)).replace("has no borough in the edition of", "")
        assert not re.search(r"[Ee]ditions? of (January|December|November) 20", text), address
    health = get("/health").get_json()
    assert "published_on" not in health
    assert health["published_on_inferred"]
