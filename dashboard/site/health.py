"""`/health`: in one small record for a monitor, whether the site can answer, and from which release."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import orjson
from flask import Flask, Response

from dashboard.figures import live_release, queries
from dashboard.figures.register_health import OK, register_health
from dashboard.figures.release_folder import Trouble
from dashboard.site import lateness
from etl.core import clock
from etl.core.errors import PipelineError


def serve_health(server: Flask) -> None:
    """Answers `/health`: 200 while pages have figures, with a status that is not "ok" where somebody should look; else 503."""

    @server.get("/health")
    def health() -> Response:
        try:
            live_release.releases().see_to_trouble()
            return _json(_release(), 200)
        except PipelineError as error:
            return _json({"status": "unavailable", "reason": str(error)}, 503)


def _release() -> dict[str, Any]:
    """What release the pages are made from, how old it is, and what of its figures is late today."""
    release, trouble = queries.release(), live_release.releases().now().trouble
    late_and_unknown = lateness.of_feeds()
    register = register_health()
    return {
        "status": "degraded" if trouble else _status(register, is_late=bool(late_and_unknown["late"])),
        "release": release.name,
        **_about(trouble),
        "built_at": release.built_at,
        "age_days": (clock.today() - datetime.fromisoformat(release.built_at).date()).days,
        "data_to": release.data_to,
        # Taken from the months a file holds it is no fact, and has a name of its own.
        ("published_on" if release.is_date_given else "published_on_inferred"): release.published_on.isoformat(),
        "is_stale": bool(late_and_unknown["late"]),
        **late_and_unknown,
        "register": register,
    }


def _status(register: Mapping[str, str], *, is_late: bool) -> str:
    """What is worst: forms that fail today are worse than figures that come late."""
    if register["status"] != OK:
        return f"register {register['status']}"
    return "late" if is_late else OK


def _about(trouble: Trouble | None) -> dict[str, Any]:
    """What is wrong with the release that should be live: its file and its note, or the pointer that names it."""
    if trouble is None:
        return {"release_fault": None, "served_instead": False}
    return {
        "release_fault": trouble.fault.value,
        "release_reason": trouble.reason,
        "release_intended": trouble.intended,
        "served_instead": trouble.is_instead,
        "release_proved": trouble.is_proved,
    }


def _json(body: dict[str, Any], status: int) -> Response:
    return Response(orjson.dumps(body), status, mimetype="application/json", headers={"Cache-Control": "no-store"})
