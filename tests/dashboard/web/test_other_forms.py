"""Explanations, actions, recommendations, accounts and the history, through their forms."""

import csv
import io
import re
from datetime import timedelta

import pytest

from dashboard.register import actions, commentary, reading, recommendations
from dashboard.register.permissions import PUBLIC
from tests.dashboard.web import stages
from tests.dashboard.web.browser import Form, errors_beside, words
from tests.dashboard.web.conftest import NOW
from tests.register.people import ADMIN, BROMLEY, CLERK, COUNCIL, LEWISHAM, OFFICER, POLICE

RECOMMENDATION = "/recommendation/police-and-crime-committee-2013-01"
EXPLAIN = f"/commentary/new?measure=burglary&area={LEWISHAM}&period=2025-12"
RAISE = f"/actions/new?measure=burglary&area={LEWISHAM}&chart=/borough/{LEWISHAM}"


@pytest.mark.parametrize(
    ("period", "first", "last"),
    [
        ("2025-12", "1 December 2025", "31 December 2025"),
        ("2025-Q2", "1 April 2025", "30 June 2025"),
        ("2025", "1 January 2025", "31 December 2025"),
        ("nonsense", "", ""),
    ],
)
def test_an_explanation_opens_filled_in_from_where_it_was_asked_for(browser_of, period, first, last):
    form = browser_of(COUNCIL).form(f"/commentary/new?measure=burglary&area={LEWISHAM}&period={period}")
    given = {name: form.values[name] for name in ("measure_id", "area_code", "period_start", "period_end")}
    assert given == {"measure_id": ["burglary"], "area_code": [LEWISHAM], "period_start": [first], "period_end": [last]}


def test_an_explanation_is_signed_with_name_body_and_day(browser_of, register):
    answer = browser_of(COUNCIL).send(EXPLAIN, text="Two prolific offenders were released in November.")
    read = browser_of().read(answer.headers["Location"])
    assert "Two prolific offenders" in read
    assert "Signed by Ada Council for the council, 22 November 2026" in read


def test_a_newer_explanation_replaces_one_and_both_stay(browser_of, register):
    first = browser_of(COUNCIL).send(EXPLAIN, text="At first we thought this.").headers["Location"]
    replace = f"/commentary/new?replaces={first.rpartition('/')[2]}"
    second = browser_of(POLICE).send(replace, text="Now we know that.").headers["Location"]
    assert f'href="{second}"' in browser_of().get(first).get_data(as_text=True)
    with register.reading() as session:
        assert [note.text for note in commentary.commentary(session, standing_only=True)] == ["Now we know that."]


def test_every_error_of_an_explanation_is_beside_its_field(browser_of):
    answer = browser_of(COUNCIL).send("/commentary/new", expect=422, measure_id="burglary", period_start="someday")
    assert set(errors_beside(answer)[0]) == {"field-period_start", "field-period_end", "field-text"}
    back = browser_of(COUNCIL).send(EXPLAIN, expect=422, text="Why", period_end="1 January 2020")
    assert set(errors_beside(back)[0]) == {"field-period_end"}


def test_nobody_is_shown_the_form_of_another_borough(browser_of):
    assert browser_of(COUNCIL).get(f"/commentary/new?area={BROMLEY}").status_code == 403
    assert browser_of(COUNCIL).get(f"/actions/new?area={BROMLEY}").status_code == 403


def test_an_action_is_raised_changed_and_closed(browser_of, register):
    address = browser_of(COUNCIL).send(RAISE, text="Ask the police why", due_on="1 March 2027").headers["Location"]
    browser = browser_of(COUNCIL)
    browser.send(f"{address}/change", owner="Bob Police", due_on="2 March 2027", why="He knows")
    browser.send(f"{address}/close", state="done", outcome="A letter of 28 February")
    read = browser_of().read(address)
    for phrase in ("Ask the police why", "Bob Police", "2 March 2027", "done", "A letter of 28 February"):
        assert phrase in read
    assert browser.get(f"{address}/close").status_code == 403


def test_every_error_of_an_action_is_beside_its_field(browser_of):
    answer = browser_of(COUNCIL).send(
        "/actions/new", expect=422, owner="", due_on="1 March 2020", chart="https://elsewhere.example"
    )
    assert set(errors_beside(answer)[0]) == {"field-text", "field-owner", "field-due_on", "field-chart"}


def test_an_action_past_its_day_is_overdue_for_everyone_and_waits_for_its_owner(browser_of, register, clock):
    made = stages.action(register, NOW)
    clock.now = NOW + timedelta(days=80)
    listed = browser_of().read("/actions")
    assert listed.index("Overdue") < listed.index(made.text) < listed.index("Open: none recorded")
    assert "Overdue actions" in browser_of(COUNCIL).read("/my-work")


