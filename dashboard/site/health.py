"""`/health`: in one small record for a monitor, whether the site can answer, and from which release."""

from datetime import UTC, datetime
from typing import Any

import orjson
from flask import Flask, Response

from dashboard.figures import queries
from dashboard.settings import Settings
from etl.core.errors import PipelineError


def serve_health(server: Flask, settings: Settings) -> None:
    """Answers `/health`: 200 while pages have figures, with a status that is not "ok" where somebody should look; else 503."""

    @server.get("/health")
    def health() -> Response:
        try:
            return _json(_release(settings), 200)
        except PipelineError as error:
            return _json({"status": "unavailable", "reason": str(error)}, 503)


def _release(settings: Settings) -> dict[str, Any]:
    """What release the pages are made from, and how old it is."""
    release = queries.release()
    now = datetime.now(tz=UTC)
    days_since_published = (now.date() - release.published_on).days
    return {
        "status": "ok",
        "release": release.name,
        "built_at": release.built_at,
        "age_days": (now.date() - datetime.fromisoformat(release.built_at).date()).days,
        "data_to": release.data_to,
        "published_on": release.published_on.isoformat(),
        "is_stale": days_since_published > settings.stale_after_days,
    }


def _json(body: dict[str, Any], status: int) -> Response:
    return Response(orjson.dumps(body), status, mimetype="application/json", headers={"Cache-Control": "no-store"})
