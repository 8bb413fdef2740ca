"""Files to take away hold what the page shows, say what they are, and open safely anywhere."""

import csv
import io
import re
import zipfile
from datetime import date
from html import unescape

import pytest

from dashboard.exports.bundle import bundle, stem
from dashboard.exports.table import SERIES_COLUMNS, csv_text
from tests.etl.commands import done


def opened(answer):
    assert answer.status_code == 200, answer.get_data(as_text=True)[:400]
    archive = zipfile.ZipFile(io.BytesIO(answer.data))
    return {name: archive.read(name).decode("utf-8") for name in archive.namelist()}


def figures(answer):
    texts = opened(answer)
    return list(csv.DictReader(io.StringIO(next(iter(texts.values())))))


def tabled(page, head):
    """The figures of the first table whose first column is called `head`, top to bottom, less the months that have none yet."""
    tables = re.findall(r"<table.*?</table>", page.get_data(as_text=True), flags=re.S)
    one = next(t for t in tables if re.search(rf"<th[^>]*>{head}</th><th[^>]*>Offences</th>", t))
    cells = [unescape(value) for value in re.findall(r"<tr><th[^>]*>[^<]+</th><td[^>]*>([^<]+)</td>", one)]
    return [value for value in cells if not value.startswith("no figure yet")]


@pytest.mark.parametrize(
    "address", ["/measure/robbery_personal?area=E09000006&since=2023-04", "/measure/burglary?since=2019-04", "/measure/homicide"]
)
def test_download_holds_exactly_the_months_tabled_on_the_page(get, address):
    page, rows = get(address), figures(get(f"/download{address}"))
    base = address.split("/")[2].split("?")[0]
    area = "E09000006" if "E09000006" in address else "E12000007"
    since = re.search(r"since=([\d-]+)", address)
    for head, measure in (("Month", base), ("12 months to", f"{base}_rolling_year")):
        rows_of_series = [
            r for r in rows if (r["measure"], r["area"]) == (measure, area) and (not since or r["period"] >= since[1])
        ]
        missing = {"straddles_restart": "not added up"}
        assert tabled(page, head) == [
            f"{float(r['value']):,.0f}" if r["value"] else missing.get(r["status"], "not held") for r in rows_of_series
        ]


def test_the_file_agrees_with_the_command_line(get, warehouse):
    rows = [r for r in figures(get("/download/measure/robbery")) if r["measure"] == "robbery" and r["area"] == "E12000007"]
    command_rows = done("series", "robbery", "E12000007", "--warehouse", warehouse).rows
    assert tuple(command_rows[0]) == SERIES_COLUMNS
    assert [(r["period"], float(r["value"]), r["edition"], r["cell"]) for r in rows] == [
        (r["period"], float(r["value"]), r["edition"], r["cell"]) for r in command_rows
    ]


def test_download_includes_verdicts_with_their_numbers(get):
    texts = opened(get("/download/measure/robbery"))
    verdicts = list(csv.DictReader(io.StringIO(next(t for n, t in texts.items() if n.endswith("_verdicts.csv")))))
    assert len(verdicts) == 33
    assert {"state", "window_first", "window_last", "observed", "expected_lower", "expected_upper"} <= set(verdicts[0])
    assert all(row["reason"] for row in verdicts)


def test_downloaded_file_has_no_duplicate_row(get):
    for address in ("/download/measure/robbery?show=rate", "/download/borough/E09000006", "/download/measure/good_job_local"):
        keys = [(r["measure"], r["area"], r["breakdown"], r["period"]) for r in figures(get(address))]
        assert len(keys) == len(set(keys)), address


def test_borough_download_includes_its_command_and_london(get):
    rows = figures(get("/download/borough/E09000006?since=2024-01"))
    assert {r["area"] for r in rows if r["measure"] == "robbery_rolling_year_rate"} == {"E09000006", "BCU-SN", "E12000007"}
    assert {r["area"] for r in rows if r["measure"] == "robbery"} == {"E09000006"}
    assert min(r["period"] for r in rows if r["measure"] == "robbery") == "2024-01"


