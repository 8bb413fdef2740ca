"""Every definition is whole, none is overdue, and the concordance accounts for every category of every form."""

import datetime as dt
from pathlib import Path

import pytest
import yaml

from etl.core.errors import CatalogueError
from etl.definitions import catalogue
from etl.warehouse import current_release, open_release

MEASURES = sorted(catalogue.MEASURES.iterdir())
CRIME = [m for m in catalogue.measures().values() if m.kind == "recorded_crime"]
FORMS = catalogue.sources()["mps_recorded_crime_borough"].forms


@pytest.mark.parametrize("path", MEASURES, ids=lambda p: p.stem)
def test_a_definition_says_all_that_a_reader_must_know(path: Path) -> None:
    measure = catalogue.measures()[path.stem]
    for text in (measure.definition, measure.counts, measure.leaves_out, measure.gamed_by, measure.counter_measure):
        assert text.strip().endswith("."), text
    assert measure.title[0].isupper()
    assert measure.better in ("lower", "higher", "neither")


@pytest.mark.parametrize("measure", catalogue.measures().values(), ids=lambda m: m.id)
def test_a_measure_has_an_owner_and_somebody_else_who_checks_it(measure: catalogue.Measure) -> None:
    assert measure.owner, f"{measure.id}: owner: which role answers for it?"
    assert measure.checker, f"{measure.id}: checker: which other role checks what its owner changes?"
    assert measure.owner != measure.checker


@pytest.mark.parametrize("measure", catalogue.measures().values(), ids=lambda m: m.id)
def test_a_measure_says_why_its_review_is_due_when_it_is(measure: catalogue.Measure) -> None:
    assert dt.date.fromisoformat(measure.reviewed) < dt.date.fromisoformat(measure.next_review)
    assert measure.next_review_why.endswith("."), f"{measure.id}: next_review_why: why then and not sooner or later?"


def overdue(measure: catalogue.Measure, today: dt.date) -> str | None:
    """The sentence that asks for a review that has not come; None while it is not due."""
    due = dt.date.fromisoformat(measure.next_review)
    if due >= today:
        return None
    return (
        f"{measure.id}: its review was due on {due}. Ask its owner, the {measure.owner}, to read the definition again and its "
        f"checker, the {measure.checker}, to agree; then write `reviewed`, `next_review` and `next_review_why` in its file."
    )


@pytest.mark.parametrize("measure", catalogue.measures().values(), ids=lambda m: m.id)
def test_no_review_is_overdue(measure: catalogue.Measure) -> None:
    assert overdue(measure, dt.datetime.now(tz=dt.UTC).date()) is None


def test_an_overdue_review_says_whom_to_ask() -> None:
    measure = catalogue.measures()["rape"]
    due = dt.date.fromisoformat(measure.next_review)
    assert overdue(measure, due) is None
    assert f"the {measure.owner}" in (overdue(measure, due + dt.timedelta(days=1)) or "")


def test_reviews_do_not_all_fall_on_one_day() -> None:
    days = {measure.next_review for measure in catalogue.measures().values()}
    assert len(days) >= len({measure.theme for measure in catalogue.measures().values()})


def test_the_folder_of_measures_holds_only_definitions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert {p.suffix for p in MEASURES} == {".yml"}
    (tmp_path / "notes.txt").write_text("remember")
    monkeypatch.setattr(catalogue, "MEASURES", tmp_path)
    with pytest.raises(CatalogueError, match="only measure definitions"):
        catalogue.measures.__wrapped__()


def test_a_source_folder_without_a_definition_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "half_done").mkdir()
    monkeypatch.setattr(catalogue, "SOURCES", tmp_path)
    with pytest.raises(CatalogueError, match="half_done: a source folder without source.yml"):
        catalogue.sources.__wrapped__()


