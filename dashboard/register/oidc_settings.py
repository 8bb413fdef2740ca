"""Whether people sign in with a provider, and which: apart from `oidc`, whose libraries cost a start 14 MB most never use."""

import os
from dataclasses import dataclass

from dashboard.register.errors import ProviderRefused


@dataclass(frozen=True)
class Settings:
    """How to reach the provider. The secret comes from the environment and is never logged."""

    issuer: str
    client_id: str
    client_secret: str


def settings_from_environment() -> Settings | None:
    """The provider in OIDC_ISSUER, OIDC_CLIENT_ID and OIDC_CLIENT_SECRET; None where none is set.

    Raises:
        ProviderRefused: only some of the three are set.
    """
    names = ("OIDC_ISSUER", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET")
    values = [os.environ.get(name, "") for name in names]
    if not any(values):
        return None
    missing = [name for name, value in zip(names, values, strict=True) if not value]
    if missing:
        raise ProviderRefused(f"OpenID Connect is half set up: {', '.join(missing)} missing.")
    return Settings(*values)
