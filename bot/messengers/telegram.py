"""Telegram: an aiogram session that writes JSON over kept-alive connections, and the channel of the outbox.

The error map is R5 of the promises, the texts those of the Bot API server (facts T21-T24).
"""

import asyncio
import html
import re
from collections.abc import AsyncGenerator
from contextvars import ContextVar
from typing import Any, cast

import structlog
from aiogram import Bot
from aiogram.client.session.base import BaseSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import (
    ClientDecodeError,
    TelegramAPIError,
    TelegramBadRequest,
    TelegramEntityTooLarge,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramNetworkError,
    TelegramNotFound,
    TelegramRetryAfter,
    TelegramServerError,
    TelegramUnauthorizedError,
)
from aiogram.methods import (
    AnswerCallbackQuery,
    DeleteMessage,
    EditMessageText,
    Response,
    SendChatAction,
    SendMessage,
    TelegramMethod,
)
from aiogram.methods.base import TelegramType
from aiogram.types import InputFile, LinkPreviewOptions, Update

from bot.http import Http, WireError
from bot.messengers.base import Sent, Undeliverable
from bot.messengers.forms import form, says_ok
from bot.messengers.pacing import Pace, Paced
from models.crash import crashpoint

log = structlog.get_logger(__name__)

UNAUTHORIZED_PAUSE = 60.0
UNKNOWN_PAUSE = 5.0
"""For a 429 that does not say how long (facts T21)."""
ANSWER_PATIENCE = 10.0
"""Seconds in all that a direct answer waits for Telegram's pace; beyond that its update is tried again."""
NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
TAG = re.compile(r"</?[a-z][^>]*>")


class Undecodable(Exception):
    """Telegram said ok and something that cannot be read: the call happened, its result is unknown (A8)."""


class NotReached(TelegramNetworkError):
    """No connection came about: for certain nothing was asked."""


_placed: ContextVar[bool] = ContextVar("placed", default=False)
"""The outbox took this call's place in the pace when it claimed the row."""


class TelegramSession(BaseSession):
    """aiogram's calls over our own client. Errors carry no request, no answer, no token.

    Every call that hangs something into a chat is counted in the pace, and what Telegram says of our speed or
    of our token holds for all calls, whoever made the one that was refused.
    """

    def __init__(self, http: Http, api_url: str, pace: Pace) -> None:
        super().__init__(api=TelegramAPIServer.from_base(api_url))
        self._http = http
        self._pace = pace
        self.unauthorised = False

    async def close(self) -> None:
        """The client belongs to the app, which closes it."""

    async def make_request(
        self, bot: Bot, method: TelegramMethod[TelegramType], timeout: int | None = None
    ) -> TelegramType:
        chat = _paced_chat(method)
        patience = 0.0
        if chat is not None and not _placed.get():
            self._pace.begin(chat)
            patience = ANSWER_PATIENCE
        try:
            result = await self._insist(bot, method, timeout, chat, patience)
        except TelegramAPIError as error:
            self._learn(sorted_fault(error), chat)
            raise
        finally:
            if chat is not None:
                self._pace.done(chat)
        self._is_known()
        return result

    async def _insist(
        self,
        bot: Bot,
        method: TelegramMethod[TelegramType],
        timeout: int | None,
        chat: str | None,
        patience: float,
    ) -> TelegramType:
        """An answer to somebody's tap that Telegram finds hasty goes again when it is told to: a 429 was not
        accepted, and the person is looking at the screen. The outbox has its own patience, and waits elsewhere."""
        while True:
            try:
                return await self._ask(bot, method, timeout)
            except TelegramRetryAfter as error:
                if error.retry_after > patience:
                    raise
                self._learn(sorted_fault(error), chat)
                patience -= error.retry_after
                await asyncio.sleep(error.retry_after)

    async def _ask(self, bot: Bot, method: TelegramMethod[TelegramType], timeout: int | None) -> TelegramType:
        url = self.api.api_url(token=bot.token, method=method.__api_method__)
        files: dict[str, InputFile] = {}
        fields = {
            key: prepared
            for key, value in method.model_dump(warnings=False).items()
            if (prepared := self.prepare_value(value, bot=bot, files=files, _dumps_json=False)) is not None
        }
        try:
            if files:
                status, body = await self._http.post(
                    url, data=await form(fields, files, bot), seconds=timeout
                )
            else:
                status, body = await self._http.post(url, json=fields, seconds=timeout)
        except WireError as error:
            kind = TelegramNetworkError if error.reached else NotReached
            raise kind(method=method, message=str(error)) from None
        return self._result(bot, method, status, body)

    def _result(
        self, bot: Bot, method: TelegramMethod[TelegramType], status: int, body: bytes
    ) -> TelegramType:
        _keep_model(type(method))
        try:
            response: Response[TelegramType] = self.check_response(
                bot, method, status, body.decode("utf-8", "replace")
            )
        except ClientDecodeError:
            if status < 300 and says_ok(body):
                raise Undecodable from None
            raise TelegramServerError(method=method, message=f"undecodable answer, status {status}") from None
        return cast(TelegramType, response.result)

    def _learn(self, fault: Undeliverable, chat: str | None) -> None:
        if fault.reason == "unauthorised":
            self.unauthorised = True
            if self._pace.pause(UNAUTHORIZED_PAUSE):
                log.error("telegram_refuses_the_token", again_in=UNAUTHORIZED_PAUSE)
        elif not (fault.ambiguous or fault.away):
            self._is_known()
            if fault.pause is not None and chat is not None:
                self._pace.refused(chat, fault.pause)

    def _is_known(self) -> None:
        if self.unauthorised:
            self.unauthorised = False
            log.info("telegram_takes_the_token")

    async def stream_content(
        self,
        url: str,
        headers: dict[str, Any] | None = None,
        timeout: int = 30,
        chunk_size: int = 65536,
        raise_for_status: bool = True,
    ) -> AsyncGenerator[bytes, None]:
        """A file's bytes. Raises WireError, which names no address: it holds the token."""
        async for part in self._http.stream(url, seconds=timeout, chunk=chunk_size, headers=headers):
            yield part


