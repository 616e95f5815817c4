"""Structured logs: one JSON object a line on standard error, with times in UTC and no personal data."""

import logging
import sys
from datetime import UTC, datetime
from typing import Any

import msgspec
import structlog
import structlog.tracebacks

_requests = True  # whether a line is written for each request


def configure(level: str) -> None:
    """Send every log line through structlog, the libraries' own included."""
    global _requests  # noqa: PLW0603 - a process has one log
    number = logging.getLevelNamesMapping().get(level.upper(), logging.INFO)
    _requests = number <= logging.INFO
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.ExceptionRenderer(
                structlog.tracebacks.ExceptionDictTransformer(show_locals=False)  # locals hold names and codes
            ),
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(number),
        logger_factory=_standard_error,
        cache_logger_on_first_use=False,  # it would hold on to a stream that was closed or replaced meanwhile
    )
    logging.basicConfig(level=max(number, logging.WARNING), stream=sys.stderr, format="%(message)s")


def log_request(**values: Any) -> None:
    """The line of one request, like any other; written directly, for structlog takes as long as serving a kept page."""
    if _requests:
        now = datetime.now(UTC).isoformat().replace("+00:00", "Z")
        line = msgspec.json.encode({**values, "event": "request", "level": "info", "timestamp": now}).decode()
        sys.stderr.write(line + "\n")
        sys.stderr.flush()


def _standard_error(*_: Any) -> structlog.PrintLogger:
    """A logger on what standard error is at this line: a line that cannot be written would end who wrote it."""
    return structlog.PrintLogger(sys.stderr)
