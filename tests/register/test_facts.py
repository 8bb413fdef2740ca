"""The facts on the public record: counted, sourced, word for word, and loaded once."""

import csv
import os
import re
import shutil
from collections import Counter

import pytest
import yaml

from dashboard.register import demo, export_import, priorities, reading, recommendations, seed
from dashboard.register.errors import FactsRejected, NotReady
from dashboard.register.facts import read_facts
from dashboard.register.measures import PLANS_DIR, candidates
from dashboard.register.models import Aspect, PlanState, Rag
from dashboard.register.permissions import PUBLIC, State
from tests.register.conftest import NOW
from tests.register.people import BROMLEY, COUNCIL, LEWISHAM, borough_entry


@pytest.fixture(scope="session")
def documents(published_data):
    """The documents the facts were read in, kept beside the published files."""
    folder = published_data.parent / "seeds"
    if folder.is_dir():
        return folder
    reason = f"the documents the facts were read in are not at {folder}"
    return pytest.fail(reason) if os.environ.get("CI") else pytest.skip(reason)


def test_the_committee_made_nineteen_recommendations_twelve_amber_seven_green(register):
    with register.reading() as session:
        (made,) = recommendations.recommendation_sets(session)
        facts = recommendations.recommendations(session, set_id=made.id)
    assert [one.number for one in facts] == list(range(1, 20))
    accepted = [one.latest(Aspect.ACCEPTED) for one in facts]
    assert Counter(status.rag for status in accepted) == {Rag.AMBER: 12, Rag.GREEN: 7}
    assert [one.number for one in facts if one.latest(Aspect.ACCEPTED).rag is Rag.GREEN] == [2, 3, 4, 8, 10, 15, 16]
    assert {status.as_at_words for status in accepted} == {"May 2013"}
    assert all(one.latest(Aspect.DELIVERED) is None for one in facts)
    assert made.definitions == {
        Rag.RED: "the recommendation has not been accepted",
        Rag.AMBER: "there has been some progress against the recommendation",
        Rag.GREEN: "the recommendation has been implemented or substantively accepted",
    }


def test_the_recommendations_are_word_for_word_the_committees(facts, documents):
    document = documents / "002-assembly-committee-recommendations-2013.txt"
    plain = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", document.read_text(encoding="utf-8")))
    for one in facts.recommendation_sets[0].recommendations:
        assert re.sub(r"\s+", " ", one.wording) in plain
        assert re.sub(r"\s+", " ", one.history[0].evidence) in plain


def test_every_quote_is_in_the_document_it_names(facts, documents):
    files = {
        "Draft Police and Crime Plan": "004",
        "The Mayor's Police and Crime Plan 2013-2016: Impact": "002",
        "Letter to the Deputy Mayor": "003",
        "MOPAC - Police and Crime Plan 2017-2021, report": "001",
        "Police and Crime Plan, report to Leaders": "000",
    }
    checked = 0
    for source in every_source(facts):
        number = next((number for start, number in files.items() if source.document.startswith(start)), None)
        if source.quote is None or number is None:
            continue
        for part in source.quote.split("; "):
            assert squeezed(part) in squeezed(next(documents.glob(f"{number}-*")).read_text(encoding="utf-8")), source.quote
            checked += 1
    assert checked >= 30


def squeezed(text):
    return re.sub(r"[^a-z0-9]", "", re.sub(r"</?sup>", "", text).lower())


def every_source(facts):
    for file in facts.plans:
        yield from file.plan.sources
        for statement in file.plan.statements:
            yield from statement.sources
        for fact in (*file.london_priorities, *file.borough_priorities):
            yield from fact.sources
    for made in facts.recommendation_sets:
        for one in (made.set, *made.recommendations):
            yield from one.sources
        for statement in made.set.statements:
            yield from statement.sources
    for fact in facts.stated:
        yield from fact.sources


def test_four_plans_and_one_retired_with_the_reasons_given_at_the_time(register):
    with register.reading() as session:
        plans = reading.plans(session)
    assert [(plan.id, plan.state) for plan in plans] == [
        ("2013-2016", PlanState.RETIRED),
        ("2017-2021", PlanState.ENDED),
        ("2022-2025", PlanState.ENDED),
        ("2025-2029", PlanState.CURRENT),
    ]
    quotes = " ".join(source.quote or "" for statement in plans[0].about("retired because") for source in statement.sources)
    for words in ("arbitrary and overly simplistic", "perverse incentives", "undue focus", "lack of priority"):
        assert words in quotes
    assert plans[1].rules["volume_choices"] == 2
    assert all(plan.about("theme") for plan in plans)


