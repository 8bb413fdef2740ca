"""A priority through its forms: errors beside their fields, drafts unseen, two people agreeing, two editors at once."""

import json
import re
from datetime import timedelta

import pytest

from dashboard.register import reading
from dashboard.register.permissions import PUBLIC, State
from tests.dashboard.web import stages
from tests.dashboard.web.browser import Form, errors_beside, words
from tests.dashboard.web.conftest import NOW
from tests.dashboard.web.test_guard import IN_THE_YEAR
from tests.register.people import ADMIN, BROMLEY, CLERK, COUNCIL, COUNCIL_TOO, EVERYONE, LEWISHAM, LONDON, MAYOR, OFFICER, POLICE

PROPOSE = f"/priorities/2027-28/{LEWISHAM}/propose"
WHOLE = {
    "title": "Residential burglary",
    "sort": "volume",
    "measure_id": "burglary_residential",
    "carried": "new",
    "rationale": "Above its range for two years",
    "residents_asked": "Ward panels asked for burglary and for noise",
    "residents_answered": "Burglary is chosen; noise is the council’s own work",
    "success__improving": "Fewer than the range gives",
    "success__over": "2027/28",
    "success__measure_ids": ["burglary_residential"],
    "success__not_counted": "A change of recording",
    "notice_days": "28",
    "in_force_from": "1 April 2027",
    "review_on": "30/04/2028",
}


def identity(answer):
    return answer.headers["Location"].rpartition("/")[2]


def record_read(register, priority_id, viewer=PUBLIC):
    with register.reading() as session:
        return reading.priority(session, viewer, priority_id)


def test_a_whole_proposal_is_public_with_everything_that_was_typed(browser_of, register):
    answer = browser_of(COUNCIL).send(PROPOSE, press="propose", **WHOLE)
    made = record_read(register, identity(answer))
    assert made.state is State.PROPOSED
    assert (made.area_code, made.financial_year, made.plan_id) == (LEWISHAM, "2027/28", "2025-2029")
    read = browser_of().read(answer.headers["Location"])
    for typed in (
        "Residential burglary",
        "Above its range",
        "Ward panels",
        "noise is the council’s own",
        "A change of recording",
        "30 April 2028",
    ):
        assert typed in read


def test_the_evidence_is_kept_as_it_stood(browser_of, register):
    made = record_read(register, identity(browser_of(COUNCIL).send(PROPOSE, press="propose", **WHOLE)))
    rows = {row["measure"]: row for row in made.evidence_sheet["rows"]}
    assert made.evidence_sheet["release"]
    assert rows["burglary"]["letter"] in set("BWCAMENTXPLU")
    assert json.dumps(made.evidence_sheet)


def test_every_error_of_a_proposal_is_said_beside_its_field_and_at_the_top(browser_of):
    answer = browser_of(COUNCIL).send(PROPOSE, press="propose", expect=422, notice_days="3")
    beside, links = errors_beside(answer)
    assert beside == links
    wrong = {
        "title", "sort", "measure_id", "carried", "rationale", "residents_asked", "residents_answered", "success-improving",
        "success-over", "success-measure_ids", "success-not_counted", "notice_days", "in_force_from", "review_on",
    }  # fmt: skip
    assert set(beside) == {f"field-{name}" for name in wrong}
    text = answer.get_data(as_text=True)
    assert all(f'id="{anchor}"' in text for anchor in links)
    assert "<title>Error: Propose a priority" in text


def test_a_control_says_that_it_is_wrong_and_why(browser_of):
    text = browser_of(COUNCIL).send(PROPOSE, press="propose", expect=422).get_data(as_text=True)
    (control,) = re.findall('<input[^>]*id="field-title"[^>]*>', text)
    assert 'aria-describedby="field-title-hint field-title-error"' in control
    assert 'aria-invalid="true"' in control


@pytest.mark.parametrize("day", ["31 February 2027", "soon", "1/13/2027", "2027", "1 J 2027", "٣ April 2027"])
def test_a_date_that_cannot_be_read_is_named_and_stays_as_typed(browser_of, day):
    answer = browser_of(COUNCIL).send(PROPOSE, press="save", expect=422, title="Burglary", in_force_from=day)
    assert "Write the date" in errors_beside(answer)[0]["field-in_force_from"]
    assert Form(answer.get_data(as_text=True)).values["in_force_from"] == [day]


@pytest.mark.parametrize("day", ["1 April 2027", "01/04/2027", "1/4/2027", "2027-04-01", "1st apr 2027", " 1 APRIL 2027 "])
def test_a_day_is_understood_however_it_is_written(browser_of, register, day):
    made = identity(browser_of(COUNCIL).send(PROPOSE, press="save", title="Burglary", in_force_from=day))
    assert f"{record_read(register, made, COUNCIL).in_force_from}" == "2027-04-01"


