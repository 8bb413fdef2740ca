"""How the web process writes its log: an event and its facts, one line each, without the values of local variables."""

import logging
import sys

import structlog
from structlog.typing import Processor

from dashboard.settings import Settings


def write_logs(settings: Settings) -> None:
    """Sets the log's form: words for a person at a terminal, or one JSON object a line for a collector."""
    # Tracebacks name files and lines only: local variables could hold what a person typed.
    renderers: list[Processor] = (
        [structlog.processors.format_exc_info, structlog.processors.JSONRenderer()]
        if settings.log_format == "json"
        else [structlog.dev.ConsoleRenderer(colors=sys.stdout.isatty(), exception_formatter=structlog.dev.plain_traceback)]
    )
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            *renderers,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
    )
