"""The address bar: what may be asked for, and what a reader is told about anything else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.figures.view import NotUnderstood, Option, href, printable, view_of

FORM = Option("form", ("count", "rate"), "count")
AGAINST = Option("against", lambda: ("E09000006", "E09000007", "E09000008"), many=True)
OPTIONS = (FORM, AGAINST)
PLACE = "/borough/<code>"


def view(path="/borough/E09000006", query=""):
    return view_of(PLACE, OPTIONS, path, query)[0]


def test_a_path_fills_the_arguments_of_its_template():
    assert view("/borough/BCU-SN").argument("code") == "BCU-SN"


@pytest.mark.parametrize(
    "path", ["/borough/", "/borough/a/b", "/borough/<script>", "/borough/..", "/boroughs/x", "/borough/%00", "/"]
)
def test_path_that_does_not_match_the_template_is_no_view(path):
    assert view_of(PLACE, (), path, "") is None


def test_default_choices_stay_out_of_the_address():
    chosen_view = view(query="?form=count")
    assert (chosen_view.choice("form"), chosen_view.choices("against")) == ("count", ())
    assert chosen_view.address == "/borough/E09000006"


def test_blank_form_field_counts_as_no_choice():
    assert view(query="form=&against=").address == "/borough/E09000006"


def test_choices_in_any_order_give_one_canonical_address():
    assert view(query="?against=E09000007,E09000006&form=rate") == view(query="?form=rate&against=E09000007,E09000006")
    assert view(query="?against=E09000007&form=rate").address == "/borough/E09000006?form=rate&against=E09000007"


def test_a_link_changes_one_choice_and_keeps_the_others():
    chosen_view = view(query="?form=rate&against=E09000007")
    assert chosen_view.link(form="count") == "/borough/E09000006?against=E09000007"
    assert chosen_view.link(against=()) == "/borough/E09000006?form=rate"
    assert chosen_view.link(against=("E09000006", "E09000008")) == "/borough/E09000006?form=rate&against=E09000006,E09000008"


def test_a_value_that_is_not_allowed_is_named_with_those_that_are():
    with pytest.raises(NotUnderstood, match="“rat” is not a value of “form”") as refusal:
        view(query="?form=rat")
    assert refusal.value.known == ("rate", "count")


def test_option_given_twice_is_refused():
    with pytest.raises(NotUnderstood, match="more than once"):
        view(query="?form=rate&form=count")


def test_unknown_options_are_reported_but_tracking_parameters_are_not():
    _, unknown = view_of(PLACE, OPTIONS, "/borough/E09000006", "?colour=red&utm_source=mail&fbclid=1&<b>=2")
    assert unknown == ("colour", "<b>")


def test_an_address_is_written_from_its_template():
    assert href(PLACE, {"code": "E09000006"}, form="rate") == "/borough/E09000006?form=rate"
    assert href("/data") == "/data"
    with pytest.raises(KeyError):
        href(PLACE)


@given(st.text(max_size=300), st.text(max_size=300))
def test_any_address_is_either_understood_or_refused(path, query):
    try:
        understood = view_of(PLACE, OPTIONS, path, query)
    except NotUnderstood as refusal:
        expected = str(refusal)
    else:
        expected = ""
    assert len(expected) < 400
    assert expected or understood is None or set(understood[0].choices("form")) <= {"count", "rate"}


@given(st.text())
def test_text_echoed_to_the_reader_is_short_and_on_one_line(text):
    assert len(printable(text)) <= 80
    assert printable(text).isprintable() or not text
