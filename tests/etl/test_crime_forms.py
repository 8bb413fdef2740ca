"""Recorded crime is read in every form, under any label, in any usual dress; what is odd but harmless is said."""

import csv
import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import duckdb
import openpyxl
import pytest

from etl.definitions import catalogue
from etl.files.staged_rows import Staged
from etl.sources import read
from tests.etl.commands import done, run, values
from tests.etl.made import BOROUGHS, SOURCE, MadeFile, Row, count, edition, offences, total

pytestmark = pytest.mark.slow

SAMPLES = sorted((catalogue.SOURCES / SOURCE.id).glob("sample_*.csv"))
Cells = dict[tuple[str, str, str], tuple[float, str]]
GOOD = edition(last="2025-06")
BARKING = "E09000002"


def observed(path: Path) -> tuple[Staged, Cells]:
    """What the reader makes of a file: (series, area, period) to (value, cell)."""
    with duckdb.connect(":memory:") as connection:
        (staged,) = read.read(connection, path)
        rows = connection.execute(
            f"SELECT series, area_code, period, value, sheet_column || sheet_row FROM {staged.table}"
        ).fetchall()
    observations = {(series, area, period): (value, cell) for series, area, period, value, cell in rows}
    assert len(observations) == len(rows)
    return staged, observations


def counts(cells: Cells) -> dict[tuple[str, str, str], float]:
    """The values alone."""
    return {key: value for key, (value, _) in cells.items()}


@pytest.fixture(scope="session")
def good(tmp_path_factory: pytest.TempPathFactory) -> Cells:
    """The undamaged file, as read."""
    return observed(GOOD.write(tmp_path_factory.mktemp("good") / "good.csv"))[1]


# The published forms. The samples hold published labels and made-up counts; the expected rows were picked and added up without
# the reader.


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda p: p.stem)
def test_each_published_form_gives_its_expected_rows_and_totals(sample: Path) -> None:
    staged, observations = observed(sample)
    form = sample.stem.removeprefix("sample_")
    assert staged.form == ("B" if form.startswith("B") else form)
    assert staged.notices == ()
    with sample.with_name(f"expected_{form}.csv").open(newline="") as stream:
        expected = list(csv.DictReader(stream))
    for row in expected:
        if row["area_code"] == "every area":
            assert sum(v for (_, _, period), (v, _) in observations.items() if period == row["period"]) == float(row["value"])
        else:
            assert observations[row["series"], row["area_code"], row["period"]] == (float(row["value"]), row["cell"])


def test_there_is_a_sample_of_every_header_the_publisher_has_used() -> None:
    headers = {tuple(p.read_text().splitlines()[0].split(",")[:3]) for p in SAMPLES}
    assert len(headers) == 3
    assert {p.stem.removeprefix("sample_") for p in SAMPLES} == {"A", "B1", "B2", "C", "C2"}


# Key columns renamed and moved.


@pytest.mark.parametrize(
    "labels",
    [
        ("MajorText", "MinorText", "LookUp_BoroughName"),
        ("Offence Group", "Offence Subgroup", "Local Authority"),
        ("Crime_Type", "Crime_Subtype", "Area"),
        ("a", "b", "c"),
        ("MinorText", "MajorText", "Place"),
        ('say ""so""', "naïve", "'; --"),
        ("", "x", "y"),
    ],
)
def test_key_columns_of_any_name_are_known_by_what_they_hold(good: Cells, tmp_path: Path, labels: tuple[str, ...]) -> None:
    header = [f'"{label}"' if '"' in label else label for label in labels]
    staged, observations = observed(replace(GOOD, header=[*header, *GOOD.header[3:]]).write(tmp_path / "renamed.csv"))
    assert observations == good
    renamed = {"MajorText", "MinorText", "LookUp_BoroughName"} != set(labels)
    assert any("read as the area column" in n for n in staged.notices) == renamed


@pytest.mark.parametrize("order", [(2, 0, 1), (1, 2, 0), (2, 1, 0)])
def test_key_columns_in_any_order_give_the_same_counts(good: Cells, tmp_path: Path, order: tuple[int, ...]) -> None:
    def moved(row: Row) -> Row:
        return [*(row[i] for i in order), *row[3:]]

    made = replace(GOOD, header=moved(["Key one", "Key two", "Key three", *GOOD.header[3:]]), rows=[moved(r) for r in GOOD.rows])
    assert observed(made.write(tmp_path / "moved.csv"))[1] == good