def test_a_table_layout_that_names_a_series_no_column_holds_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    definition = (catalogue.SOURCES / "moj_crown_caseload" / "source.yml").read_text()
    (tmp_path / "caseload").mkdir()
    (tmp_path / "caseload" / "source.yml").write_text(
        definition.replace("below_nought: [crown_net_flow]", "below_nought: [flow]")
    )
    monkeypatch.setattr(catalogue, "SOURCES", tmp_path)
    with pytest.raises(CatalogueError, match="no column holds flow"):
        catalogue.sources.__wrapped__()


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"definition": None}, "definition"),
        ({"colour": "red"}, "colour"),
        ({"better": "worse"}, "better"),
        ({"source": "nobody"}, "no source 'nobody'"),
        ({"read_beside": ["nothing"]}, "read_beside names no measure 'nothing'"),
        ({"published": {"D": {"categories": ["*"], "join": "comparable"}}}, "no form 'D'"),
        (
            {"published": {"A": {"categories": ["robbery / of trains"], "join": "comparable"}}},
            "no category 'robbery / of trains'",
        ),
        ({"kind": "weather"}, "arson: kind: there is no kind 'weather'; there are annual, courts"),
        ({"series": ["arson"]}, "arson: series: a measure of recorded crime has none"),
        ({"period": "year"}, "arson: period: a measure of recorded crime is of months, not of years"),
        ({"is_percentage": True}, "arson: is_percentage: a measure of recorded crime is of numbers, not of shares"),
        ({"unit": "% of offences"}, "arson: is_percentage: the unit is '% of offences', so its figures are shares"),
        ({"published": {}}, "arson: published: a measure of recorded crime needs it, and it is not given"),
    ],
)
def test_a_definition_that_is_not_whole_is_refused_with_what_is_wrong(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: dict[str, object], complaint: str
) -> None:
    definition = yaml.safe_load((catalogue.MEASURES / "arson.yml").read_text()) | {"read_beside": []} | change
    (tmp_path / "arson.yml").write_text(yaml.safe_dump(definition))
    monkeypatch.setattr(catalogue, "MEASURES", tmp_path)
    with pytest.raises(CatalogueError, match=complaint):
        catalogue.measures.__wrapped__()


# The concordance.


def counted(measure: str, form: str) -> set[str]:
    """The series of a form that count towards a measure."""
    return {c.series for c in catalogue.concordance() if c.measure_id == measure and c.form == form}


@pytest.mark.parametrize("form", FORMS)
def test_the_total_counts_every_category_of_every_form(form: str) -> None:
    assert counted("total_recorded_crime", form) == set(FORMS[form].series())


@pytest.mark.parametrize("form", FORMS)
def test_core_offences_are_offences_of_the_form(form: str) -> None:
    offences = {series.split(" / ")[1] for series in FORMS[form].series()}
    assert set(FORMS[form].core) <= offences
    assert set(FORMS[form].not_every_month) <= set(FORMS[form].core)


@pytest.mark.parametrize("measure", CRIME, ids=lambda m: m.id)
def test_a_form_is_joined_in_one_stated_way_and_a_break_says_why(measure: catalogue.Measure) -> None:
    for form, _, join, note in catalogue.published_names(measure):
        assert {c.join for c in catalogue.concordance() if c.measure_id == measure.id and c.form == form} == {join}
        assert join == "comparable" or note, f"{measure.id}: form {form} is joined with a {join} and no reason"


PARTS = [
    ("robbery", ("robbery_personal", "robbery_business")),
    ("burglary", ("burglary_residential", "burglary_business_and_community")),
    ("sexual_offences", ("rape", "other_sexual_offences")),
    ("violence_without_injury_with_stalking", ("violence_without_injury", "stalking_and_harassment")),
]
MOPAC7 = tuple(m.id for m in CRIME if m.id.startswith("mopac7_"))


@pytest.mark.parametrize(("whole", "parts"), [*PARTS, ("mopac7", MOPAC7)], ids=lambda p: p if isinstance(p, str) else "")
def test_no_category_counts_twice_among_the_parts_of_a_measure(whole: str, parts: tuple[str, ...]) -> None:
    for form in FORMS:
        pieces = [counted(part, form) for part in parts]
        assert sum(map(len, pieces)) == len(set().union(*pieces))
        if all(pieces):
            assert set().union(*pieces) == counted(whole, form)


@pytest.mark.parametrize(("whole", "parts"), [*PARTS, ("mopac7", MOPAC7)], ids=lambda p: p if isinstance(p, str) else "")
def test_the_parts_of_a_measure_add_up_in_every_edition_area_and_month(
    warehouse: Path, whole: str, parts: tuple[str, ...]
) -> None:
    query = """WITH part AS (SELECT edition_id, area_code, period, sum(value) AS n FROM edition_value
                             WHERE list_contains(?, measure_id) GROUP BY ALL HAVING count(*) = ?)
               SELECT count(*), count(*) FILTER (w.value <> part.n)
               FROM edition_value w JOIN part USING (edition_id, area_code, period) WHERE w.measure_id = ?"""
    # Opened as the pages open it: DuckDB refuses a second way of opening one file in one process.
    with open_release(current_release(warehouse)).connect() as connection:
        compared, wrong = connection.exec_driver_sql(query, (list(parts), len(parts), whole)).one()
    assert compared > 1000
    assert wrong == 0


def test_mopac_has_seven_crimes() -> None:
    assert len(MOPAC7) == 7