def test_nothing_typed_is_lost_when_something_is_wrong(browser_of):
    typed = WHOLE | {"review_on": "never", "rationale": "\nStarts with an empty line\n<b>& “quotes”</b>\n", "notice_days": "many"}
    answer = browser_of(COUNCIL).send(PROPOSE, press="propose", expect=422, **typed)
    values = Form(answer.get_data(as_text=True)).values
    for name, value in typed.items():
        assert values[name.replace("__", ".")] == (value if isinstance(value, list) else [value])
    assert set(errors_beside(answer)[0]) == {"field-review_on", "field-notice_days"}


@pytest.mark.parametrize(
    "strange",
    [
        {"measure_id": "drop table"},
        {"sort": "<script>"},
        {"carried": "old"},
        {"success__measure_ids": ["nothing"]},
        {"title": "x" * 300},
    ],
)
def test_an_answer_that_is_none_of_the_choices_is_refused(browser_of, strange):
    answer = browser_of(COUNCIL).send(PROPOSE, press="propose", expect=422, **(WHOLE | strange))
    assert errors_beside(answer)[0]
    assert "<script>" not in answer.get_data(as_text=True).split("<main")[1]


def test_a_draft_needs_no_more_than_a_name(browser_of, register):
    answer = browser_of(COUNCIL).send(PROPOSE, press="save", title="Burglary")
    assert record_read(register, identity(answer), COUNCIL).state is State.DRAFT


def test_a_draft_is_filled_in_and_proposed_later(browser_of, register):
    browser = browser_of(COUNCIL)
    address = browser.send(PROPOSE, press="save", title="Burglary").headers["Location"]
    browser.send(f"{address}/edit", press="propose", expect=422, rationale="Only this")
    browser.send(f"{address}/edit", press="propose", **WHOLE)
    assert record_read(register, identity_of(address)).state is State.PROPOSED


def identity_of(address):
    return address.rpartition("/")[2]


@pytest.mark.parametrize(
    "viewer", [None, *(person for person in EVERYONE if person is not COUNCIL)], ids=lambda p: p.account_id if p else "public"
)
def test_a_draft_is_invisible_to_everyone_else_everywhere(app, browser_of, register, viewer):
    secret = "Zebra crossing burglary"
    made = stages.draft(register, NOW, title=secret, rationale=f"{secret} because", financial_year="2026/27")
    assert secret in browser_of(COUNCIL).read(f"/priority/{made.id}")
    assert secret in browser_of(COUNCIL).read("/my-work")
    browser = browser_of(viewer)
    filled = {"priority_id": made.id, "path": "priorities", "year": "2027-28", "area_code": LEWISHAM, "account_id": "council"}
    filled |= {"commentary_id": made.id, "action_id": made.id, "recommendation_id": made.id}
    seen = []
    for rule in app.server.url_map.iter_rules():
        if (
            "GET" not in rule.methods
            or not set(rule.arguments) <= set(filled)
            or rule.rule.startswith(("/_dash", "/assets", "/static"))
        ):
            continue
        address = rule.rule
        for name in rule.arguments:
            address = address.replace(f"<path:{name}>", filled[name]).replace(f"<{name}>", filled[name])
        answer = browser.get(address)
        if secret.encode() in answer.get_data():
            seen.append(address)
    for address in (
        "/priorities",
        f"/borough/{LEWISHAM}",
        "/",
        "/recommendations",
        "/history?kind=priority",
        f"/download/borough/{LEWISHAM}",
    ):
        if secret.encode() in browser.get(address).get_data():
            seen.append(address)
    assert seen == []
    missing, hidden = browser.get("/priority/nothing"), browser.get(f"/priority/{made.id}")
    assert (missing.status_code, words(missing)) == (hidden.status_code, words(hidden))


def test_the_file_of_the_public_record_holds_nobodys_draft_not_even_ones_own(browser_of, register):
    stages.draft(register, NOW, title="Zebra crossing burglary")
    assert "Zebra" not in browser_of(COUNCIL).get("/register.json").get_data(as_text=True)


def test_two_people_from_different_bodies_agree_and_the_range_is_fixed_or_its_absence_explained(browser_of, register):
    address = browser_of(COUNCIL).send(PROPOSE, press="propose", **WHOLE).headers["Location"]
    browser_of(COUNCIL).send(f"{address}/agree")
    assert record_read(register, identity_of(address)).state is State.PROPOSED
    assert browser_of(COUNCIL_TOO).get(f"{address}/agree").status_code == 403
    browser_of(POLICE).send(f"{address}/agree", minute_link="https://lewisham.example.org/minutes/7")
    made = record_read(register, identity_of(address))
    assert made.state is State.AGREED
    (fixed,) = made.expected_ranges
    assert (fixed.measure_id, fixed.area_code, fixed.fixed_on) == ("burglary_residential", LEWISHAM, NOW.date())
    assert fixed.release_id == made.evidence_sheet["release"]
    assert fixed.editions
    assert fixed.points or fixed.refused
    read = browser_of().read(address)
    assert "Ada Council" in read
    assert "Bob Police" in read
    assert f"Fixed on 22 November 2026 from release {fixed.release_id}" in read