def test_key_columns_after_the_months_give_the_same_counts_at_other_cells(good: Cells, tmp_path: Path) -> None:
    made = replace(GOOD, header=[*GOOD.header[3:], *GOOD.header[:3]], rows=[[*r[3:], *r[:3]] for r in GOOD.rows])
    observations = observed(made.write(tmp_path / "after.csv"))[1]
    assert counts(observations) == counts(good)
    assert {cell for _, cell in observations.values()} != {cell for _, cell in good.values()}


def test_months_in_any_order_are_read_by_their_labels(good: Cells, tmp_path: Path) -> None:
    made = replace(GOOD, header=[*GOOD.header[:3], *GOOD.header[:2:-1]], rows=[[*r[:3], *r[:2:-1]] for r in GOOD.rows])
    staged, observations = observed(made.write(tmp_path / "reversed.csv"))
    assert counts(observations) == counts(good)
    assert staged.notices == ("the months do not stand in order; each is read by its label",)


@pytest.mark.parametrize(
    "way",
    ["{y}-{m}", "{y}/{m}", "{n}-{s}", "{n} {y}", "{n}-{y}", "{whole} {y}", "{y}-{m}-01", "{y}-{m}-01 00:00:00", "01/{m}/{y}",
     "{m}/{y}", "{y}M{m}", "X{y}{m}", "{y}{m}.0", "{y}{m}01", "Sum of {y}{m}", " {y}{m} "],
)  # fmt: skip
def test_months_may_be_written_in_any_way_that_means_one_month(good: Cells, tmp_path: Path, way: str) -> None:
    days = [dt.date(int(m[:4]), int(m[4:]), 1) for m in GOOD.header[3:]]
    written = [way.format(y=d.year, s=f"{d:%y}", m=f"{d:%m}", n=f"{d:%b}", whole=f"{d:%B}") for d in days]
    staged, observations = observed(replace(GOOD, header=[*GOOD.header[:3], *written]).write(tmp_path / "months.csv"))
    assert observations == good
    assert staged.notices == ()


