"""Signing in with an organisation's account, against a real provider over HTTP."""

from datetime import timedelta

import pytest
import requests

from dashboard.features.accounts.provider_routes import NOT_SIGNED_IN
from dashboard.web.limits import LIMITS
from tests.dashboard.web.browser import words
from tests.dashboard.web.conftest import NOW
from tests.register.provider import Provider


@pytest.fixture
def provider(monkeypatch, register):
    opened = Provider(NOW)
    monkeypatch.setenv("OIDC_ISSUER", opened.issuer)
    monkeypatch.setenv("OIDC_CLIENT_ID", opened.client_id)
    monkeypatch.setenv("OIDC_CLIENT_SECRET", opened.client_secret)
    yield opened
    opened.close()


def begin(browser, then=""):
    answer = browser.get(f"/sign-in/oidc{then}")
    assert answer.status_code == 303, words(answer)
    return answer


def sent_back(answer):
    """What the provider sends the browser back with."""
    location = requests.get(answer.headers["Location"], allow_redirects=False, timeout=10).headers["Location"]
    return location.removeprefix("http://localhost")


def test_the_way_in_is_offered_only_where_a_provider_is_set_up(browser_of, monkeypatch):
    for name in ("OIDC_ISSUER", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET"):
        monkeypatch.delenv(name, raising=False)
    assert "organisation" not in browser_of().read("/sign-in")
    assert browser_of().get("/sign-in/oidc").status_code == 404
    assert browser_of().get("/sign-in/oidc/callback?code=x&state=y").status_code == 404


def test_someone_with_an_account_comes_in_and_goes_on_to_where_they_were(browser_of, provider):
    browser = browser_of()
    assert "Sign in with your organisation’s account" in browser.read("/sign-in")
    back = browser.get(sent_back(begin(browser, "?next=/history")))
    assert (back.status_code, back.headers["Location"]) == (303, "/history")
    assert "Ada Council" in browser.read("/my-work")
    assert "attempt" not in browser.cookies()


def test_an_answer_works_once_and_only_in_the_browser_that_asked(browser_of, provider):
    browser = browser_of()
    address = sent_back(begin(browser))
    assert browser_of().get(address).status_code == 403
    assert browser.get(address).status_code == 303
    assert browser.get(address).status_code == 403


def test_an_answer_to_another_question_is_refused(browser_of, provider):
    browser = browser_of()
    begin(browser)
    address = sent_back(begin(browser_of()))
    answer = browser.get(address)
    assert answer.status_code == 403
    assert browser.get("/my-work").status_code == 303


def test_an_answer_to_a_browser_that_asked_nothing_is_refused(browser_of, provider):
    address = sent_back(begin(browser_of()))
    stranger = browser_of()
    assert stranger.get(address).status_code == 403
    assert "session" not in stranger.cookies()


def test_a_cookie_that_was_tampered_with_is_refused(browser_of, provider):
    browser = browser_of()
    address = sent_back(begin(browser))
    cookie = browser.cookies()["attempt"].value
    browser.client.set_cookie("attempt", cookie[:-4] + "AAAA", domain="localhost")
    assert browser.get(address).status_code == 403


def test_why_someone_does_not_come_in_is_told_to_nobody(browser_of, provider):
    sentences = set()
    for change in (
        {"person": {"sub": "stranger", "email": "stranger@example.org", "email_verified": True}},
        {"person": {"sub": "person-2", "email": "council@example.org", "email_verified": False}},
        {"claims": {"aud": "someone-else"}},
        {"claims": {"exp": int((NOW - timedelta(hours=1)).timestamp())}},
    ):
        kept = {name: getattr(provider, name) for name in change}
        for name, value in change.items():
            setattr(provider, name, value)
        browser = browser_of()
        answer = browser.get(sent_back(begin(browser)))
        assert answer.status_code == 403
        sentences.add(words(answer))
        for name, value in kept.items():
            setattr(provider, name, value)
    assert len(sentences) == 1
    assert NOT_SIGNED_IN in sentences.pop()


def test_a_provider_that_cannot_be_reached_is_said_and_the_page_still_takes_passwords(browser_of, monkeypatch, register):
    monkeypatch.setenv("OIDC_ISSUER", "http://127.0.0.1:9")
    monkeypatch.setenv("OIDC_CLIENT_ID", "x")
    monkeypatch.setenv("OIDC_CLIENT_SECRET", "y")
    answer = browser_of().get("/sign-in/oidc")
    assert answer.status_code == 502
    assert 'type="password"' in answer.get_data(as_text=True)


def test_an_address_that_tries_too_often_is_made_to_wait(browser_of, provider):
    browser = browser_of()
    codes = [browser.get("/sign-in/oidc").status_code for _ in range(LIMITS["provider"][0].amount + 1)]
    assert codes[-1] == 429
    assert set(codes[:-1]) == {303}


def test_a_session_from_the_provider_is_as_any_other(browser_of, provider, clock):
    browser = browser_of()
    browser.get(sent_back(begin(browser)))
    clock.now += timedelta(minutes=31)
    assert browser.get("/my-work").status_code == 303
