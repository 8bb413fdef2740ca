"""Whatever is sent to any address there is: answered in a sentence or a page, never with a failure, never with a script."""

import random
import re
from html import escape

import pytest
from lxml import html

from dashboard.factory import all_pages
from dashboard.island import ADDRESS, CHOICE, EXPLORED, GRAPH, GROUP, KEPT, LABEL, SENTENCE
from tests.dashboard.hostile import BODIES, HEADERS, VALUES, calls, headers, queries, sent
from tests.try_pages import TRY

METHODS = ("OPTIONS", "TRACE", "PUT", "DELETE", "PATCH", "CONNECT", "PROPFIND", "get", "", "G<T", "POST", "HEAD", "\u00e9")
CHEAP = (
    "/",
    TRY,
    "/nothing",
    "/data/words",
    "/health",
    "/robots.txt",
    "/favicon.ico",
    "/sign-in",
    "/assets/favicon.svg",
    "/borough/x",
)
POLICY = re.compile(r"default-src 'none'")
LEADS_TO_CODE = re.compile(r"\s*(?:javascript|vbscript|data):", re.IGNORECASE)
LED_TO = frozenset({"href", "src", "action", "formaction", "xlink:href", "data"})


def every_address(app):
    """One address for each rule of the url map, its arguments filled with what is nothing."""
    rules = sorted({rule.rule for rule in app.server.url_map.iter_rules()})
    pages = {page.path for page in all_pages()} | {f"/download{page.path}" for page in all_pages() if page.download}
    island = ("/_dash-layout", "/_dash-dependencies", "/_dash-update-component", "/_dash-component-suites/dash/x.js")
    return [re.sub(r"<[^>]*>", "x", rule) for rule in (*rules, *sorted(pages), *island)]


@pytest.fixture
def quiet(app, capsys):
    """Fails where anything that was asked left a traceback in the log."""
    yield
    written = capsys.readouterr()
    assert "Traceback" not in written.out + written.err
    assert "request_failed" not in written.out


def what_runs(page):
    """What of a page a browser would run or follow into code, as (tag, attributes): the site's own scripts are left out."""
    elements = [e for e in html.document_fromstring(page).iter() if isinstance(e.tag, str)]
    scripts = [e for e in elements if e.tag == "script" and not (e.get("nonce") or re.match("/(?!/)", e.get("src", "")))]
    handlers = [e for e in elements if any(name.lower().startswith("on") for name in e.attrib)]
    links = [e for e in elements if any(n.lower() in LED_TO and LEADS_TO_CODE.match(to) for n, to in e.attrib.items())]
    return [(e.tag, dict(e.attrib)) for e in (*scripts, *handlers, *links)]


def check(answer, what):
    assert answer.status_code < 500, what
    assert POLICY.search(answer.headers["Content-Security-Policy"]), what
    assert answer.headers["X-Content-Type-Options"] == "nosniff", what
    if answer.mimetype == "text/html" and "Content-Encoding" not in answer.headers:
        if page := answer.get_data(as_text=True).strip():
            assert what_runs(page) == [], what
        assert "unsafe-eval" not in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    "written",
    [
        "<script>x</script>",
        '<script src="//evil"></script>',
        "<p><img src=x onerror=x>",
        "<svg onload=x>",
        "<a href=' JavaScript:x'>",
    ],
)
def test_what_would_run_is_seen(written):
    assert what_runs(f"<title>x</title>{written}")
    assert what_runs(f"<title>{escape(written)}</title><p>{escape(written)}") == []


def test_no_method_of_any_address_is_a_failure(app, register, quiet):
    for address in every_address(app):
        if address in {page.path for page in all_pages()} or address.startswith("/download"):
            continue
        for method in METHODS:
            answer = sent(app, address, method=method)
            check(answer, (method, address))
            if method not in ("OPTIONS", "POST", "HEAD", "GET"):
                assert answer.status_code == 405, (method, address)
                assert answer.headers["Allow"], (method, address)


def test_no_header_is_a_failure(app, register, quiet):
    for number, nonsense in enumerate(headers(3, 240)):
        check(sent(app, CHEAP[1 + number % (len(CHEAP) - 1)], headers=nonsense), nonsense)
    for name, values in HEADERS.items():
        for value in values:
            check(sent(app, TRY, headers={name: value}), (name, value))


