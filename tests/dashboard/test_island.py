"""The one place where Dash draws: a graph in a page that is whole without it."""

import json
import re

import pytest

from dashboard.island import EXPLORED, FAILED, GRAPH, NOTICE, UNUSED
from dashboard.ui.island_place import ENTRY

EXPLORE = "/measure/homicide?explore=yes"


def body_of(page):
    return re.sub(r"<script.*?</script>|\n", "", page.get_data(as_text=True).partition("<body>")[2], flags=re.S)


@pytest.fixture
def asked(app):
    """Sends what the browser sends once Dash has started at an address."""

    def ask(path, query="?explore=yes"):
        body = {
            "output": f"{EXPLORED}.children",
            "outputs": {"id": EXPLORED, "property": "children"},
            "inputs": [{"id": "explore-address", "property": "pathname", "value": path}],
            "state": [{"id": "explore-address", "property": "search", "value": query}],
            "changedPropIds": ["explore-address.pathname"],
        }
        answer = app.server.test_client().post("/_dash-update-component", json=body)
        assert answer.status_code == 200
        return answer.get_json()

    return ask


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
    assert all(bundle.startswith(("/assets/before-dash.js", "/_dash-component-suites/dash/")) for bundle in bundles)
    assert not any(UNUSED in bundle for bundle in bundles)
    assert all(get(bundle).status_code == 200 for bundle in bundles)


def test_the_graph_holds_the_series_of_the_address(asked):
    graph = asked("/measure/homicide")["response"][EXPLORED]["children"]["props"]
    assert graph["id"] == GRAPH
    assert graph["figure"]["data"][0]["name"] == "Homicide"


def test_the_graph_sends_nothing_anywhere(asked):
    graph = asked("/measure/homicide")["response"][EXPLORED]["children"]
    assert (graph["props"]["config"]["showSendToCloud"], graph["props"]["config"]["plotlyServerURL"]) == (False, "")
    assert "https://" not in json.dumps(graph)


def test_a_failed_callback_leaves_the_old_chart_and_says_so(asked, capsys):
    answer = asked("/measure/nothing")
    assert answer["response"] == {}
    assert answer["sideUpdate"][NOTICE]["children"] == FAILED
    assert "callback_failed" in capsys.readouterr().out


@pytest.mark.parametrize("address", ["/_dash-nothing", "/_reload-hash", "/_favicon.ico", "/_dash-layout/x"])
def test_dash_answers_no_address_but_those_the_island_needs(get, address):
    assert get(address).status_code == 404


def test_a_file_of_code_that_is_not_there_is_not_found(get):
    assert get("/_dash-component-suites/nothing/at.js").status_code == 404
