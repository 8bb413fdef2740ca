"""The figures of the command `series` beside the published files added up by another route: the csv module and nothing else."""

import csv
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from etl.definitions import reference
from tests.etl.commands import done, values

AIRPORTS = "London Heathrow and London City Airports"
RECENT, HISTORICAL = "MPS Borough Level Crime (most recent 24 months).csv", "MPS Borough Level Crime (Historical).csv"
Predicate = Callable[[str, str], bool]
Added = Callable[[str, str, str, Predicate], dict[str, int]]


def months(last: str, length: int = 12) -> list[str]:
    """The months to `last`, as 2025-05."""
    end = int(last[:4]) * 12 + int(last[5:]) - 1
    return [f"{n // 12}-{n % 12 + 1:02d}" for n in range(end - length + 1, end + 1)]


def everything(_major: str, _minor: str) -> bool:
    return True


def added_up(folder: Path, edition: str, file: str, area: str, counted: Predicate) -> dict[str, int]:
    """Month to the sum of a published file's rows in an area ("" for all) and of the categories counted."""
    with (folder / "mps-recorded-crime-borough" / edition / file).open(newline="", encoding="utf-8-sig") as stream:
        rows = list(csv.DictReader(stream))
    labels = list(rows[0])
    place = next(c for c in labels if "orough" in c)
    major, minor = [c for c in labels if "aj" in c][0], [c for c in labels if "in" in c and c != place and "aj" not in c][0]
    totals: dict[str, int] = {}
    for row in rows:
        if area in ("", row[place]) and counted(" ".join(row[major].lower().split()), " ".join(row[minor].lower().split())):
            for label in labels:
                if label.isdigit():
                    totals[f"{label[:4]}-{label[4:]}"] = totals.get(f"{label[:4]}-{label[4:]}", 0) + int(row[label])
    return totals


@pytest.fixture(scope="session")
def added(published_data: Path) -> Added:
    """`added_up` on the published files."""
    return partial(added_up, published_data)


# Totals published or known from elsewhere.


@pytest.mark.parametrize(
    ("as_of", "last", "expected"),
    [
        ("2019-01-31", "2016-12", 760_609),
        ("2020-11-30", "2020-10", 817_878),
        ("2024-02-29", "2024-01", 930_983),
        ("2025-06-30", "2025-05", 925_537),
        ("2026-01-31", "2025-12", 910_851),
    ],
)
def test_london_over_twelve_months_is_the_known_total(warehouse: Path, as_of: str, last: str, expected: int) -> None:
    monthly = values(warehouse, "total_recorded_crime", "E12000007", "--as-of", as_of)
    assert sum(monthly[month] or 0 for month in months(last)) == expected
    rolling = values(warehouse, "total_recorded_crime_rolling_year", "London", "--as-of", as_of)
    assert rolling[last] == expected


def test_the_newest_total_is_shown_without_a_date_too(warehouse: Path) -> None:
    assert values(warehouse, "total_recorded_crime_rolling_year", "London")["2025-12"] == 910_851


@pytest.mark.parametrize(("year_to", "ours"), [("2012-03", 410_193), ("2013-03", 382_970)])
def test_mopac_7_is_what_the_form_a_file_gives(warehouse: Path, year_to: str, ours: int) -> None:
    assert values(warehouse, "mopac7_rolling_year", "London")[year_to] == ours


