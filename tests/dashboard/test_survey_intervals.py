"""No surveyed share is printed without its interval: on no page, in no file, by no command."""

import csv
import io
import re
import zipfile

import pytest
from lxml import html

from dashboard.figures import queries
from dashboard.figures.survey import survey_measures
from etl.definitions.survey_limits import survey_limits
from tests.etl.commands import done

SHARE = re.compile(r"\d+%")
RANGE = re.compile(r"\d+% to \d+%")
WITH_RANGE = re.compile(r"\d+% \(\d+% to \d+%\)")
COULD_BE = re.compile(r"^(.*?: )?\d+% in the 12 months to .*? figure could be (?=\d+% to \d+%)")
"""A sentence about one place's share that says further on between what it could lie."""
NO_SHARE = re.compile(r"95%|true 50%|at 50%|by 75%|75% (?:was|is)|at least 75%|a figure near 62%")
"""Percentages that are no share of the survey's: limits, lines of a scale, a goal, an example."""
BLOCKS = ("h1", "h2", "h3", "p", "li", "tr", "figcaption", "dd")


def shares_without_interval(root):
    """Each block of a page that prints a share and not between what it could lie."""
    bare = []
    for block in root.iter(*BLOCKS):
        if any(child.tag in BLOCKS for child in block.iterdescendants() if isinstance(child.tag, str)):
            continue
        text = " ".join(" ".join(block.xpath(".//text()[not(ancestor::svg) and not(ancestor::q)]")).split())
        without = COULD_BE.sub("", WITH_RANGE.sub("", text))
        is_beside_its_range = block.tag == "tr" and bool(RANGE.search(without))
        left = SHARE.findall(NO_SHARE.sub("", RANGE.sub("", without)))
        if left and not (is_beside_its_range and len(left) == 1):
            bare.append(text)
    return bare


def survey_parts(response):
    """The parts of a page that speak of the survey: its section on a place's page, the whole of a page of its own."""
    root = html.fromstring(response.data).xpath("//main")[0]
    return root.xpath(".//section[@aria-labelledby='confidence' or @aria-labelledby='residents']") or [root]


ADDRESSES = [
    "/confidence",
    "/confidence?measure=treat_everyone_fairly&area=E09000006",
    "/borough/E09000006",
    "/measure/good_job_local",
    "/measure/good_job_local?area=E09000033",
    "/measure/trust_mps",
    "/priorities/evidence/E09000006",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_surveyed_share_of_a_page_stands_with_its_interval(get, address):
    page = get(address)
    assert page.status_code == 200, address
    for part in survey_parts(page):
        assert shares_without_interval(part) == []
        assert "could be: not published" not in part.text_content()
        assert not [c for c in part.xpath(".//td[. = 'not published']")]


@pytest.mark.slow
def test_every_surveyed_share_of_every_borough_and_question_stands_with_its_interval(get, warehouse):
    places = [f"/borough/{area.code}" for area in queries.areas("borough") if area.code != "E09000001"]
    questions = [f"/measure/{m}{area}" for m in survey_measures() for area in ("", "?area=E09000007")]
    addresses = [f"/confidence?measure={m}" for m in survey_measures()]
    for address in (*places, *questions, *addresses):
        for part in survey_parts(get(address)):
            assert shares_without_interval(part) == [], address


def test_every_share_read_from_the_release_comes_with_its_interval(warehouse):
    for measure in survey_measures():
        for series in (*queries.measure_by_area(measure, "borough"), *queries.measure_by_area(measure, "force")):
            assert all(p.lower is not None and p.lower <= p.value <= p.upper for p in series.known), (measure, series.area.name)


def test_a_file_to_take_away_holds_the_intervals_the_page_shows(get, warehouse):
    answer = get("/download/measure/good_job_local")
    with zipfile.ZipFile(io.BytesIO(answer.data)) as bundle:
        name = next(n for n in bundle.namelist() if n.endswith(".csv"))
        rows = list(csv.DictReader(io.StringIO(bundle.read(name).decode("utf-8-sig"))))
    known = [row for row in rows if row["value"]]
    assert known
    assert all(float(row["lower"]) < float(row["value"]) < float(row["upper"]) for row in known)


def test_commands_give_the_interval_the_page_shows(warehouse):
    (limits,) = survey_limits([0.46], "force")
    row = next(r for r in done("series", "good_job_local", "London", "--warehouse", warehouse).rows if r["period"] == "2025-09")
    assert (float(row["lower"]), float(row["upper"])) == pytest.approx(limits, abs=1e-5)
    passport = done("explain", "good_job_local", "London", "2025-09", "--warehouse", warehouse).out
    assert re.search(r"95% limits: +0\.449\d* to 0\.470\d*; not published: worked out from about 12,800 asked", passport)
    judged = done("verdict", "good_job_local", "Bromley", "--warehouse", warehouse).out
    assert re.search(r"95% limits: +of what was observed: 4\d\.\d% to 5\d\.\d%", judged)


def test_an_area_without_a_share_has_no_interval():
    assert survey_limits([None, 0.5, float("nan")], "borough")[::2] == (None, None)