def test_a_fact_not_compared_with_its_document_is_marked_as_not_checked(facts):
    notes = {source.note for file in facts.plans for statement in file.plan.statements for source in statement.sources}
    assert notes == {"", "not checked against the document"}
    for file in facts.plans[2:]:
        assert any(not source.checked for source in file.plan.sources)


def test_three_boroughs_priorities_are_on_the_public_record_and_no_more(register, published_data):
    with register.reading() as session:
        choices = reading.borough_priorities(session, PUBLIC)
        assert reading.areas_on_record(session, plan_id="2017-2021") == ("E09000006", "E09000014", "E09000024")
        assert reading.areas_on_record(session, plan_id="2025-2029") == ()
    names = {"E09000006": "Bromley", "E09000014": "Haringey", "E09000024": "Merton"}
    ours = {(names[p.area_code], p.financial_year, p.title.lower()) for p in choices}
    with (published_data / "context" / "local_priorities_known.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert ours == {
        (row["borough"], row["year"], title.strip().lower())
        for row in rows
        for title in row["local_volume_priorities"].split(";")
    }
    for priority in choices:
        assert (priority.rationale, priority.success, priority.signatures) == (None, None, ())
        assert priority.sources[0].url in {row["source"] for row in rows}


def test_crime_prevention_sums_are_those_published(register, published_data):
    with register.reading() as session:
        facts = reading.stated_facts(session, about="crime prevention fund")
    with (published_data / "context" / "lcpf_known_allocations.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert sorted(fact.value for fact in facts) == sorted(float(row["gbp"]) for row in rows)
    assert len(facts) == len(rows) == 11


def test_counts_of_the_mopac_7_targets_equal_those_published_and_add_up(register, published_data):
    with register.reading() as session:
        facts = {
            (fact.measure_id, fact.period): fact.value for fact in reading.stated_facts(session, about="mopac 7 as published")
        }
    seven = [measure for measure in candidates().known if measure.startswith("mopac7_")]
    assert len(seven) == 7
    for year, total in (("2011/12", 411_033), ("2012/13", 384_474)):
        assert facts["mopac7", year] == total == sum(facts[measure, year] for measure in seven)


def test_figures_given_to_lewisham_in_2017_are_recorded_with_their_paragraph(register):
    with register.reading() as session:
        facts = {fact.id: fact for fact in reading.stated_facts(session, about="justice")}
    assert facts["lewisham-2017-offence-to-completion"].value == 173
    assert facts["lewisham-2017-open-crown-cases"].value == 7000
    assert facts["lewisham-2017-open-crown-cases"].period == "end of October 2016"
    assert all(fact.sources[0].where.startswith("Section 3.3") for fact in facts.values())


def test_loading_the_facts_a_second_time_changes_nothing(register, facts):
    with register.reading() as session:
        before = export_import.export(session, PUBLIC, now=NOW)
    with register.writing() as session:
        done = seed.seed(session, facts, now=NOW)
    assert (done.added, done.corrected) == (0, 0)
    with register.reading() as session:
        assert export_import.export(session, PUBLIC, now=NOW) == before


def test_a_corrected_file_corrects_its_row_and_the_audit_says_so(register, tmp_path):
    folder = tmp_path / "plans"
    shutil.copytree(PLANS_DIR, folder)
    path = folder / "stated-facts.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("value: 643430", "value: 643431"), encoding="utf-8")
    with register.writing() as session:
        done = seed.seed(session, read_facts(folder), now=NOW)
    assert (done.added, done.corrected) == (0, 1)
    with register.reading() as session:
        (entry,) = export_import.export(session, PUBLIC, now=NOW)["audit"][-1:]
    assert entry["changes"] == {"value": [643430.0, 643431.0]}


@pytest.mark.parametrize(
    ("file", "old", "new", "complaint"),
    [
        ("2017-2021.yml", "measure_id: robbery_personal", "measure_id: robbery_imagined", "unknown measure robbery_imagined"),
        ("2017-2021.yml", "title: Personal robbery", "tittle: Personal robbery", "tittle"),
        ("2017-2021.yml", "first_year: 2017/18", "first_year: 2017/19", "not financial years"),
        ("2022-2025.yml", "id: 2022-2025-1-violence", "id: 2025-2029-1-violence", "used twice"),
        ("stated-facts.yml", "area_code: E09000004", "area_code: E09000099", "unknown area"),
        ("stated-facts.yml", "sources: [*bromley_fund]", "sources: []", "no source"),
        ("recommendations-2013.yml", "rag: green", "rag: lime", "rag"),
        ("recommendations-2013.yml", "number: 19", "number: 20", "numbers are not 1, 2, 3"),
        ("measures.yml", "  - arson\n", "  - arsen\n", "arsen may be chosen but is not known"),
        ("2025-2029.yml", "plan:", "plan: [", "not YAML"),
    ],
)
def test_a_broken_file_of_facts_is_refused_with_its_fault(tmp_path, file, old, new, complaint):
    folder = tmp_path / "plans"
    shutil.copytree(PLANS_DIR, folder)
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(FactsRejected, match=re.escape(complaint)):
        read_facts(folder)


def test_an_unknown_file_in_the_folder_of_facts_is_refused(tmp_path):
    folder = tmp_path / "plans"
    shutil.copytree(PLANS_DIR, folder)
    (folder / "notes.txt").write_text("?", encoding="utf-8")
    with pytest.raises(FactsRejected, match="notes.txt: not a file of facts"):
        read_facts(folder)


def test_the_demo_fills_every_borough_and_marks_every_entry(register):
    with register.writing() as session:
        added = demo.fill(session, now=NOW, range_of=None)
    with register.writing() as session:
        assert demo.fill(session, now=NOW, range_of=None) == 0
    with register.reading() as session:
        document = export_import.export(session, PUBLIC, now=NOW)
        for year in ("2025/26", "2026/27", "2027/28"):
            choices = reading.borough_priorities(session, PUBLIC, financial_year=year)
            assert {p.area_code for p in choices} == {f"E09{number:06d}" for number in range(2, 34)}
            assert all(
                len({p.measure_id for p in choices if p.area_code == area}) == 3 for area in {p.area_code for p in choices}
            )
        assert reading.areas_on_record(session, plan_id="2025-2029") == ()
    made_up = [
        record
        for records in document.values()
        if isinstance(records, list)
        for record in records
        if str(record.get("id", "")).startswith("example-")
    ]
    assert len(made_up) == added
    for record in made_up:
        assert (record["is_example"], record["label"]) == (True, "Example")
        assert not record.get("sources")
    real = [r for r in document["borough_priorities"] if not r["is_example"]]
    assert {record["label"] for record in real} == {""}


def test_the_demo_leaves_a_real_entry_alone(register):
    with register.writing() as session:
        draft = priorities.draft(session, COUNCIL, borough_entry(), now=NOW)
        priorities.propose(session, COUNCIL, draft.id, seen_version=draft.version, now=NOW)
        demo.fill(session, now=NOW, range_of=None)
    with register.reading() as session:
        choices = reading.borough_priorities(session, PUBLIC, area_code=LEWISHAM, financial_year="2027/28")
        assert [(p.title, p.is_example, p.state) for p in choices] == [("Burglary", False, State.PROPOSED)]
        old = reading.borough_priorities(session, PUBLIC, area_code=BROMLEY, financial_year="2017/18")
        assert not any(p.is_example for p in old)


def test_the_demo_needs_the_facts_first(empty_register):
    with empty_register.writing() as session, pytest.raises(NotReady, match="seed"):
        demo.fill(session, now=NOW, range_of=None)


def test_every_basket_and_choice_names_a_known_measure():
    measures = candidates()
    assert len(set(measures.known)) == len(measures.known) == 50
    assert set(measures.choosable) <= set(measures.known)
    assert {part for parts in measures.parts.values() for part in parts} | set(measures.parts) <= set(measures.choosable)
    assert yaml.safe_load((PLANS_DIR / "measures.yml").read_text(encoding="utf-8")).keys() == {"volume", "harm", "parts", "known"}
