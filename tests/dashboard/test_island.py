"""The one place where Dash draws: a graph in a page that is whole without it."""

import json
import re

import pytest

from dashboard.island import ADDRESS, CHOICE, EXPLORED, FAILED, GRAPH, GROUP, KEPT, LABEL, NOTICE, SENTENCE, UNUSED
from dashboard.ui.island_place import ENTRY

EXPLORE = "/measure/homicide?explore=yes"


def body_of(page):
    return re.sub(r"<script.*?</script>|\n", "", page.get_data(as_text=True).partition("<body>")[2], flags=re.S)


def sent(app, outputs, inputs, state, *, several=False):
    """What Dash answers when one of its callbacks is called, as the browser calls it."""
    listed = [{"id": name, "property": prop} for name, prop in outputs]
    names = [f"{name}.{prop}" for name, prop in outputs]
    body = {
        "output": f"..{'...'.join(names)}.." if several else names[0],
        "outputs": listed if several else listed[0],
        "inputs": [{"id": name, "property": prop, "value": value} for name, prop, value in inputs],
        "state": [{"id": name, "property": prop, "value": value} for name, prop, value in state],
        "changedPropIds": [f"{name}.{prop}" for name, prop, _ in inputs],
    }
    answer = app.server.test_client().post("/_dash-update-component", json=body)
    assert answer.status_code == 200
    return answer.get_json()


@pytest.fixture
def explored(app):
    """The graph at an address, as Dash asks for it once it has started."""
    return lambda path, query="?explore=yes": sent(
        app, [(EXPLORED, "children")], [(ADDRESS, "pathname", path)], [(ADDRESS, "search", query)]
    )


@pytest.fixture
def chosen(app):
    """What changes when a reader chooses."""
    outputs = [(GRAPH, "figure"), (GROUP, LABEL), (SENTENCE, "children"), (KEPT, "data")]
    return lambda **choices: sent(
        app, outputs, [(CHOICE, "data", choices)], [(ADDRESS, "pathname", "/measure/homicide")], several=True
    )


def test_the_page_is_sent_once_with_a_place_for_the_graph(get):
    still, explored = body_of(get("/measure/homicide")), body_of(get(EXPLORE))
    assert explored.count(f'id="{ENTRY}"') == 1
    for part in ("<h1", 'id="periods"', 'id="definition"', 'id="source"', "</footer>"):
        assert explored.count(part) == still.count(part)


def test_the_reader_without_script_is_told_what_exploring_needs(get):
    inside = body_of(get(EXPLORE)).partition(f'id="{ENTRY}">')[2].partition("</div>")[0]
    assert "this browser must run the scripts of this page" in inside


def test_every_style_element_may_apply(get):
    answer = get(EXPLORE)
    nonces = set(re.findall(r'<style nonce="([^"]+)"', answer.get_data(as_text=True)))
    assert len(nonces) == 1
    assert f"'nonce-{nonces.pop()}'" in answer.headers["Content-Security-Policy"]
    assert get(EXPLORE).get_data(as_text=True) != answer.get_data(as_text=True)


def test_only_code_that_is_used_is_loaded(get):
    bundles = re.findall(r'<script src="([^"]+)"', get(EXPLORE).get_data(as_text=True))
    assert all(bundle.startswith(("/assets/explore.js", "/_dash-component-suites/dash/")) for bundle in bundles)
    assert not any(UNUSED in bundle for bundle in bundles)
    assert all(get(bundle).status_code == 200 for bundle in bundles)


def test_the_graph_holds_the_series_of_the_address(explored):
    words, group = explored("/measure/homicide", "?area=E09000006")["response"][EXPLORED]["children"]
    graph = group["props"]["children"]["props"]
    assert graph["id"] == GRAPH
    assert graph["figure"]["data"][0]["name"] == "Homicide"
    assert words["props"]["children"].startswith("Homicide, Bromley. ")
    assert group["props"][LABEL] == words["props"]["children"]


def test_a_choice_changes_the_lines_the_words_and_the_address_and_keeps_the_look(chosen):
    answer = chosen(area="E09000006", show="count", since="2019-04")["response"]
    changed = {"/".join(map(str, change["location"])) for change in answer[GRAPH]["figure"]["operations"]}
    assert changed == {"data", "layout/annotations", "layout/shapes", "layout/xaxis", "layout/yaxis"}
    assert answer[SENTENCE]["children"].startswith("Homicide, Bromley. ")
    assert answer[KEPT]["data"] == "/measure/homicide?area=E09000006&since=2019-04&explore=yes"


def test_a_choice_without_figures_leaves_the_old_chart_and_says_why(chosen):
    answer = chosen(area="E09000006", since="1850-01")
    assert answer["response"] == {}
    assert "is not a value of “since”" in answer["sideUpdate"][NOTICE]["children"]


def test_the_choices_are_a_form_that_works_without_script(get):
    form = body_of(get(EXPLORE + "&area=E09000006")).partition('id="explore-choices">')[2].partition("</form>")[0]
    assert 'action="/measure/homicide"' in form
    assert 'name="explore"' in form
    assert re.search(r'<option selected value="E09000006">Bromley<', form)


def test_the_graph_sends_nothing_anywhere(explored):
    graph = explored("/measure/homicide")["response"][EXPLORED]["children"][1]["props"]["children"]
    assert (graph["props"]["config"]["showSendToCloud"], graph["props"]["config"]["plotlyServerURL"]) == (False, "")
    assert "https://" not in json.dumps(graph)


def test_a_failed_callback_leaves_the_old_chart_and_says_so(explored, capsys):
    answer = explored("/measure/nothing")
    assert answer["response"] == {}
    assert answer["sideUpdate"][NOTICE]["children"] == FAILED
    assert "callback_failed" in capsys.readouterr().out


@pytest.mark.parametrize("address", ["/_dash-nothing", "/_reload-hash", "/_favicon.ico", "/_dash-layout/x"])
def test_dash_answers_no_address_but_those_the_island_needs(get, address):
    assert get(address).status_code == 404


def test_a_file_of_code_that_is_not_there_is_not_found(get):
    assert get("/_dash-component-suites/nothing/at.js").status_code == 404
