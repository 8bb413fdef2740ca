"""What `/health` says of the register: which store it is, whether it can be read and written, and if not since when and why."""

from dashboard.figures import queries_register
from dashboard.register.availability import Outage
from dashboard.register.errors import RegisterUnavailable
from dashboard.register.store import register_url, site_register

STORES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
OK, UNREADABLE, UNWRITABLE = "ok", "unreadable", "unwritable"


def register_health() -> dict[str, str]:
    """`store` and `status`; where that is not "ok", `since` and `reason` too. It waits no longer than a page does."""
    register = site_register(register_url())
    store = {"store": STORES.get(register.engine.dialect.name, register.engine.dialect.name)}
    try:
        queries_register.read_everything()
        register.require_writable()
    except RegisterUnavailable:
        status = UNREADABLE if register.reads.outage else UNWRITABLE
        return store | {"status": status} | _words(register.reads.outage or register.writes.outage)
    return store | {"status": OK}


def _words(outage: Outage | None) -> dict[str, str]:
    # It may have come back while it was asked.
    return {"since": outage.since.isoformat(timespec="seconds"), "reason": outage.reason} if outage else {}
