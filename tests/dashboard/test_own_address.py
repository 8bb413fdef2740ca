"""No address of ours leads to another site, however it is written."""

import re
from urllib.parse import quote, urljoin, urlsplit

import pytest

from dashboard.site.own_address import own_address, own_address_of
from dashboard.web.typed_fields import safe_address
from tests.dashboard.hostile import paths, sent

OWN = re.compile(r"/(?:[A-Za-z0-9%._~!$&'()*+,;=:@-][\x21-\x5b\x5d-\x7e]*)?|/[?#][\x21-\x5b\x5d-\x7e]*")
HERE = "http://localhost:8050/borough/x"


def stays(location):
    """Whether a browser takes it for a path of this site: it drops tabs, and reads a backslash as a slash."""
    as_a_browser = re.sub(r"[\t\r\n]", "", location).strip().replace("\\", "/")
    return OWN.fullmatch(location) and urlsplit(urljoin(HERE, as_a_browser))[:2] == ("http", "localhost:8050")


def test_whatever_is_written_becomes_a_path_of_this_site():
    for path in paths(1, 700):
        for address in (
            own_address(path),
            own_address(path, path),
            own_address_of(path),
            own_address_of(quote(path)),
            safe_address(path),
        ):
            assert stays(address), (path, address)
            assert own_address_of(address) == address, path


@pytest.mark.parametrize(
    ("path", "query", "address"),
    [
        ("/data/", "", "/data"),
        ("/measure/homicide/", "area=E09000006&show=count", "/measure/homicide?area=E09000006&show=count"),
        ("/é%/", "q=é&x=%C3%A9&y=%", "/%C3%A9%25?q=%C3%A9&x=%C3%A9&y=%25"),
        ("/\t/elsewhere.example/", "", "/%09/elsewhere.example"),
        ("//elsewhere.example/", "", "/elsewhere.example"),
        ("/" + "é" * 3_000, "", "/"),
        ("", "", "/"),
    ],
)
def test_an_address_of_ours_stays_what_it_was(path, query, address):
    assert own_address(path, query) == address


def test_a_link_keeps_its_query_and_its_place():
    assert own_address_of("/measure/homicide?explore=yes#explore") == "/measure/homicide?explore=yes#explore"


@pytest.mark.parametrize("before", ["", "/download", "/borough", "/measure/homicide", "/chart/live/line/x"])
def test_no_answer_of_the_site_leads_off_it(app, before):
    for path in paths(len(before) + 2, 80):
        if own_address(path) == "/":
            continue
        for end in ("", "/"):
            answer = sent(app, f"{before}{path}{end}")
            assert answer.status_code < 500, path
            location = answer.headers.get("Location")
            assert location is None or stays(location), (path, location)


@pytest.mark.parametrize(
    "address", ["/%09/host/", "/%0a/", "/%09//host/", "/%00/", "/a%7f/", "/%0d%0aSet-Cookie:a=b/", "/%ff/", "/%c0%af/x/"]
)
def test_signs_that_are_no_letters_are_refused_in_a_sentence(app, address):
    answer = sent(app, address)
    assert answer.status_code == 400
    assert "Location" not in answer.headers
    assert answer.get_data(as_text=True) == "This address holds signs that no address of this site has.\n"
