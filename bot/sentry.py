"""Errors to Sentry, as an extra: what went wrong and where, never with whom or about what.

Sent is what is logged as an error, made anew of a few fields, redacted as the log is. None of the SDK's
integrations runs, so that no request, local variable or breadcrumb is gathered in the first place; whatever would
find another way is cut down by `_stripped`. The SDK is imported only where a DSN is set.
"""

import atexit
import logging
from collections.abc import Mapping
from types import TracebackType
from typing import TYPE_CHECKING, Any

from bot.logs import redact

if TYPE_CHECKING:
    from sentry_sdk.types import Event, Hint

SECONDS = 2.0
"""How long the end of the process waits for what is not sent yet."""
_KEPT = ("event_id", "timestamp", "level", "logger", "platform", "release", "environment", "fingerprint")
_FRAME = ("filename", "module", "function", "lineno", "in_app")


class NoSentry(Exception):
    """A DSN is set and the package is not there."""


def start(dsn: str, release: str) -> None:
    """From now on errors are reported. Raises NoSentry."""
    try:
        import sentry_sdk
    except ImportError:
        raise NoSentry from None
    sentry_sdk.init(
        dsn=dsn,
        release=release,
        before_send=_stripped,
        default_integrations=False,
        auto_enabling_integrations=False,
        auto_session_tracking=False,
        send_client_reports=False,
        include_local_variables=False,
        include_source_context=False,
        max_breadcrumbs=0,
        server_name="",
    )
    logging.getLogger().addHandler(_Reporting(logging.ERROR))
    atexit.register(sentry_sdk.flush, timeout=SECONDS)  # after the last words of a process that breaks


class _Reporting(logging.Handler):
    """An event of each error that is logged."""

    def emit(self, record: logging.LogRecord) -> None:
        import sentry_sdk

        try:
            sentry_sdk.capture_event(_event(record))
        except Exception:
            self.handleError(record)


def _event(record: logging.LogRecord) -> "Event":
    """Ours are dictionaries of fields; of a library's record its words before anything was put into them."""
    fields: Mapping[str, Any] = record.msg if isinstance(record.msg, dict) else {"event": str(record.msg)}
    event: Event = {
        "level": "fatal" if record.levelno >= logging.CRITICAL else "error",
        "logger": record.name,
        "logentry": {"message": redact(str(fields["event"]))},
        "fingerprint": [record.name, str(fields["event"]), str(fields.get("error", ""))],
        "extra": {key: redact(str(value)) for key, value in fields.items() if key not in _OF_THE_LOG},
    }
    kind, _, trace = record.exc_info or (None, None, None)
    if kind is not None:
        event["exception"] = {"values": [{"type": kind.__name__, "stacktrace": {"frames": _frames(trace)}}]}
    return event


_OF_THE_LOG = frozenset({"event", "level", "logger", "timestamp"})


def _frames(trace: TracebackType | None) -> list[dict[str, Any]]:
    frames = []
    while trace is not None:
        code = trace.tb_frame.f_code
        frames.append({"filename": code.co_filename, "function": code.co_name, "lineno": trace.tb_lineno})
        trace = trace.tb_next
    return frames


def _stripped(event: "Event", _: "Hint") -> "Event":
    """The last door: kept is what is named here, and every word of it redacted. An exception's own words are not:
    they may be somebody's."""
    kept: dict[str, Any] = {name: event[name] for name in _KEPT if name in event}  # type: ignore[literal-required]
    kept["logentry"] = {"message": (event.get("logentry") or {}).get("message", "")}
    kept["extra"] = dict(event.get("extra") or {})
    values = (event.get("exception") or {}).get("values") or []
    if values:
        kept["exception"] = {"values": [_bare(value) for value in values]}
    told: Event = _redacted(kept)
    return told


def _bare(value: Mapping[str, Any]) -> dict[str, Any]:
    frames = (value.get("stacktrace") or {}).get("frames") or []
    bare = [{name: frame[name] for name in _FRAME if name in frame} for frame in frames]
    return {"type": value.get("type"), "stacktrace": {"frames": bare}}


def _redacted(value: Any) -> Any:
    if isinstance(value, str):
        return redact(value)
    if isinstance(value, dict):
        return {key: _redacted(part) for key, part in value.items()}
    return [_redacted(part) for part in value] if isinstance(value, list) else value
