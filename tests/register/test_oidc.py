"""Signing in with OpenID Connect, against a real provider over HTTP."""

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
import requests

from dashboard.register import audit, oidc, oidc_settings, sign_in
from dashboard.register.errors import ProviderRefused
from dashboard.register.models import Account
from tests.register.conftest import NOW
from tests.register.people import ADMIN, COUNCIL
from tests.register.provider import Provider

REDIRECT = "https://policing.example.org/sign-in/back"


@pytest.fixture
def provider():
    opened = Provider(NOW)
    yield opened
    opened.close()


def settings(provider):
    return oidc.Settings(provider.issuer, provider.client_id, provider.client_secret)


def come_back(attempt):
    """What a browser does: follow the address, and be sent back with a code."""
    return requests.get(attempt.url, allow_redirects=False, timeout=10).headers["Location"]


def identity(provider):
    known = oidc.discover(settings(provider))
    attempt = oidc.begin(known, REDIRECT)
    return oidc.finish(known, attempt, come_back(attempt), now=NOW)


def test_someone_with_an_account_signs_in_and_stays_tied_to_the_provider(register, provider):
    who = identity(provider)
    with register.writing() as session:
        browser = oidc.sign_in_identity(session, who, now=NOW)
    assert browser.actor == COUNCIL
    with register.reading() as session:
        assert sign_in.whose(session, browser.token, now=NOW).actor == COUNCIL
        response = session.get(Account, "council")
        assert (response.oidc_issuer, response.oidc_subject) == (provider.issuer, "person-1")
        assert audit.entries(session, ADMIN, entity_id="council")[-1].act == "sign in with OpenID Connect"


def test_the_address_sent_to_the_provider_carries_state_nonce_and_pkce(provider):
    attempt = oidc.begin(oidc.discover(settings(provider)), REDIRECT)
    parameters = {name: values[0] for name, values in parse_qs(urlsplit(attempt.url).query).items()}
    assert parameters["response_type"] == "code"
    assert parameters["code_challenge_method"] == "S256"
    assert (parameters["state"], parameters["nonce"], parameters["redirect_uri"]) == (attempt.state, attempt.nonce, REDIRECT)
    assert attempt.code_verifier not in attempt.url
    assert provider.client_secret not in attempt.url


def test_a_changed_address_at_the_provider_keeps_the_account(register, provider):
    with register.writing() as session:
        oidc.sign_in_identity(session, identity(provider), now=NOW)
    provider.person = {"sub": "person-1", "email": "other@example.org", "email_verified": True}
    with register.writing() as session:
        assert oidc.sign_in_identity(session, identity(provider), now=NOW).actor == COUNCIL


def test_an_email_address_given_to_another_person_does_not_open_the_old_account(register, provider):
    with register.writing() as session:
        oidc.sign_in_identity(session, identity(provider), now=NOW)
    provider.person = {"sub": "somebody-else", "email": "council@example.org", "email_verified": True}
    with register.writing() as session, pytest.raises(ProviderRefused):
        oidc.sign_in_identity(session, identity(provider), now=NOW)


@pytest.mark.parametrize(
    "person",
    [
        {"sub": "x", "email": "stranger@example.org", "email_verified": True},
        {"sub": "x", "email": "council@example.org", "email_verified": False},
        {"sub": "x", "email": "council@example.org", "email_verified": "true"},
        {"sub": "x", "email": "council@example.org"},
        {"sub": "x"},
    ],
)
def test_no_account_is_made_or_found_for_a_stranger_or_an_unverified_address(register, provider, person):
    provider.person = person
    with register.writing() as session, pytest.raises(ProviderRefused):
        oidc.sign_in_identity(session, identity(provider), now=NOW)


@pytest.mark.parametrize(
    "claims",
    [
        {"nonce": "of another sign-in"},
        {"aud": "another-site"},
        {"iss": "http://127.0.0.1:1"},
        {"exp": int((NOW - timedelta(minutes=5)).timestamp())},
        {"iat": int((NOW + timedelta(hours=1)).timestamp())},
        {"sub": ""},
        {"exp": None},
    ],
)
def test_a_token_for_another_site_time_or_attempt_is_refused(provider, claims):
    provider.claims = claims
    with pytest.raises(ProviderRefused):
        identity(provider)


@pytest.mark.parametrize("fault", ["stranger_signs", "shared_secret_signs"])
def test_a_token_signed_by_anything_but_the_providers_key_is_refused(provider, fault):
    getattr(provider, fault)()
    with pytest.raises(ProviderRefused):
        identity(provider)


def test_another_browsers_state_or_a_used_code_is_refused(provider):
    known = oidc.discover(settings(provider))
    mine, theirs = oidc.begin(known, REDIRECT), oidc.begin(known, REDIRECT)
    back = come_back(mine)
    with pytest.raises(ProviderRefused):
        oidc.finish(known, theirs, back, now=NOW)
    oidc.finish(known, mine, back, now=NOW)
    with pytest.raises(ProviderRefused):
        oidc.finish(known, mine, back, now=NOW)


def test_declining_at_the_provider_leads_back_to_the_start(provider):
    known = oidc.discover(settings(provider))
    attempt = oidc.begin(known, REDIRECT)
    with pytest.raises(ProviderRefused, match="Start again"):
        oidc.finish(known, attempt, f"{REDIRECT}?error=access_denied&state={attempt.state}", now=NOW)


def test_a_provider_that_describes_another_issuer_is_refused(provider):
    provider.described_issuer = "https://elsewhere.example.org"
    with pytest.raises(ProviderRefused, match="another issuer"):
        oidc.discover(settings(provider))


def test_a_provider_not_over_https_is_refused_before_anything_is_sent():
    with pytest.raises(ProviderRefused, match="not over https"):
        oidc.discover(oidc.Settings("http://login.example.org", "register", "secret"))


def test_a_provider_that_cannot_be_reached_is_a_refusal_not_a_crash(provider):
    address = provider.issuer
    provider.close()
    with pytest.raises(ProviderRefused, match="cannot be read"):
        oidc.discover(oidc.Settings(address, "register", "secret"))
    provider.close = lambda: None


def test_the_provider_is_set_by_all_its_environment_variables_or_by_none(monkeypatch):
    for name in ("OIDC_ISSUER", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET"):
        monkeypatch.delenv(name, raising=False)
    assert oidc_settings.settings_from_environment() is None
    monkeypatch.setenv("OIDC_ISSUER", "https://login.example.org")
    with pytest.raises(ProviderRefused, match="OIDC_CLIENT_ID, OIDC_CLIENT_SECRET missing"):
        oidc_settings.settings_from_environment()