def test_no_form_is_a_failure_whoever_sends_it(app, register, quiet):
    forms = sorted({rule.rule for rule in app.server.url_map.iter_rules() if "POST" in rule.methods})
    assert len(forms) > 10
    for number, rule in enumerate(forms):
        address = re.sub(r"<[^>]*>", "x", rule)
        for body, kind in BODIES[number % 2 :: 2]:
            answer = sent(app, address, method="POST", body=body, kind=kind, headers={"Origin": "http://localhost"})
            check(answer, (address, body[:40], kind))
            assert answer.status_code >= 400, (address, body[:40], kind)


def test_no_query_is_a_failure_and_none_runs_a_script(app, register, quiet):
    for query in queries(4, 150, ("form", "next", "kind", "area", "period", "code", "state")):
        for address in (TRY, "/sign-in"):
            check(sent(app, address, query=query), (address, query))
    for rule in (
        "/actions",
        "/history",
        "/my-work",
        "/sign-in/oidc",
        "/sign-in/oidc/callback",
        "/commentary/new",
        "/priority/x",
        "/register.json",
    ):
        for query in queries(len(rule), 6, ("next", "kind", "area", "code", "state", "measure", "period")):
            check(sent(app, rule, query=query), (rule, query))


@pytest.mark.slow
def test_no_option_of_any_page_runs_what_it_is_given(app, register, quiet):
    chance = random.Random(5)
    for page in all_pages():
        for option in page.options:
            for value in chance.sample(VALUES, 8):
                answer = app.server.test_client().get(page.addresses[0].partition("?")[0], query_string={option.name: value})
                check(answer, (page.path, option.name, value))


GOOD = (
    {
        "output": f"{EXPLORED}.children",
        "outputs": {"id": EXPLORED, "property": "children"},
        "inputs": [{"id": ADDRESS, "property": "pathname", "value": "/measure/nothing"}],
        "state": [{"id": ADDRESS, "property": "search", "value": "?explore=yes"}],
        "changedPropIds": [f"{ADDRESS}.pathname"],
    },
    {
        "output": f"..{GRAPH}.figure...{GROUP}.{LABEL}...{SENTENCE}.children...{KEPT}.data..",
        "outputs": [{"id": GRAPH, "property": "figure"}, {"id": GROUP, "property": LABEL}],
        "inputs": [{"id": CHOICE, "property": "data", "value": {"area": "E1", "show": "count"}}],
        "state": [{"id": ADDRESS, "property": "pathname", "value": "/measure/nothing"}],
        "changedPropIds": [f"{CHOICE}.data"],
    },
)


def test_no_call_of_the_island_is_a_failure(app, quiet):
    statuses = []
    for body in calls(6, 450, GOOD):
        answer = sent(app, "/_dash-update-component", method="POST", body=body, kind="application/json")
        check(answer, body[:200])
        statuses.append(answer.status_code)
    assert statuses.count(400) > 150
    assert {200, 204, 400, 413} >= set(statuses)


@pytest.mark.parametrize(
    "path",
    [
        "/assets/../app.py",
        "/assets/..%2fapp.py",
        "/assets/%2e%2e/%2e%2e/etc/passwd",
        "/assets/....//app.py",
        "/assets//etc/passwd",
        "/assets/..\\app.py",
        "/assets/",
        "/assets/.",
        "/assets/%00favicon.svg",
        "/assets/favicon.svg%00.css",
        "/chart/live/../../app.py/x/y.svg",
        "/chart/live/line/..%2f..%2fapp/x.svg",
        "/chart/..%2f..%2fx/line/homicide/E09000006.svg",
        "/download/../app.py",
        "/download/..%2f..%2fapp.py",
        "/download//etc/passwd",
        "/download/download/data",
        "/_dash-component-suites/../app.py",
        "/_dash-component-suites/dash/../../../app.py",
        "/_dash-component-suites/dash/..%2f..%2f..%2fapp.py",
        "/_dash-component-suites/os/path.py",
        "/_dash-component-suites/dash/",
        "/_dash-component-suites/",
        "/_dash-component-suites/%00",
    ],
)
def test_no_path_leads_to_a_file_that_is_not_offered(app, quiet, path):
    answer = sent(app, path)
    check(answer, path)
    assert answer.status_code != 200
    assert b"import" not in answer.data.partition(b"<body")[0]
