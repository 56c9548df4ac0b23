"""`python -m bot check`: is this machine fit to run the product, and what is to be done where it is not.

It looks and changes nothing. Secrets are shown as masks (K5); whatever a neighbour says about them is not repeated.
"""

import json
import os
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import aiohttp
from sqlalchemy import Connection, make_url, text

from bot.config import Settings
from bot.http import Http, WireError
from bot.messengers.base import Undeliverable
from bot.messengers.mail import MailChannel, Server
from bot.messengers.pacing import Pace
from bot.messengers.turbosms import SmsChannel
from bot.messengers.viber.client import Unclear, Undecodable, ViberClient, ViberRefused
from handlers.web.webhooks import VIBER_PATH
from models.base import Clock
from models.db import Database
from models.disk import LEAST, MIB, Space, folder_of
from models.errors import NoDatabase
from models.migrate import schema
from models.trouble import advice

ZONE = "Europe/Kyiv"
BORN = datetime(2026, 1, 1, tzinfo=UTC)
"""No clock that goes right is behind it."""
SKEW = timedelta(seconds=30)
SECONDS = 5.0
"""How long a neighbour may take to answer."""
UNKNOWN_TOKEN = 2
"""Viber's status for a token that is nobody's (https://developers.viber.com/docs/api/rest-bot-api/#error-codes)."""
STALE = timedelta(hours=1)
"""An error that Telegram had with our webhook so long ago says nothing of today."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One line: what was looked at, and how it is. Where it is wrong, `said` ends with what to do."""

    subject: str
    said: str
    ok: bool = True

    def __str__(self) -> str:
        return f"{self.subject}: {'ok' if self.ok else 'wrong'}{': ' if not self.ok else ', '}{self.said}"


def wrong(subject: str, said: str) -> Finding:
    return Finding(subject, said, ok=False)


async def check(settings: Settings, clock: Clock) -> AsyncIterator[Finding]:
    """Each finding as soon as it is there."""
    yield _settings(settings)
    yield await _database(settings)
    if settings.bot_token.get_secret_value() or not settings.viber_token.get_secret_value():
        telegram = _Telegram(settings)
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=SECONDS)) as session:
            token = await telegram.token(session)
            yield _clock(clock(), telegram.clock)
            yield token
            yield await telegram.webhook(session, clock())
    for look in (_viber, _sms, _mail):
        if (finding := await look(settings, clock)) is not None:
            yield finding
    yield Finding("marketplaces", "none is connected: orders come by POST /api/v1/orders")


def _settings(settings: Settings) -> Finding:
    if not settings.bot_token.get_secret_value() and not settings.viber_token.get_secret_value():
        return wrong(
            "settings",
            "BOT_TOKEN is missing: put the token that BotFather gave into .env (or VIBER_TOKEN for Viber alone)",
        )
    if settings.sentry_dsn.get_secret_value() and find_spec("sentry_sdk") is None:
        return wrong(
            "settings", "SENTRY_DSN is set, but the package is not there: pip install 'sentry-sdk>=2'"
        )
    masked = {
        "BOT_TOKEN": mask(settings.bot_token.get_secret_value()),
        "VIBER_TOKEN": mask(settings.viber_token.get_secret_value()),
        "SECRET_KEY": mask(settings.secret_key.get_secret_value()) or "in its own file",
        "TURBOSMS_TOKEN": mask(settings.turbosms_token.get_secret_value()),
        "SMTP_URL": "set" if settings.smtp_url.get_secret_value() else "",
        "SENTRY_DSN": "set" if settings.sentry_dsn.get_secret_value() else "",
    }
    shown = ", ".join(f"{name} {value}" for name, value in masked.items() if value)
    shown += f", TELEGRAM_UPDATES {settings.telegram_updates}"
    admins = f"{len(settings.admin_ids)} in ADMIN_IDS" if settings.admin_ids else "nobody in ADMIN_IDS"
    return Finding("settings", f"{shown}, {admins}")


def mask(secret: str) -> str:
    """A token by its public number, any other secret not at all."""
    number, colon, _ = secret.partition(":")
    return f"{number}:***" if colon and number.isdigit() else "***" if secret else ""


# ---------------------------------------------------------------- the database
async def _database(settings: Settings) -> Finding:
    url = make_url(settings.database_url)
    where = url.render_as_string(hide_password=True)
    folder = folder_of(url)
    if folder is not None and (unmade := _unmade(folder, url.database or "")) is not None:
        return Finding("database", f"{where}, {unmade.said}", unmade.ok)
    try:
        db = Database(settings.database_url, busy_seconds=SECONDS)
        try:
            said, ok = await db.run(_look)
        finally:
            await db.stop()
    except NoDatabase as error:
        return wrong("database", f"{where}: {error}")
    except Exception as error:
        if (sentence := advice(error)) is None:
            raise
        return wrong("database", f"{where}: {sentence}")
    room = Space(url).free
    if room is not None and room < LEAST:
        return wrong(
            "database", f"only {room // MIB} MiB are free in {folder}: make room, orders need {LEAST // MIB}"
        )
    shown = f", {room // MIB} MiB free" if room is not None else ""
    return Finding("database", f"{where}, {said}{shown}", ok)