def test_a_minute_that_is_no_address_is_said_beside_its_field(browser_of, register):
    made = stages.proposed(register, NOW)
    answer = browser_of(POLICE).send(f"/priority/{made.id}/agree", expect=422, minute_link="javascript:alert(1)")
    assert list(errors_beside(answer)[0]) == ["field-minute_link"]
    assert Form(answer.get_data(as_text=True)).values["minute_link"] == ["javascript:alert(1)"]


def test_a_priority_goes_from_draft_to_end_through_the_forms(browser_of, register, clock):
    address = browser_of(COUNCIL).send(PROPOSE, press="propose", **WHOLE).headers["Location"]
    browser_of(CLERK).send(f"{address}/comment", said_by="A resident of Catford", capacity="resident", text="Please do")
    for person in (COUNCIL, OFFICER):
        browser_of(person).send(f"{address}/agree")
    early = browser_of(MAYOR).send(f"{address}/bring-into-force", expect=422)
    assert "The notice runs to 20 December 2026" in words(early)
    clock.now = NOW + timedelta(days=140)
    browser_of(MAYOR).send(f"{address}/bring-into-force")
    browser_of(OFFICER).send(f"{address}/review", review_on="1 June 2028", why="A month more")
    assert "field-why" in errors_beside(browser_of(OFFICER).send(f"{address}/end", on="2 April 2027", expect=422))[0]
    browser_of(OFFICER).send(f"{address}/end", on="2 April 2027", why="Replaced by another")
    made = record_read(register, identity_of(address))
    assert made.state is State.ENDED
    read = browser_of().read(address)
    for phrase in ("A resident of Catford", "Please do", "Replaced by another", "A month more", "Ended on 2 April 2027."):
        assert phrase in read


def test_two_editors_at_once_the_second_sees_both_and_loses_nothing(browser_of, register):
    made = stages.draft(register, NOW)
    one, other = browser_of(COUNCIL), browser_of(COUNCIL)
    address = f"/priority/{made.id}/edit"
    second = other.form(address)
    one.send(address, press="save", title="Burglary of homes", rationale="From the first window")
    response = other.send_form(
        second, press="save", expect=409, title="Burglary of shops", rationale="From the second window\n& more"
    )
    read = words(response)
    for phrase in (
        "Someone changed this while you were writing",
        "Burglary of homes",
        "Burglary of shops",
        "From the first window",
    ):
        assert phrase in read
    form = Form(response.get_data(as_text=True))
    assert (form.values["title"], form.values["rationale"]) == (["Burglary of shops"], ["From the second window\n& more"])
    assert record_read(register, made.id, COUNCIL).title == "Burglary of homes"
    other.send_form(form, press="save")
    assert record_read(register, made.id, COUNCIL).title == "Burglary of shops"


def test_two_people_rewriting_a_proposal_the_second_is_told(browser_of, register):
    made = stages.proposed(register, NOW)
    address = f"/priority/{made.id}/edit"
    second = browser_of(OFFICER)
    form = second.form(address)
    browser_of(COUNCIL).send(address, title="Burglary of homes", why="Clearer")
    response = second.send_form(form, expect=409, title="Burglary everywhere", why="Wider")
    assert "Burglary of homes" in words(response)
    assert "Burglary everywhere" in words(response)


def test_what_was_typed_for_a_priority_that_can_no_longer_be_rewritten_is_shown(browser_of, register):
    made = stages.proposed(register, NOW)
    browser = browser_of(COUNCIL)
    form = browser.form(f"/priority/{made.id}/edit")
    for person in (POLICE, OFFICER):
        browser_of(person).send(f"/priority/{made.id}/agree")
    response = browser.send_form(form, expect=403, rationale="An hour of writing", why="Clearer")
    assert "What you typed was not saved" in words(response)
    assert "An hour of writing" in words(response)


def test_signing_a_text_that_has_changed_since_it_was_opened_is_stopped(browser_of, register):
    made = stages.proposed(register, NOW)
    police = browser_of(POLICE)
    form = police.form(f"/priority/{made.id}/agree")
    browser_of(COUNCIL).send(f"/priority/{made.id}/edit", title="Something else altogether", why="Changed my mind")
    response = police.send_form(form, expect=409)
    assert "Someone changed this priority" in words(response)
    assert record_read(register, made.id).signatures == ()