_models: dict[type, type] = {}


def _keep_model(method: type[TelegramMethod[Any]]) -> None:
    """aiogram asks for `Response[...]` at each answer, and pydantic forgets such a type with its last use: built
    anew for 487 of 811 answers, it was what a backlog of updates spent its time on (S8: 65 to 94 a second)."""
    if method not in _models:
        _models[method] = Response[method.__returning__]  # type: ignore[name-defined]


def build_models() -> None:
    """What every conversation uses is built before the first one waits for it; the rest when it is first used."""
    Update.model_rebuild()
    for method in (SendMessage, EditMessageText, AnswerCallbackQuery):
        method.model_rebuild()
        _keep_model(method)


_HANGING = ("send", "edit", "copy", "forward")


def _paced_chat(method: TelegramMethod[Any]) -> str | None:
    """The chat in which this call hangs or changes a message: those are what Telegram limits."""
    if not method.__api_method__.startswith(_HANGING) or isinstance(method, SendChatAction):
        return None
    chat = getattr(method, "chat_id", None)
    return None if chat is None else str(chat)


class TelegramChannel(Paced):
    """The outbox's way to Telegram's chats."""

    name = "telegram"
    redraws = True
    charges = False

    def __init__(self, bot: Bot, session: TelegramSession, pace: Pace) -> None:
        super().__init__(pace)
        self._bot = bot
        self._session = session

    @property
    def trouble(self) -> str | None:
        return "telegram_unauthorised" if self._session.unauthorised else None

    async def send(
        self, chat: str, text: str, markup: Any, *, silent: bool = False, once: str | None = None
    ) -> Sent:
        """Send a message; Telegram cannot tell a repeat by `once`. Raises Undeliverable."""
        method = SendMessage(
            chat_id=int(chat),
            text=text,
            parse_mode="HTML",
            reply_markup=markup,
            disable_notification=silent or None,
            link_preview_options=NO_PREVIEW,
        )
        crashpoint("telegram.before_send")
        try:
            message = await self._in_its_place(method)
        except Undecodable:
            return Sent(None)
        except TelegramAPIError as error:
            if is_markup_fault(error):
                return await self._send_plain(method)
            raise sorted_fault(error) from None
        crashpoint("telegram.sent")
        return Sent(str(message.message_id))

    async def edit(self, chat: str, message_id: str, text: str, markup: Any) -> str:
        """Draw a message anew; what is so already is success. Raises Undeliverable, `gone` where it is no more."""
        method = EditMessageText(
            chat_id=int(chat),
            message_id=int(message_id),
            text=text,
            parse_mode="HTML",
            reply_markup=markup,
            link_preview_options=NO_PREVIEW,
        )
        crashpoint("telegram.before_edit")
        try:
            await self._in_its_place(method)
        except Undecodable:
            return message_id
        except TelegramAPIError as error:
            if "message is not modified" in str(error).lower():
                return message_id
            raise sorted_fault(error) from None
        crashpoint("telegram.edited")
        return message_id

    async def delete(self, chat: str, message_id: str) -> None:
        """Take a message out of the chat: Telegram lets bots within two days (facts T26). Raises Undeliverable."""
        try:
            await self._in_its_place(DeleteMessage(chat_id=int(chat), message_id=int(message_id)))
        except Undecodable:
            return
        except TelegramAPIError as error:
            raise sorted_fault(error) from None

    async def _send_plain(self, method: SendMessage) -> Sent:
        """Telegram could not parse our markup: once more as plain text (F8)."""
        bare = html.unescape(TAG.sub("", method.text))
        crashpoint("telegram.before_plain")
        try:
            message = await self._bot(method.model_copy(update={"text": bare, "parse_mode": None}))
        except Undecodable:
            return Sent(None)
        except TelegramAPIError as error:
            raise sorted_fault(error) from None
        crashpoint("telegram.plain_sent")
        return Sent(str(message.message_id))

    async def _in_its_place(self, method: TelegramMethod[TelegramType]) -> TelegramType:
        token = _placed.set(True)
        try:
            return await self._bot(method)
        finally:
            _placed.reset(token)