def _unmade(folder: Path, file: str) -> Finding | None:
    """Before the first start, which makes the file and its folder: could it?"""
    if Path(file).exists():
        return None
    near = next(path for path in (folder, *folder.parents) if path.exists())
    if not near.is_dir() or not os.access(near, os.W_OK | os.X_OK):
        return wrong("database", f"cannot be made in {near}: give that folder to the user who runs the bot")
    return Finding("database", "not there yet: the first start makes it")


def _look(connection: Connection) -> tuple[str, bool]:
    there, head = schema(connection)
    if there is None:
        told = "empty: the start makes its tables"
    elif there != head:
        told = f"schema {there}: the start brings it up to {head}"
    else:
        told = f"schema {head}"
    question = "PRAGMA synchronous" if connection.dialect.name == "sqlite" else "SHOW synchronous_commit"
    synchronous = str(connection.execute(text(question)).scalar())
    if synchronous not in ("2", "on"):
        return f"synchronous is {synchronous}: a power cut would lose accepted orders, switch it on", False
    if (
        connection.dialect.name != "sqlite"
        and connection.execute(text("SHOW transaction_read_only")).scalar() == "on"
    ):
        return "the server is read-only: it is a standby, name the primary", False
    return f"writable, synchronous, {told}", True


# ---------------------------------------------------------------- the clock
def _clock(now: datetime, theirs: datetime | None) -> Finding:
    try:
        there = now.astimezone(ZoneInfo(ZONE))
    except ZoneInfoNotFoundError:
        return wrong("clock", f"the time zone {ZONE} is not known: install the package tzdata")
    if now < BORN:
        return wrong("clock", f"it says {now:%Y-%m-%d %H:%M} UTC: set it (timedatectl set-ntp true)")
    if theirs is not None and abs(now - theirs) > SKEW:
        seconds = round((now - theirs).total_seconds())
        return wrong(
            "clock", f"it is {seconds:+d} s apart from Telegram's: set it (timedatectl set-ntp true)"
        )
    return Finding("clock", f"{now:%Y-%m-%d %H:%M} UTC, {there:%H:%M} in {ZONE}")


# ---------------------------------------------------------------- Telegram
@dataclass(slots=True)
class _Telegram:
    """What Telegram says when it is asked; `clock` is the moment by its own clock."""

    settings: Settings
    clock: datetime | None = None
    answers: bool = field(default=False, init=False)

    async def token(self, session: aiohttp.ClientSession) -> Finding:
        token = self.settings.bot_token.get_secret_value()
        if not token:
            return wrong("telegram", "there is no BOT_TOKEN to ask with")
        status, told = await self._ask(session, "getMe")
        if status in (401, 404):
            return wrong(
                "telegram", f"it does not know BOT_TOKEN {mask(token)}: ask BotFather for it anew (/token)"
            )
        if told is None:
            place = urlsplit(self.settings.telegram_api_url).netloc
            return wrong(
                "telegram",
                f"{place} does not answer as Telegram does: look at TELEGRAM_API_URL and the network",
            )
        self.answers = True
        username = str(told.get("username", ""))
        if self.settings.bot_username and self.settings.bot_username != username:
            return wrong(
                "telegram", f"BOT_USERNAME is not the name of this bot: make it {username}, or empty"
            )
        return Finding("telegram", f"@{username}, BOT_TOKEN {mask(token)}")

    async def webhook(self, session: aiohttp.ClientSession, now: datetime) -> Finding:
        told = (await self._ask(session, "getWebhookInfo"))[1] if self.answers else None
        if told is None:
            return wrong("webhook", "not known while Telegram does not answer: mend that first")
        there, pending = str(told.get("url", "")), int(told.get("pending_update_count", 0))
        if self.settings.telegram_updates == "polling":
            if there:
                return wrong(
                    "webhook",
                    f"one is set ({urlsplit(there).netloc}) while TELEGRAM_UPDATES is polling, so that nothing comes: "
                    "call deleteWebhook, or set TELEGRAM_UPDATES=webhook",
                )
            return Finding("webhook", f"none, as polling needs it; {pending} updates wait")
        ours = f"{self.settings.public_url}/webhooks/telegram"
        if not there:
            return Finding("webhook", f"not set yet: the start sets it to {ours}; {pending} updates wait")
        if there != ours:
            return wrong(
                "webhook", f"it leads to {urlsplit(there).netloc} and not to PUBLIC_URL: the start sets it"
            )
        if (failed := _last_error(told, now)) is not None:
            return wrong(
                "webhook", f"Telegram could not bring an update ({failed}), {pending} wait: look at the proxy"
            )
        return Finding("webhook", f"{ours}; {pending} updates wait")

    async def _ask(self, session: aiohttp.ClientSession, method: str) -> tuple[int, dict[str, Any] | None]:
        """Status, 0 for no answer, and the result where there is one."""
        url = f"{self.settings.telegram_api_url}/bot{self.settings.bot_token.get_secret_value()}/{method}"
        try:
            async with session.post(url, json={}, allow_redirects=False) as answer:
                self.clock = parsedate_to_datetime(answer.headers["Date"])
                told = json.loads(await answer.read())
        except (aiohttp.ClientError, TimeoutError, OSError):
            return 0, None
        except (ValueError, KeyError, RecursionError):
            return answer.status, None
        result = told.get("result") if isinstance(told, dict) and told.get("ok") else None
        return answer.status, result if isinstance(result, dict) else None