def test_of_two_people_changing_an_action_the_second_sees_both_versions(browser_of, register):
    made = stages.action(register, NOW)
    second = browser_of(OFFICER)
    form = second.form(f"/action/{made.id}/change")
    browser_of(COUNCIL).send(f"/action/{made.id}/change", text="Ask in writing", why="Clearer")
    response = second.send_form(form, expect=409, text="Ask by telephone", why="Faster")
    assert "Ask in writing" in words(response)
    assert Form(response.get_data(as_text=True)).values["text"] == ["Ask by telephone"]


def test_of_two_people_closing_an_action_the_second_is_told_it_is_closed(browser_of, register):
    made = stages.action(register, NOW)
    second = browser_of(OFFICER)
    form = second.form(f"/action/{made.id}/close")
    browser_of(COUNCIL).send(f"/action/{made.id}/close", state="done", outcome="Answered")
    assert second.send_form(form, expect=403, state="dropped", outcome="No answer").status_code == 403
    with register.reading() as session:
        assert actions.actions(session)[0].outcome == "Answered"


def test_the_clerk_judges_and_the_office_answers_without_a_colour(browser_of, register):
    clerk, officer = browser_of(CLERK), browser_of(OFFICER)
    clerk.send(
        f"{RECOMMENDATION}/status", aspect="delivered", rag="red", evidence="No annual report came", as_at="1 November 2026"
    )
    assert "rag" not in officer.form(f"{RECOMMENDATION}/status").fields
    officer.send(f"{RECOMMENDATION}/status", evidence="The report will come in June")
    read = browser_of().read(RECOMMENDATION)
    for phrase in ("Red", "No annual report came", "1 November 2026", "The report will come in June", "No colour: an answer"):
        assert phrase in read
    with register.reading() as session:
        record = recommendations.recommendation(session, RECOMMENDATION.rpartition("/")[2])
    assert [status.aspect for status in record.history][-2:] == ["delivered", "answer"]


def test_a_colour_slipped_into_an_answer_is_not_taken(browser_of, register):
    browser = browser_of(OFFICER)
    browser.send(f"{RECOMMENDATION}/status", evidence="We did it", rag="green", aspect="delivered")
    with register.reading() as session:
        newest = recommendations.recommendation(session, RECOMMENDATION.rpartition("/")[2]).history[-1]
    assert (newest.aspect, newest.rag, newest.evidence) == ("answer", None, "We did it")


def test_every_error_of_a_status_is_beside_its_field(browser_of):
    answer = browser_of(CLERK).send(f"{RECOMMENDATION}/status", expect=422, as_at="1 January 2030", evidence_url="javascript:x")
    assert set(errors_beside(answer)[0]) == {"field-aspect", "field-rag", "field-evidence", "field-evidence_url", "field-as_at"}


def test_a_past_choice_is_recorded_with_its_source(browser_of):
    address = f"/priorities/2025-26/{BROMLEY}/record"
    lacking = browser_of(OFFICER).send(address, expect=422, title="Burglary")
    assert set(errors_beside(lacking)[0]) == {"field-sources"}
    made = browser_of(OFFICER).send(
        address, title="Burglary", measure_id="burglary", sources="Minutes of the board", where="item 4"
    )
    read = browser_of().read(made.headers["Location"])
    assert "Ended on 31 March 2026." in read
    assert "Not recorded" in read
    assert "Minutes of the board" in read


def test_a_mandatory_choice_of_the_past_is_recorded_as_one(browser_of, register):
    address = f"/priorities/2019-20/{LEWISHAM}/record"
    made = browser_of(OFFICER).send(address, title="Weapons", measure_id="possession_of_weapons", sort="harm", is_mandatory="yes",
                                    sources="Minutes of the board")  # fmt: skip
    with register.reading() as session:
        record = reading.priority(session, PUBLIC, made.headers["Location"].rpartition("/")[2])
    assert record.is_mandatory


def test_what_was_changed_of_an_action_and_why_is_there_for_anyone_to_read(browser_of, register):
    record = stages.action(register, NOW)
    browser_of(COUNCIL).send(f"/action/{record.id}/change", text="Ask again", why="Nobody answered")
    read = browser_of().read(f"/action/{record.id}")
    assert "from Ask why burglary rose to Ask again" in read
    assert "Nobody answered" in read


def test_a_recommendation_says_accepted_and_delivered_apart_and_what_was_asked_about_it(browser_of):
    about = f"/actions/new?recommendation={RECOMMENDATION.rpartition('/')[2]}&area=E12000007"
    browser_of(CLERK).send(about, text="Ask for June’s", due_on="1 March 2027")
    read = browser_of().read(RECOMMENDATION)
    assert re.search(r"Accepted ?: ?A ?Amber ?Delivered ?: ?not on record", read)
    assert "From the public record, " in read
    assert "command line" not in read
    assert "Ask for June’s" in read