@pytest.mark.parametrize(("year_to", "column"), [("2012-03", "fy2011_12"), ("2013-03", "fy2012_13")])
def test_each_of_the_mopac_7_is_within_a_hundredth_and_a_half_of_what_was_published(
    warehouse: Path, published_data: Path, year_to: str, column: str
) -> None:
    names = {
        "Violence with Injury": "mopac7_violence_with_injury",
        "Robbery": "mopac7_robbery",
        "Burglary": "mopac7_burglary",
        "Criminal Damage": "mopac7_criminal_damage",
        "Theft from the Person": "mopac7_theft_from_person",
        "Theft of Motor Vehicle": "mopac7_theft_of_motor_vehicle",
        "Theft from Motor Vehicle": "mopac7_theft_from_motor_vehicle",
        "MOPAC 7 total": "mopac7",
    }
    with (published_data / "context" / "mopac7_mps_fy1112_fy1213.csv").open(newline="") as stream:
        published = {row["crime_type"]: int(row[column]) for row in csv.DictReader(stream)}
    assert published.keys() == names.keys()
    ours = {name: values(warehouse, f"{measure}_rolling_year", "London")[year_to] or 0 for name, measure in names.items()}
    assert sum(n for name, n in ours.items() if name != "MOPAC 7 total") == ours["MOPAC 7 total"]
    far = {name: (ours[name], n) for name, n in published.items() if abs(ours[name] / n - 1) > 0.015}
    assert far == {}


# Other measures, boroughs and editions, each by its published words.

BURGLARY: Predicate = lambda major, minor: major == "burglary"  # noqa: E731 - read as a table
CASES: list[tuple[str, str, str, str, str, Predicate]] = [
    # measure, area, as of, edition, file, what is counted
    ("total_recorded_crime", "London", "2026-01", "2026-01", RECENT, everything),
    ("total_recorded_crime", "Westminster", "2026-01", "2026-01", RECENT, everything),
    ("total_recorded_crime", "AIRPORTS", "2024-02", "2024-02", RECENT, everything),
    ("total_recorded_crime", "UNKNOWN", "2025-06", "2025-06", RECENT, everything),
    ("total_recorded_crime", "Harrow", "2024-02", "2024-02", HISTORICAL, everything),
    ("total_recorded_crime", "Sutton", "2019-01", "2019-01", RECENT, everything),
    ("burglary", "Bromley", "2026-01", "2026-01", RECENT, BURGLARY),
    ("burglary", "Bromley", "2019-07", "2019-07", RECENT, BURGLARY),
    ("burglary", "Bromley", "2019-01", "2019-01", "MPS_Borough_Level_Crime_Historic.csv", BURGLARY),
    ("burglary_residential", "Barnet", "2026-01", "2026-01", RECENT,
     lambda a, b: a == "burglary" and b not in {"burglary business and community", "burglary non dwelling"}),
    ("burglary_residential", "Barnet", "2024-02", "2024-02", RECENT,
     lambda a, b: b in {"burglary - residential", "domestic burglary"}),
    ("robbery_personal", "Croydon", "2025-12", "2025-12", HISTORICAL, lambda a, b: b == "robbery of personal property"),
    ("robbery_business", "Croydon", "2020-11", "2020-11", RECENT, lambda a, b: b == "robbery of business property"),
    ("theft_from_person", "Westminster", "2024-07", "2024-07", RECENT, lambda a, b: b == "theft from the person"),
    ("theft_from_person", "Westminster", "2023-11", "2023-11", HISTORICAL, lambda a, b: b == "theft from person"),
    ("violence_with_injury", "Lewisham", "2025-06", "2025-06", RECENT, lambda a, b: b == "violence with injury"),
    ("violence_without_injury", "Lewisham", "2026-01", "2026-01", RECENT, lambda a, b: b == "violence without injury"),
    ("violence_without_injury_with_stalking", "Lewisham", "2026-01", "2026-01", RECENT,
     lambda a, b: b in {"violence without injury", "stalking and harassment"}),
    ("stalking_and_harassment", "Enfield", "2026-01", "2026-01", RECENT, lambda a, b: b == "stalking and harassment"),
    ("homicide", "London", "2026-01", "2026-01", RECENT, lambda a, b: b == "homicide"),
    ("sexual_offences", "Brent", "2026-01", "2026-01", RECENT, lambda a, b: a == "sexual offences"),
    ("rape", "Brent", "2019-01", "2019-01", RECENT, lambda a, b: b == "rape"),
    ("shoplifting", "Merton", "2026-01", "2026-01", RECENT, lambda a, b: b == "shoplifting"),
    ("bicycle_theft", "Hackney", "2023-11", "2023-11", RECENT, lambda a, b: b == "bicycle theft"),
    ("theft_from_motor_vehicle", "Ealing", "2026-01", "2026-01", RECENT, lambda a, b: b == "theft from a vehicle"),
    ("criminal_damage", "Havering", "2026-01", "2026-01", RECENT, lambda a, b: b == "criminal damage"),
    ("arson", "Havering", "2024-02", "2024-02", RECENT, lambda a, b: b == "arson"),
    ("possession_of_weapons", "Newham", "2026-01", "2026-01", RECENT, lambda a, b: a == "possession of weapons"),
    ("drug_trafficking", "Camden", "2026-01", "2026-01", RECENT, lambda a, b: b == "trafficking of drugs"),
    ("drug_possession", "Camden", "2024-02", "2024-02", RECENT, lambda a, b: b == "possession of drugs"),
    ("public_order", "Lambeth", "2026-01", "2026-01", RECENT, lambda a, b: a == "public order offences"),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda c: f"{c[0]}, {c[1]}, {c[3]}")