def test_rewriting_a_proposal_needs_a_reason_and_takes_the_signatures_back(browser_of, register):
    made = stages.proposed(register, NOW)
    browser_of(POLICE).send(f"/priority/{made.id}/agree")
    browser = browser_of(COUNCIL)
    answer = browser.send(f"/priority/{made.id}/edit", expect=422, title="Burglary of homes")
    assert list(errors_beside(answer)[0]) == ["field-why"]
    browser.send(f"/priority/{made.id}/edit", title="Burglary of homes", why="Clearer")
    assert "an earlier text" in browser_of().read(f"/priority/{made.id}")


def test_a_version_that_nobody_saw_is_never_written_over(browser_of, register):
    made = stages.draft(register, NOW)
    for version in ("", "x", "999999999999", "-1"):
        form = browser_of(COUNCIL)
        response = form.send(f"/priority/{made.id}/edit", press="save", expect=409, version=version, title="Burglary of homes")
        assert "Someone changed this" in words(response)


@pytest.mark.parametrize(
    "address",
    [f"/priorities/2027-29/{LEWISHAM}/propose", "/priorities/2027-28/E99/propose", f"/priorities/2060-61/{LEWISHAM}/propose"],
)
def test_a_year_or_place_that_is_none_has_no_form(browser_of, address):
    assert browser_of(OFFICER).get(address).status_code == 404


def test_a_lead_has_no_form_for_another_borough_nor_for_london(browser_of):
    browser = browser_of(COUNCIL)
    assert browser.get(f"/priorities/2027-28/{BROMLEY}/propose").status_code == 403
    assert browser.get(f"/priorities/2027-28/{LONDON}/propose").status_code == 403


def test_a_london_wide_priority_names_the_measures_it_is_read_by(browser_of, register):
    address = f"/priorities/2027-28/{LONDON}/propose"
    common = {name: WHOLE[name] for name in ("rationale", "notice_days", "in_force_from", "review_on") if name in WHOLE}
    common |= {name: value for name, value in WHOLE.items() if name.startswith("success")}
    lacking = browser_of(OFFICER).send(address, press="propose", expect=422, title="Fewer robbed", **common)
    assert "Name at least one measure" in words(lacking)
    made = browser_of(OFFICER).send(
        address, press="propose", title="Fewer robbed", basket__robbery_personal="volume", basket__homicide="harm", **common
    )
    record = record_read(register, identity(made))
    assert (record.basket.volume, record.basket.harm) == (("robbery_personal",), ("homicide",))
    assert "Personal robbery" in browser_of().read(made.headers["Location"])


def test_buttons_are_shown_only_for_moves_the_table_allows(browser_of, register):
    made = stages.proposed(register, NOW)
    address = f"/priority/{made.id}"
    ends = ("say", "comment", "edit", "agree", "withdraw", "end", "bring-into-force")
    # Without an account there is one thing to do about a proposal: say what one thinks of it.
    public = browser_of().get(address).get_data(as_text=True)
    assert [end for end in ends if f'{address}/{end}"' in public] == ["say"]
    council = browser_of(COUNCIL).get(address).get_data(as_text=True)
    assert [end for end in ends if f"{address}/{end}" in council] == ["comment", "edit", "agree", "withdraw"]
    assert "What you can do" not in browser_of(ADMIN).get(address).get_data(as_text=True)


def test_an_example_is_marked_and_offers_no_forms(browser_of, register):
    with register.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE priority SET is_example = 1 WHERE id = 'bromley-2017-18-burglary'")
    page = browser_of(OFFICER).get("/priority/bromley-2017-18-burglary").get_data(as_text=True)
    assert ">Example<" in page
    assert "What you can do" not in page


def test_what_is_not_recorded_of_a_past_priority_says_so(browser_of):
    read = browser_of().read("/priority/bromley-2017-18-burglary")
    assert "Not recorded" in read
    assert "No agreement recorded" in read


def test_my_work_lists_what_waits_for_each(browser_of, register, clock):
    made = stages.proposed(register, NOW)
    assert "For you to agree" in browser_of(POLICE).read("/my-work")
    assert f"/priority/{made.id}/agree" in browser_of(POLICE).get("/my-work").get_data(as_text=True)
    browser_of(POLICE).send(f"/priority/{made.id}/agree")
    assert "For you to agree" not in browser_of(POLICE).read("/my-work")
    clock.now = IN_THE_YEAR
    stages.agreed(register, IN_THE_YEAR - timedelta(days=40), measure_id="robbery", title="Robbery", **stages.THIS_YEAR)
    assert "To be brought into force" in browser_of(MAYOR).read("/my-work")
    assert "To be brought into force" not in browser_of(COUNCIL).read("/my-work")
