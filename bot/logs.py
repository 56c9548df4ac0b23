"""Logging: events with fields, one handler for all, and nobody's data in it (R12, P14).

The redaction stands on the handler of the root logger, so that no library gets past it; bodies are not logged
in the first place.
"""

import logging
import re
import sys
import threading
import warnings
from collections.abc import MutableMapping
from typing import TYPE_CHECKING, Any

import structlog

if TYPE_CHECKING:
    from _typeshed import SupportsWrite

log = structlog.get_logger(__name__)

_SECRETS = re.compile(
    r"\d{6,}:[A-Za-z0-9_-]{30,}"  # a bot's token
    r"|\bob_[A-Za-z0-9_-]{20,}"  # a shop's key
    r"|\b[bi][A-Za-z0-9_-]{32,}"  # a link's payload
    r"|\b(?:Bearer|Basic)[ ]+[A-Za-z0-9._~+/=-]+"  # what stands in an Authorization header
    r"|\b[a-z][a-z0-9+.-]*://[^\s/@]*:[^\s/@]*@"  # user and password of an address
    r"|\b[0-9a-f]{40}\b"  # TurboSMS's token
    r"|\b[0-9a-z]{16}-[0-9a-z]{16}-[0-9a-z]{16}\b"  # Viber's token
    r"|\+\d{9,15}\b|\b380\d{9}\b|\b80\d{9}\b|\b0\d{9}\b"  # a phone
    r"|(?:\+?\b3?8[ (-]{0,2}|\(|\b)0\d\d[) -]{1,2}\d{3}[ -]?\d\d[ -]?\d\d\b"  # a phone as people write it
    r"|[^\s@'\"<>]+@[^\s@'\"<>]+\.[a-z]{2,}"  # an e-mail
)
_TALKATIVE = (
    "aiogram",
    "aiosqlite",
    "aiohttp",
    "aiosmtplib",
    "alembic",
    "apscheduler",
    "asyncio",
    "mail.log",
    "sqlalchemy",
    "tzlocal",
    "urllib3",
)
"""Their DEBUG and INFO hold statements with parameters, updates, URLs with the token, a mail server's dialogue."""


def redact(text: str) -> str:
    return _SECRETS.sub("[hidden]", text)


class _Redacting(logging.Formatter):
    """Whatever line comes out, secrets and phones do not, nor a line break of somebody's (E12)."""

    def __init__(self, inner: logging.Formatter) -> None:
        super().__init__()
        self._inner = inner

    def format(self, record: logging.LogRecord) -> str:
        return redact(self._inner.format(record))


class _Lines(logging.StreamHandler["SupportsWrite[str]"]):
    """One line a record, also for one that cannot be written: its words are then left out."""

    def handleError(self, record: logging.LogRecord) -> None:
        lost = {"msg": "log_line_lost", "args": (), "exc_info": sys.exc_info()}
        self.stream.write(f"{self.format(logging.makeLogRecord(vars(record) | lost))}\n")


def configure(level: str, form: str, stream: "SupportsWrite[str] | None" = None) -> logging.Handler:
    """Set up logging for the process. `form` is console or json. Returns the handler, for tests to look at."""
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _bare_exception,
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    render: structlog.typing.Processor = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if form == "json"
        else structlog.processors.LogfmtRenderer(key_order=["timestamp", "level", "event"])
    )
    handler = _Lines(stream or sys.stderr)
    handler.setFormatter(
        _Redacting(
            structlog.stdlib.ProcessorFormatter(
                foreign_pre_chain=shared,
                processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, render],
            )
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level)
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(logging.WARNING)
    logging.captureWarnings(capture=True)
    warnings.simplefilter("default")
    return handler


def catch_all() -> None:
    """What nobody caught is a line of the log like any other, for a process that is ours alone."""
    sys.excepthook = lambda _, error, __: log.critical("crashed", exc_info=error)
    threading.excepthook = lambda found: log.error("thread_died", exc_info=found.exc_value)
    sys.unraisablehook = lambda found: log.error("died_unheard", exc_info=found.exc_value)


def _bare_exception(_: Any, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """An exception as its kind and the places it passed; its words may hold somebody's text."""
    info = event.pop("exc_info", None)
    if info is True:
        info = sys.exc_info()
    error = info if isinstance(info, BaseException) else info[1] if isinstance(info, tuple) else None
    if error is not None:
        places = []
        trace = error.__traceback__
        while trace is not None:
            code = trace.tb_frame.f_code
            places.append(f"{code.co_filename.rsplit('/', 2)[-1]}:{trace.tb_lineno}:{code.co_name}")
            trace = trace.tb_next
        event["error"] = type(error).__name__
        event["at"] = " < ".join(reversed(places[-8:]))
    return event