def test_a_measure_is_its_published_categories_added_up(
    warehouse: Path, added: Added, case: tuple[str, str, str, str, str, Predicate]
) -> None:
    measure, area, as_of, edition, file, counted = case
    in_file = {"London": "", "AIRPORTS": AIRPORTS, "UNKNOWN": "Unknown"}.get(area, area)
    expected = added(edition, file, in_file, counted)
    assert sum(expected.values()) > 0
    values_shown = values(warehouse, measure, area, "--as-of", as_of)
    assert {month: values_shown[month] for month in expected} == expected


def test_a_command_is_its_boroughs_added_up(warehouse: Path, added: Added) -> None:
    for command in ("BCU-SN", "BCU-CN"):
        names = [reference.areas()[code].name for code in reference.members(command)]
        by_borough = [added("2026-01", RECENT, name, BURGLARY) for name in names]
        expected = {month: sum(b[month] for b in by_borough) for month in by_borough[0]}
        values_shown = values(warehouse, "burglary", command)
        assert {month: values_shown[month] for month in expected} == expected


def test_a_rate_is_the_count_over_the_published_residents(warehouse: Path) -> None:
    # 9,089,736 residents of London at mid-2024 are 9,074,625 in the 32 boroughs and 15,111 in the City, which has its own police.
    row = next(
        r
        for r in done("series", "total_recorded_crime_rate", "London", "--warehouse", warehouse).rows
        if r["period"] == "2024-06"
    )
    assert 9_060_000 < float(row["denominator"]) < 9_089_736
    assert float(row["value"]) == pytest.approx(float(row["numerator"]) / float(row["denominator"]) * 1000, rel=1e-4)


def test_the_cell_named_holds_the_value(warehouse: Path, published_data: Path) -> None:
    rows = done("series", "homicide", "Bromley", "--warehouse", warehouse).rows
    newest = [
        r
        for r in rows
        if r["edition"].startswith("mps_recorded_crime_borough/2026-01") and "+" not in r["cell"] and r["cell"][0].isalpha()
    ]
    with (published_data / "mps-recorded-crime-borough" / "2026-01" / RECENT).open(newline="") as stream:
        table = list(csv.reader(stream))
    checked = 0
    for row in newest:
        letters, number = row["cell"].rstrip("0123456789"), row["cell"].lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
        if number.isdigit():
            column = 0
            for letter in letters:
                column = column * 26 + ord(letter) - 64
            assert table[int(number) - 1][2] == "Bromley"
            assert table[0][column - 1] == row["period"].replace("-", "")
            assert float(table[int(number) - 1][column - 1]) == float(row["value"])
            checked += 1
    assert checked >= 12