def test_borough_download_includes_its_verdicts_and_compared_boroughs(get):
    texts = opened(get("/download/borough/E09000006?against=similar&density=0"))
    tables = {name.rpartition("_")[2]: list(csv.DictReader(io.StringIO(t))) for name, t in texts.items() if name.endswith(".csv")}
    assert {row["area"] for row in tables["verdicts.csv"]} == {"E09000006"}
    assert {row["area"] for row in tables["boroughs.csv"] if row["measure"] == "robbery"} >= {"E09000006", "E09000007"}
    assert len(tables["similar.csv"]) == 31
    assert "Residents per hectare 0" in texts["README.txt"].replace("\n", " ")


def test_readme_names_the_view_the_release_and_the_files(get):
    texts = opened(get("/download/measure/burglary_residential?area=E09000006&since=2025-01"))
    note = texts["README.txt"]
    release = get("/health").get_json()["release"]
    one_line = re.sub(r"\s+", " ", note)
    assert release in one_line
    assert "/measure/burglary_residential?area=E09000006&since=2025-01" in one_line
    assert "- Place: Bromley" in note
    assert "- Periods: since January 2025" in note
    assert "Open Government Licence v3.0" in one_line
    assert re.search(r"sha256 [0-9a-f]{64}", one_line)
    assert "From April 2017 it takes in sheds and garages." in one_line
    rows_of_series = next(text for name, text in texts.items() if name.endswith(f"{release}.csv"))
    assert {row["edition"] for row in csv.DictReader(io.StringIO(rows_of_series))} <= set(
        re.findall(r"[a-z_]+/[\w-]+/[\w-]+", one_line)
    )


def test_file_names_carry_the_release_in_plain_letters(get):
    answer = get("/download/borough/E09000020?show=count")
    name = re.search(r'filename="([^"]+)"', answer.headers["Content-Disposition"])[1]
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["Content-Type"] == "application/zip"
    assert re.fullmatch(r"[a-z0-9._-]+\.zip", name)
    assert get("/health").get_json()["release"] in name


def test_same_view_downloads_the_same_bytes(get):
    address = "/download/measure/robbery?area=E09000006"
    assert get(address).data == get(address).data


def test_opening_the_interactive_chart_keeps_the_download_address(get):
    assert b'href="/download/measure/robbery"' in get("/measure/robbery?explore=yes").data


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/download/measure/robery", 404),
        ("/download/measure/robbery?since=never", 400),
        ("/download/borough/E09000001", 404),
        ("/download/nothing", 404),
        ("/download/", 404),
    ],
)
def test_address_without_a_download_gets_a_page(get, address, status):
    answer = get(address, follow_redirects=True)
    assert answer.status_code == status
    assert answer.mimetype == "text/html"


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1"])
def test_spreadsheet_formulas_in_text_are_defused(text):
    (row,) = list(csv.reader(io.StringIO(csv_text(("a",), [(text,)]), newline="")))[1:]
    assert row == [f"'{text.replace(chr(13), ' ')}"]


def test_a_number_below_zero_stays_a_number_and_a_missing_one_stays_empty():
    assert csv_text(("a", "b", "c"), [(-18.0, None, 0.25)]) == "a,b,c\n-18,,0.25\n"


def test_non_ascii_letters_survive_the_download():
    rows_of_series = zipfile.ZipFile(io.BytesIO(bundle("x", [("é.csv", "Sèvres,“quoted”\n")], date(2026, 1, 1)).content))
    assert rows_of_series.read("é.csv").decode("utf-8") == "Sèvres,“quoted”\n"
    assert rows_of_series.getinfo("é.csv").date_time == (2026, 1, 1, 0, 0, 0)


def test_file_stem_has_only_plain_letters():
    assert stem("Theft from the person", "London", "", "2025-04") == "theft-from-the-person_london_2025-04"