@pytest.mark.parametrize("way", ["{s}-{n}", "Q{q} {y}", "{d}/{m}/{y}"])
def test_months_that_could_be_something_else_are_refused_with_what_is_expected(tmp_path: Path, way: str) -> None:
    days = [dt.date(int(m[:4]), int(m[4:]), 1) for m in GOOD.header[3:]]
    written = [way.format(y=d.year, s=f"{d:%y}", m=f"{d:%m}", n=f"{d:%b}", q=d.month // 3, d=i + 2) for i, d in enumerate(days)]
    labels = list(dict.fromkeys(written))
    made = replace(GOOD, header=[*GOOD.header[:3], *labels], rows=[r[: 3 + len(labels)] for r in GOOD.rows])
    ran = run("add", made.write(tmp_path / "months.csv"), "--warehouse", tmp_path / "w")
    assert (ran.code, "no column is a month: expected labels such as 202506" in ran.err) == (13, len(labels) >= 12), ran.err


def test_an_unknown_column_is_ignored_and_named_in_a_notice(good: Cells, tmp_path: Path) -> None:
    made = replace(GOOD, header=[*GOOD.header[:3], "Refreshed", *GOOD.header[3:], "Total"],
                   rows=[[*r[:3], "02/07/2025", *r[3:], "999"] for r in GOOD.rows])  # fmt: skip
    staged, observations = observed(made.write(tmp_path / "more.csv"))
    assert counts(observations) == counts(good)
    assert set(staged.notices) == {"column 'Refreshed' is not read", "column 'Total' is not read"}


# The same file in another dress.


def dressed(made: MadeFile, how: str) -> bytes:
    """The file's bytes after what spreadsheets and downloads do to them."""
    text = made.text()
    plain = {
        "LF": replace(made, line_end="\n").text(),
        "CR": replace(made, line_end="\r").text(),
        "semicolons": replace(made, delimiter=";").text(),
        "tabs": replace(made, delimiter="\t").text(),
        "a byte order mark": "\ufeff" + text,
        "titles": replace(made, titles=["Recorded crime: borough level", "", "Published 2 July 2025,,"]).text(),
        "titles and a byte order mark": "\ufeff" + replace(made, titles=["Recorded crime"]).text(),
        "everything quoted": "".join(",".join(f'"{c}"' for c in row) + "\r\n" for row in [made.header, *made.rows]),
        "empty columns after": "".join(",".join([*row, "", ""]) + "\r\n" for row in [made.header, *made.rows]),
        "empty rows after": text + "," * (len(made.header) - 1) + "\r\n" + "," * (len(made.header) - 1) + "\r\n",
        "blank lines after": text + "\r\n\r\n",
        "blanks round cells": "".join(",".join(f" {c} " for c in row) + "\r\n" for row in [made.header, *made.rows]),
        "no last line end": text.rstrip(),
    }
    return plain[how].encode()


@pytest.mark.parametrize(
    "how",
    ["LF", "CR", "semicolons", "tabs", "a byte order mark", "titles", "titles and a byte order mark", "everything quoted",
     "empty columns after", "empty rows after", "blank lines after", "blanks round cells", "no last line end"],
)  # fmt: skip
def test_the_same_table_saved_in_another_way_gives_the_same_counts(good: Cells, tmp_path: Path, how: str) -> None:
    path = tmp_path / "dressed.csv"
    path.write_bytes(dressed(GOOD, how))
    assert counts(observed(path)[1]) == counts(good)


def test_counts_with_their_thousands_apart_are_the_same_counts(tmp_path: Path) -> None:
    many = GOOD.with_rows(lambda rows: [[*r[:3], *(str(int(n) * 40_000) for n in r[3:])] for r in rows])
    apart = many.with_rows(lambda rows: [[*r[:3], *(f'"{int(n):,}"' for n in r[3:])] for r in rows])
    assert observed(apart.write(tmp_path / "apart.csv"))[1] == observed(many.write(tmp_path / "plain.csv"))[1]


def test_counts_written_as_decimals_are_the_same_counts(good: Cells, tmp_path: Path) -> None:
    made = GOOD.with_rows(lambda rows: [[*r[:3], *(f"{n}.0" for n in r[3:])] for r in rows])
    assert observed(made.write(tmp_path / "floats.csv"))[1] == good


def test_a_workbook_of_the_same_table_gives_the_same_counts_addressed_by_sheet(good: Cells, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    notes = book.active
    assert notes is not None
    notes.append(["Recorded crime by borough"])
    sheet = book.create_sheet("Data")
    sheet.append([])
    sheet.append(GOOD.header)
    for row in GOOD.rows:
        sheet.append([*row[:3], *map(int, row[3:])])
    book.save(tmp_path / "crime.xlsx")
    observations = observed(tmp_path / "crime.xlsx")[1]
    assert counts(observations) == counts(good)
    # One blank line stands above the header, so that row 2 of the text is row 3 of the sheet.
    assert observations["arson and criminal damage / criminal damage", BARKING, "2023-07"] == (int(GOOD.rows[0][3]), "Data!D3")


def test_cells_keep_their_address_under_title_lines_and_among_blank_lines(tmp_path: Path) -> None:
    lines = replace(GOOD, titles=["Recorded crime", ""]).text().split("\r\n")
    path = tmp_path / "gaps.csv"
    path.write_text("\r\n".join([*lines[:6], "", *lines[6:9], "", "", *lines[9:]]))
    cells = {cell: value for value, cell in observed(path)[1].values()}
    with path.open(newline="") as stream:
        rows = list(csv.reader(stream))
    # rows[3] is row 4 of the file; D is the fourth column.
    for number in (4, 5, 6, 8, 10, 13, 14, 500):
        assert cells[f"D{number}"] == float(rows[number - 1][3])


def test_categories_may_change_case_spacing_and_punctuation(tmp_path: Path) -> None:
    made = edition("B", last="2024-01")
    plain = counts(observed(made.write(tmp_path / "plain.csv"))[1])
    spoken = made.with_rows(
        lambda rows: [
            [
                f'"{r[0].title().replace(" ", "  ")}"',
                f'"{r[1].lower().replace(" ", " - ", 1)}"',
                r[2].replace(" and ", " & "),
                *r[3:],
            ]
            for r in rows
        ]
    )
    assert counts(observed(spoken.write(tmp_path / "spoken.csv"))[1]) == plain


def test_the_word_and_may_be_written_as_an_ampersand(good: Cells, tmp_path: Path) -> None:
    made = GOOD.with_rows(lambda rows: [[r[0].replace(" AND ", " & "), r[1].replace(" AND ", " & "), *r[2:]] for r in rows])
    assert made.rows != GOOD.rows
    assert observed(made.write(tmp_path / "signs.csv"))[1] == good


@pytest.mark.parametrize("way", ["London Borough of {}", "LB {}", "{} Borough", "Royal Borough of {}"])
def test_boroughs_may_be_called_boroughs(good: Cells, tmp_path: Path, way: str) -> None:
    made = GOOD.with_rows(lambda rows: [[*r[:2], way.format(r[2]), *r[3:]] for r in rows])
    assert observed(made.write(tmp_path / "titled.csv"))[1] == good


@pytest.mark.parametrize(
    "spelling",
    [
        "London Heathrow and London City Airports",
        "LONDON HEATHROW AND LONDON CITY AIRPORTS",
        "Aviation Security (SO18)",
        "Aviation Security(SO18)",
        "SO18",
        "Heathrow",
    ],
)
def test_the_airports_are_one_place_in_every_spelling(tmp_path: Path, spelling: str) -> None:
    made = GOOD.with_rows(lambda rows: [*rows, ["THEFT", "OTHER THEFT", spelling, *["7"] * 24]])
    _, observations = observed(made.write(tmp_path / "airports.csv"))
    assert observations["theft / other theft", "AIRPORTS", "2025-06"] == (7, f"AA{len(made.rows) + 1}")


def test_places_that_are_no_borough_are_shown_apart_and_counted_in_london(tmp_path: Path) -> None:
    made = GOOD.with_rows(lambda rows: [*rows, *(["THEFT", "OTHER THEFT", place, *["7"] * 24] for place in ("SO18", "Unknown"))])
    done("add", made.write(tmp_path / "airports.csv"), "--warehouse", tmp_path / "w", whole_catalogue=True)
    for area in ("AIRPORTS", "UNKNOWN"):
        assert set(values(tmp_path / "w", "other_theft", area).values()) == {7}
    london = values(tmp_path / "w", "total_recorded_crime", "London")
    boroughs = [values(tmp_path / "w", "total_recorded_crime", borough)["2025-06"] or 0 for borough in BOROUGHS]
    assert london["2025-06"] == total(made, "2025-06") == sum(boroughs) + 14


@pytest.mark.parametrize("spelling", ["Unknown", "UNKNOWN", "Other / NK", "N/K (Legacy Only)", "-1", "null"])
def test_crimes_without_a_borough_are_kept_under_that_name(tmp_path: Path, spelling: str) -> None:
    made = GOOD.with_rows(lambda rows: [*rows, ["THEFT", "OTHER THEFT", spelling, *["9"] * 24]])
    staged, observations = observed(made.write(tmp_path / "unknown.csv"))
    assert observations["theft / other theft", "UNKNOWN", "2025-06"] == (9, f"AA{len(made.rows) + 1}")
    assert any("UNKNOWN; without a borough at most" in text for _, _, text in staged.checks)


# A month that is part of one.


@pytest.fixture
def partial() -> MadeFile:
    """25 months, of which the first holds 47 crimes in all London, none of them in most boroughs."""
    made = edition(last="2025-06", months=25)
    return made.with_rows(lambda rows: [[*r[:3], "1" if i < 47 else "0", *r[4:]] for i, r in enumerate(rows)])


def test_a_partial_first_month_is_left_out_with_a_notice(partial: MadeFile, good: Cells, tmp_path: Path) -> None:
    staged, observations = observed(partial.write(tmp_path / "partial.csv"))
    assert counts(observations) == counts(good)
    assert any("47 offences in all London" in n for n in staged.notices)
    assert staged.rejected[0][0] == "column 202306"
    assert staged.first_period == "2023-07"


def test_a_partial_first_month_is_listed_among_what_was_rejected(partial: MadeFile, tmp_path: Path) -> None:
    ran = done("add", partial.write(tmp_path / "partial.csv"), "--warehouse", tmp_path / "w")
    assert "part of a month and is left out" in ran.out
    release = next((tmp_path / "w").glob("*.duckdb"))
    with duckdb.connect(str(release), read_only=True) as connection:
        assert connection.execute('SELECT "where", reason FROM rejected_row').fetchall() == [("column 202306", "part of a month")]
    assert "2023-06" not in {r["period"] for r in done("series", "burglary", "London", "--warehouse", tmp_path / "w").rows}


def test_a_whole_25th_month_is_kept(tmp_path: Path) -> None:
    staged, _ = observed(edition(last="2025-06", months=25).write(tmp_path / "whole.csv"))
    assert (staged.first_period, staged.rejected) == ("2023-06", ())


# What is not borough recorded crime.


def test_a_ward_file_is_no_borough_file(tmp_path: Path) -> None:
    made = replace(GOOD, header=["MajorText", "MinorText", "WardName", "WardCode", "LookUp_BoroughName", *GOOD.header[3:]],
                   rows=[[r[0], r[1], "Abbey", "E05000026", *r[2:]] for r in GOOD.rows])  # fmt: skip
    ran = run("add", made.write(tmp_path / "ward.csv"), "--warehouse", tmp_path / "w")
    assert (ran.code, "by ward or LSOA" in ran.err) == (13, True)


def test_an_lsoa_file_is_known_by_its_codes_whatever_its_labels_say(tmp_path: Path) -> None:
    made = replace(GOOD, header=["Neighbourhood", *GOOD.header], rows=[[f"E010{i:05d}", *r] for i, r in enumerate(GOOD.rows)])
    ran = run("add", made.write(tmp_path / "small.csv"), "--warehouse", tmp_path / "w")
    assert (ran.code, "by ward or LSOA" in ran.err) == (13, True)


def test_street_level_crime_of_another_force_is_named_for_what_it_is(published_data: Path, tmp_path: Path) -> None:
    street = sorted(published_data.glob("police-uk-city-of-london/*/*-street.csv"))[0]
    ran = run("add", street, "--warehouse", tmp_path / "w")
    assert ran.code == 13
    assert "data.police.uk, City of London Police" in ran.err
    assert "another police force" in ran.err


def test_a_file_with_rows_of_zeros_is_not_taken_for_a_borough_file(tmp_path: Path) -> None:
    rare = [["SEXUAL OFFENCES", "RAPE", b, *["0"] * 24] for b in BOROUGHS]
    made = GOOD.with_rows(lambda rows: [*[r for r in rows if r[1] != "RAPE"], *rare])
    ran = run("add", made.write(tmp_path / "sanctions.csv"), "--warehouse", tmp_path / "w")
    assert (ran.code, "sanction detections" in ran.err) == (13, True)


@pytest.mark.parametrize("pattern", ["mps-recorded-crime-ward/*/*.csv", "police-uk-city-of-london/*/*-street.csv"])
def test_published_files_of_other_kinds_are_named_and_passed_over_in_a_folder(
    published_data: Path, live: Path, tmp_path: Path, pattern: str, small_warehouse: Path
) -> None:
    folder = tmp_path / "mixed"
    folder.mkdir()
    other = sorted(published_data.glob(pattern))[0]
    (folder / "other.csv").write_bytes(other.read_bytes())
    GOOD.write(folder / "sound.csv")
    assert run("add", folder / "other.csv", "--warehouse", live).code == 13
    ran = done("add", folder, "--warehouse", live)
    assert "passed over: other.csv" in ran.out
    assert "recorded crime to 2025-06" in ran.out


def test_a_folder_of_junk_adds_its_tables_and_nothing_else(live: Path, tmp_path: Path, junk: Callable[[Path], None]) -> None:
    folder = tmp_path / "downloads"
    junk(folder)
    GOOD.write(folder / "deep" / "sound.csv")
    ran = done("add", folder, "--warehouse", live)
    assert "passed over: shopping.csv" in ran.out
    assert "recorded crime to 2025-06" in ran.out


def test_a_folder_without_a_table_says_so(live: Path, tmp_path: Path, junk: Callable[[Path], None]) -> None:
    folder = tmp_path / "downloads"
    junk(folder)
    ran = run("add", folder, "--warehouse", live)
    assert (ran.code, "nothing to add" in ran.err) == (13, True)


@pytest.fixture
def junk() -> Callable[[Path], None]:
    """Fill a folder with what a downloads folder holds."""

    def fill(folder: Path) -> None:
        (folder / "deep").mkdir(parents=True)
        (folder / ".DS_Store").write_bytes(bytes(64))
        (folder / "~$sound.csv").write_bytes(b"lock")
        (folder / "notes.pdf").write_bytes(b"%PDF-1.7")
        (folder / "photo.jpg").write_bytes(b"\xff\xd8\xff")
        (folder / "shopping.csv").write_text("item,price\nmilk,1.20\nbread,1.10\n")

    return fill


def test_a_made_up_file_is_read_as_the_counts_put_in() -> None:
    # (borough 0, offence 0, January 2024): 20 + (0 * 7 + 0 * 13) % 30 + 0 + 576432069 % 5 = 20 + 4
    assert count(0, 0, 2024 * 12) == 24
    assert len(GOOD.rows) == 32 * len(offences("C")) == 544
