"""The dashboard's own total: the boroughs' notifiable offences of both kinds, each once, and nothing else of the long file."""

import csv
from pathlib import Path

from etl.definitions import second_total
from tests.etl.commands import done, run

HEAD = "month_year,area_type,borough_snt,area_name,area_code,crime_type,crime_subtype,measure,count,refresh_date"
VICTIM, OTHER = "TNO Victim Based", "TNO Non Victim Based"


def _line(month: str, subtype: str, count: int, code: str = "E09000006", kind: str = "Borough", measure: str = "Offences") -> str:
    return f"{month}-01,{kind},Bromley,Bromley,{code},Miscalleneous,{subtype},{measure},{count},2025-08-02"


def _compiled(tmp_path: Path, *lines: str) -> list[dict[str, str]]:
    (tmp_path / "dashboard.csv").write_text("\n".join([HEAD, *lines, ""]), encoding="utf-8")
    done("second-total", tmp_path / "dashboard.csv", "--folder", tmp_path)
    with (tmp_path / second_total.SECOND_TOTAL).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_each_offence_counts_once_and_outcomes_and_other_crimes_not_at_all(tmp_path: Path) -> None:
    rows = _compiled(
        tmp_path,
        _line("2025-06", VICTIM, 90),
        _line("2025-06", OTHER, 10),
        _line("2025-06", VICTIM, 5, code=""),
        _line("2025-06", VICTIM, 90, kind="Safer Neighbourhood Teams"),
        _line("2025-06", VICTIM, 7, measure="Positive Outcomes"),
        _line("2025-06", "Knife Crime", 3),
        _line("2025-07", VICTIM, 80),
    )
    assert [(r["period"], r["offences"], r["with_borough"]) for r in rows] == [("2025-06", str(90 + 10 + 5), str(90 + 10))]
    assert "2025-08-02" in rows[0]["source"]
    assert "Open Government Licence" in rows[0]["source"]


def test_a_file_that_is_not_the_dashboard_says_what_is_missing(tmp_path: Path) -> None:
    (tmp_path / "other.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    ran = run("second-total", tmp_path / "other.csv", "--folder", tmp_path)
    assert (ran.code != 0, "no column month_year" in ran.err) == (True, True)
    (tmp_path / "knives.csv").write_text("\n".join([HEAD, _line("2025-06", "Knife Crime", 3), ""]), encoding="utf-8")
    assert "no month holds notifiable offences" in run("second-total", tmp_path / "knives.csv", "--folder", tmp_path).err
    assert "no such file" in run("second-total", tmp_path / "nowhere.csv", "--folder", tmp_path).err


def test_the_bundled_table_is_what_the_published_file_compiles_to(published_data: Path, tmp_path: Path) -> None:
    file = published_data / "mps-monthly-dashboard" / "2025-08" / "OtherCrime.parquet"
    done("second-total", file, "--folder", tmp_path)
    assert (tmp_path / second_total.SECOND_TOTAL).read_bytes() == (
        second_total.REFERENCE / second_total.SECOND_TOTAL
    ).read_bytes()