def test_a_judgement_is_shown_with_the_address_it_rests_on(browser_of):
    report = "https://www.london.gov.uk/annual-report"
    browser_of(CLERK).send(
        f"{RECOMMENDATION}/status", aspect="delivered", rag="amber", evidence="Its report", evidence_url=report
    )
    text = browser_of().get(RECOMMENDATION).get_data(as_text=True)
    assert f'href="{report}"' in text
    assert "Source: " in text


def test_a_clerk_records_a_committees_recommendations_one_after_another(browser_of):
    clerk = browser_of(CLERK)
    lacking = clerk.send("/recommendation-sets/new", expect=422, committee="", definition__red="")
    assert set(errors_beside(lacking)[0]) == {
        "field-title", "field-committee", "field-made_on", "field-document", "field-definition-red", "field-short_title",
        "field-wording",
    }  # fmt: skip
    first = clerk.send("/recommendation-sets/new", title="Inquiry of 2026", made_on="1 November 2026", document="Its report",
                       short_title="Publish", wording="Publish it.", owner="MOPAC", due_on="31 March 2027")  # fmt: skip
    page = clerk.get(first.headers["Location"]).get_data(as_text=True)
    (add,) = re.findall(r'href="(/recommendation-sets/[^"]+/add)"', page)
    assert clerk.form(add).values["number"] == ["2"]
    again = clerk.send(add, number="1", short_title="Report", wording="Report back.", expect=422)
    assert set(errors_beside(again)[0]) == {"field-number"}
    second = clerk.send(add, short_title="Report", wording="Report back.", due_words="within six months")
    read = browser_of().read(second.headers["Location"])
    assert "Report back. It asks: nobody by name. Due: within six months." in read
    assert "What you can do" not in read
    # The colours are those of the newest set, until the committee says otherwise; the page of all shows both sets.
    assert "the recommendation has not been accepted" in browser_of(CLERK).read(f"{first.headers['Location']}/status")
    newest = browser_of().read("/recommendations")
    assert "Inquiry of 2026" in newest
    assert "Each has moved within a year" in newest
    assert "Response to the draft Police and Crime Plan 2013-2016" in newest


def test_every_error_of_an_account_is_beside_its_field(browser_of):
    browser = browser_of(ADMIN)
    assert set(errors_beside(browser.send("/accounts/new", expect=422, email="x"))[0]) == {
        "field-name", "field-email", "field-role", "field-body"
    }  # fmt: skip
    typed = {"name": "", "email": "council@example.org", "role": "borough lead", "body": "MOPAC"}
    answer = browser.send("/accounts/new", expect=422, **typed)
    assert set(errors_beside(answer)[0]) == {"field-name", "field-email", "field-body", "field-area_code"}


def test_the_last_administrator_cannot_close_their_own_account(browser_of):
    answer = browser_of(ADMIN).send("/accounts/admin", press="save", is_active="no", expect=422)
    assert "last administrator" in words(answer)


def test_of_two_administrators_changing_an_account_the_second_sees_both_versions(browser_of):
    second = browser_of(ADMIN)
    form = second.form("/accounts/clerk")
    browser_of(ADMIN).send("/accounts/clerk", press="save", name="Fay First")
    response = second.send_form(form, press="save", name="Fay Second", expect=409)
    assert "Fay First" in words(response)
    assert "Fay Second" in words(response)


def test_the_history_says_who_when_what_and_why_and_is_a_file_too(browser_of, register):
    made = stages.proposed(register, NOW)
    browser_of(COUNCIL).send(f"/priority/{made.id}/withdraw", why="=HYPERLINK not now")
    read = browser_of(CLERK).read("/history?kind=priority")
    assert "state: from proposed to withdrawn" in read
    assert "Ada Council, borough lead" in read
    rows = list(csv.DictReader(io.StringIO(browser_of(CLERK).get("/history.csv").get_data(as_text=True))))
    (row,) = [row for row in rows if row["id"] == made.id and row["field"] == "state" and row["to"] == "withdrawn"]
    assert (row["who"], row["from"], row["why"]) == ("Ada Council", "proposed", "'=HYPERLINK not now")


def test_who_has_an_account_is_for_administrators_alone(browser_of):
    assert "example.org" not in browser_of(CLERK).get("/history.csv").get_data(as_text=True)
    assert "example.org" not in browser_of(OFFICER).get("/history?kind=account").get_data(as_text=True)
    assert browser_of().get("/history.csv").status_code == 303


def test_the_public_record_is_one_file_without_accounts(browser_of):
    answer = browser_of().get("/register.json")
    assert answer.get_json()["format"] == "register export 1"
    assert "example.org" not in answer.get_data(as_text=True)
