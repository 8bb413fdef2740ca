"""Signing in with OpenID Connect: authorisation code with PKCE, RSA- or EC-signed tokens, accounts made beforehand.

A provider says who someone is; only an administrator decides that they have an account here.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import requests
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.requests_client import OAuth2Session
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from sqlalchemy import select
from sqlalchemy.orm import Session

from dashboard.register.accounts import actor_of
from dashboard.register.audit import acting
from dashboard.register.errors import ProviderRefused
from dashboard.register.models import Account
from dashboard.register.oidc_settings import Settings
from dashboard.register.sign_in import LASTS, SignedIn, open_browser

# "none" and every shared-secret algorithm are left out on purpose.
ALGORITHMS = ["RS256", "PS256", "ES256"]
LEEWAY_SECONDS = 60
TIMEOUT_SECONDS = 10
_LOOPBACK = ("127.0.0.1", "::1", "localhost")


@dataclass(frozen=True)
class Provider:
    """A provider whose own description has been read and agrees with the settings."""

    settings: Settings
    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str


@dataclass(frozen=True)
class Attempt:
    """One sign-in under way. Keep it in the browser's signed cookie; send the browser to `url`."""

    url: str
    state: str
    nonce: str
    code_verifier: str
    redirect_uri: str


@dataclass(frozen=True)
class Identity:
    """Who the provider says this is. `email` is None unless the provider has verified it."""

    issuer: str
    subject: str
    email: str | None


def discover(settings: Settings) -> Provider:
    """The provider, from its published description.

    Raises:
        ProviderRefused: it cannot be reached, is not over https, or describes another issuer.
    """
    description = _fetched(f"{settings.issuer.rstrip('/')}/.well-known/openid-configuration")
    if description.get("issuer") != settings.issuer:
        raise ProviderRefused(f"{settings.issuer} describes another issuer: {description.get('issuer')}.")
    missing = [name for name in ("authorization_endpoint", "token_endpoint", "jwks_uri") if name not in description]
    if missing:
        raise ProviderRefused(f"{settings.issuer} does not say its {', '.join(missing)}.")
    addresses = [str(description[name]) for name in ("authorization_endpoint", "token_endpoint", "jwks_uri")]
    for address in addresses:
        _require_https(address)
    return Provider(settings, *addresses)


def begin(provider: Provider, redirect_uri: str) -> Attempt:
    """A new sign-in, with its own state, nonce and PKCE verifier."""
    nonce, verifier, state = (secrets.token_urlsafe(48) for _ in range(3))
    client = _client(provider, redirect_uri)
    url, _ = client.create_authorization_url(provider.authorization_endpoint, state=state, nonce=nonce, code_verifier=verifier)
    return Attempt(url, state, nonce, verifier, redirect_uri)


def finish(provider: Provider, attempt: Attempt, callback_url: str, *, now: datetime) -> Identity:
    """Who came back.

    Args:
        provider: from `discover`.
        attempt: the one this browser began; use it once.
        callback_url: the whole address the browser came back to.
        now: for the token's times.

    Raises:
        ProviderRefused: another state, no code, or a token that is not signed by the provider for us, now, for this try.
    """
    client = _client(provider, attempt.redirect_uri)
    try:
        answer = client.fetch_token(
            provider.token_endpoint,
            authorization_response=callback_url,
            state=attempt.state,
            code_verifier=attempt.code_verifier,
            timeout=TIMEOUT_SECONDS,
        )
    except (AuthlibBaseError, requests.RequestException, ValueError) as error:
        raise ProviderRefused("The sign-in service did not confirm this sign-in. Start again.") from error
    claims = _claims(provider, str(answer.get("id_token", "")), attempt.nonce, now)
    is_verified = claims.get("email_verified") is True
    email = str(claims["email"]).strip().casefold() if is_verified and claims.get("email") else None
    return Identity(provider.settings.issuer, str(claims["sub"]), email)


def sign_in_identity(session: Session, identity: Identity, *, now: datetime, lasts: timedelta = LASTS) -> SignedIn:
    """A signed-in browser for the account this identity belongs to.

    The first time, a verified address ties the identity to the active account with that address; after that only
    the provider's subject counts, so a reused address cannot take an account over.

    Raises:
        ProviderRefused: no active account here, or the account belongs to another identity.
    """
    row = session.scalars(
        select(Account).where(Account.oidc_issuer == identity.issuer, Account.oidc_subject == identity.subject)
    ).one_or_none()
    if row is None and identity.email is not None:
        row = session.scalars(select(Account).where(Account.email == identity.email).with_for_update()).one_or_none()
        if row is not None and row.oidc_subject is not None:
            row = None
    if row is None or not row.is_active:
        raise ProviderRefused("There is no account here for you. Ask an administrator for one.")
    with acting(session, actor_of(row), "sign in with OpenID Connect", now, ""):
        row.oidc_issuer, row.oidc_subject, row.last_signed_in_at = identity.issuer, identity.subject, now
    return open_browser(session, row, now, lasts)


def _claims(provider: Provider, token: str, nonce: str, now: datetime) -> dict[str, Any]:
    registry = jwt.JWTClaimsRegistry(
        now=int(now.timestamp()),
        leeway=LEEWAY_SECONDS,
        iss={"essential": True, "value": provider.settings.issuer},
        aud={"essential": True, "value": provider.settings.client_id},
        sub={"essential": True},
        exp={"essential": True},
        iat={"essential": True},
        nonce={"essential": True, "value": nonce},
    )
    try:
        keys = KeySet.import_key_set(_fetched(provider.jwks_uri))  # type: ignore[arg-type]
        decoded = jwt.decode(token, keys, algorithms=ALGORITHMS)
        registry.validate(decoded.claims)
    except (JoseError, ValueError) as error:
        raise ProviderRefused("The sign-in service's answer cannot be trusted. Start again.") from error
    return dict(decoded.claims)


def _client(provider: Provider, redirect_uri: str) -> OAuth2Session:
    return OAuth2Session(
        provider.settings.client_id,
        provider.settings.client_secret,
        scope="openid email",
        redirect_uri=redirect_uri,
        code_challenge_method="S256",
        default_timeout=TIMEOUT_SECONDS,
    )


def _fetched(address: str) -> dict[str, Any]:
    _require_https(address)
    try:
        answer = requests.get(address, timeout=TIMEOUT_SECONDS)
        answer.raise_for_status()
        body = answer.json()
    except (requests.RequestException, ValueError) as error:
        raise ProviderRefused(f"{address} cannot be read.") from error
    if not isinstance(body, dict):
        raise ProviderRefused(f"{address} is not what was expected.")
    return body


def _require_https(address: str) -> None:
    parts = urlsplit(address)
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in _LOOPBACK):
        raise ProviderRefused(f"{address} is not over https.")