def is_markup_fault(error: TelegramAPIError) -> bool:
    return isinstance(error, TelegramBadRequest) and "can't parse entities" in str(error).lower()


_GONE_FOR_GOOD = {
    "chat not found": "chat_not_found",
    "user not found": "chat_not_found",
    "peer_id_invalid": "chat_not_found",
    "bot was blocked": "blocked",
    "user is deactivated": "deactivated",
    "bot was kicked": "kicked",
    "group chat was deleted": "chat_not_found",
    "not a member": "kicked",
    "can't initiate conversation": "blocked",
    "have no rights to send": "kicked",
    "not enough rights to send": "kicked",
    "chat_write_forbidden": "kicked",
}
_NO_MESSAGE = ("message to edit not found", "message can't be edited", "message_id_invalid")


def sorted_fault(error: TelegramAPIError) -> Undeliverable:
    """aiogram's exception in the outbox's bits."""
    said = str(error).lower()
    match error:
        case TelegramRetryAfter():
            return Undeliverable("too_many", pause=float(error.retry_after))
        case TelegramMigrateToChat():
            return Undeliverable("moved", moved_to=str(error.migrate_to_chat_id))
        case TelegramUnauthorizedError() | TelegramNotFound():
            return Undeliverable("unauthorised", pause=UNAUTHORIZED_PAUSE)
        case NotReached():
            return Undeliverable("unreachable", away=True)
        case TelegramEntityTooLarge():
            return Undeliverable("refused")
        case TelegramServerError() | TelegramNetworkError():
            return Undeliverable("unreachable", ambiguous=True)
        case TelegramForbiddenError() | TelegramBadRequest():
            return _refusal(said, isinstance(error, TelegramForbiddenError))
    if "too many requests" in said:
        return Undeliverable("too_many", pause=UNKNOWN_PAUSE)
    return Undeliverable("unreachable", ambiguous=True)


def _refusal(said: str, forbidden: bool) -> Undeliverable:
    for text, reason in _GONE_FOR_GOOD.items():
        if text in said:
            return Undeliverable(reason, for_good=True)
    if forbidden:
        return Undeliverable("blocked", for_good=True)
    if "logged out" in said:  # the bot lives on another API server now
        return Undeliverable("unauthorised", pause=UNAUTHORIZED_PAUSE)
    if any(text in said for text in _NO_MESSAGE):
        return Undeliverable("gone", gone=True)
    return Undeliverable("refused")