def _last_error(told: dict[str, Any], now: datetime) -> str | None:
    at = told.get("last_error_date")
    if not isinstance(at, int) or now - datetime.fromtimestamp(at, UTC) > STALE:
        return None
    return str(told.get("last_error_message", "no reason given"))[:200]


# ---------------------------------------------------------------- Viber
async def _viber(settings: Settings, _: Clock) -> Finding | None:
    """Whether Viber knows the token, and where it brings its events; nothing is sent. None where Viber is off."""
    token = settings.viber_token.get_secret_value()
    if not token:
        return None
    place = urlsplit(settings.viber_api_url).netloc
    http = Http(seconds=SECONDS)
    try:
        told = await ViberClient(http, settings.viber_api_url, token).call("get_account_info", {})
    except ViberRefused as refused:
        if refused.status == UNKNOWN_TOKEN:
            return wrong(
                "viber", f"it does not know VIBER_TOKEN {mask(token)}: copy it from the bot's admin panel"
            )
        return wrong("viber", f"{place} refuses with status {refused.status}: look at the bot's admin panel")
    except (WireError, Unclear, Undecodable):
        return wrong("viber", f"{place} does not answer as Viber does: look at VIBER_API_URL and the network")
    finally:
        await http.close()
    name, theirs = str(told.get("uri", "")), told.get("webhook")
    if settings.viber_uri and name and settings.viber_uri != name:
        return wrong("viber", f"VIBER_URI is not the name of this bot: make it {name}, or empty")
    ours = f"{settings.public_url}{VIBER_PATH}"
    if isinstance(theirs, str) and theirs and theirs != ours:
        return wrong(
            "viber",
            f"its events go to {urlsplit(theirs).netloc}, not to PUBLIC_URL: `bot run` takes them over",
        )
    waits = "its events come to us" if theirs else "`bot run` will say where its events are to go"
    return Finding("viber", f"{name}, VIBER_TOKEN {mask(token)}; {waits}")


# ---------------------------------------------------------------- SMS and e-mail
_ADVICE = {
    "turbosms_unauthorised": "it does not know TURBOSMS_TOKEN: make one in its cabinet, under HTTP API",
    "turbosms_inactive": "the account is not active: look into its cabinet",
    "turbosms_no_money": "there is no money on the account: top it up",
    "turbosms_sender": "it does not take TURBOSMS_SENDER: have that name registered in its cabinet",
    "smtp_unauthorised": "it does not take the user and password of SMTP_URL",
    "smtp_no_tls": "no encrypted connection came about, and a password goes out by no other: look at SMTP_URL",
}


async def _sms(settings: Settings, _: Clock) -> Finding | None:
    """Whether TurboSMS knows the token; nothing is sent. None where SMS is off."""
    token = settings.turbosms_token.get_secret_value()
    if not token:
        return None
    place = urlsplit(settings.turbosms_api_url).netloc
    http = Http(seconds=SECONDS)
    pace = Pace(time.monotonic)
    try:
        await SmsChannel(http, settings.turbosms_api_url, token, settings.turbosms_sender, pace).ping()
    except Undeliverable as fault:
        missing = f"{place} does not answer as TurboSMS does: look at TURBOSMS_API_URL and the network"
        return wrong("sms", _ADVICE.get(fault.reason, missing))
    finally:
        await http.close()
    return Finding("sms", f"TurboSMS at {place}, TURBOSMS_TOKEN {mask(token)}")


async def _mail(settings: Settings, clock: Clock) -> Finding | None:
    """Whether the mail server takes user and password; nothing is sent. None where e-mail is off."""
    url = settings.smtp_url.get_secret_value()
    if not url:
        return None
    server = Server.parse(url)
    place = f"{server.host}:{server.port}"
    try:
        await MailChannel(server, settings.mail_from, Pace(time.monotonic), clock, seconds=SECONDS).ping()
    except Undeliverable as fault:
        missing = f"{place} does not answer as a mail server does: look at SMTP_URL and the network"
        return wrong("email", f"{place}: {advised}" if (advised := _ADVICE.get(fault.reason)) else missing)
    return Finding("email", f"{place}, as {'a user' if server.user else 'nobody in particular'}")
