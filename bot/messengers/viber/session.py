"""aiogram's calls as Viber's: what handlers draw for Telegram's chats is sent to Viber's (facts: viber, 4).

Nothing can be drawn anew or taken away there: an edit is another message, a deletion nothing. A chat has one keyboard,
so the rows of the last one that was asked for and the menu go along with whatever is sent. What Viber has no like of
and nobody would miss is left out; any other call raises TelegramBadRequest.
"""

from collections.abc import AsyncGenerator, Awaitable, Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from aiogram import Bot
from aiogram.client.session.base import BaseSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import TelegramBadRequest, TelegramForbiddenError
from aiogram.methods import (
    AnswerCallbackQuery,
    DeleteMessage,
    DeleteMessages,
    DeleteMyCommands,
    DeleteWebhook,
    EditMessageCaption,
    EditMessageReplyMarkup,
    EditMessageText,
    GetFile,
    GetMe,
    SendChatAction,
    SendContact,
    SendDocument,
    SendLocation,
    SendMessage,
    SendPhoto,
    SendVoice,
    SetMyCommands,
    SetWebhook,
    TelegramMethod,
)
from aiogram.methods.base import TelegramType
from aiogram.types import (
    BotCommandScopeChat,
    File,
    InlineKeyboardMarkup,
    InputFile,
    Message,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
    User,
)

from bot.http import Http, WireError
from bot.messengers.forms import FileAbout
from bot.messengers.plain import plain
from bot.messengers.viber import BOT_ID
from bot.messengers.viber.client import TooLong, Unclear, Undecodable, ViberClient, ViberRefused
from bot.messengers.viber.faults import Faults, sorted_fault, trouble_of
from bot.messengers.viber.identities import Identities, Known
from bot.messengers.viber.keyboards import card, keyboard, with_begin
from bot.messengers.viber.markup import marks
from bot.messengers.viber.pressing import Toast, press_in_hand, with_toasts
from bot.messengers.viber.signing import Signer
from models.base import Clock
from models.file import About

EVENTS = ("delivered", "seen", "failed", "subscribed", "unsubscribed", "conversation_started")
CAPTION = 768
"""Characters under a picture; a longer text goes as a message of its own."""
PICTURES = (".jpg", ".jpeg", ".png", ".gif")

WHERE_FILES_ARE = TelegramAPIServer(base="", file="{path}")
"""What a person sent is where Viber says, and not below the address of an API."""

Publish = Callable[[bytes, str, About | None], Awaitable[str]]
"""Puts bytes under a public address that nobody can guess, for Viber to fetch; takes their name."""


@dataclass(slots=True)
class Welcome:
    """The one message that may answer the opening of a chat, in the HTTP answer to it (R4)."""

    payload: dict[str, Any] | None = None


_welcome: ContextVar[Welcome | None] = ContextVar("welcome", default=None)


def _to_copy(markup: Any) -> Iterator[str]:
    """What its buttons would copy. Viber has no such buttons: it comes as a message, to hold a finger on."""
    if isinstance(markup, InlineKeyboardMarkup):
        for button in (button for row in markup.inline_keyboard for button in row):
            if button.copy_text is not None:
                yield button.copy_text.text


@contextmanager
def welcoming() -> Iterator[Welcome]:
    """The first message that is sent inside is caught and not sent."""
    welcome = Welcome()
    token = _welcome.set(welcome)
    try:
        yield welcome
    finally:
        _welcome.reset(token)


class ViberSession(BaseSession):
    """`live`: whether a button's data must stay pressable whatever comes after: a message whose first button is such
    a one is a card of rich media. `name`: of the sender, at most 28 characters. `begin`: the words of the button by
    which somebody who has only looked in says that we may write to them."""

    def __init__(
        self,
        client: ViberClient,
        identities: Identities,
        signer: Signer,
        http: Http,
        clock: Clock,
        *,
        name: str,
        begin: str,
        live: Callable[[str], bool],
        publish: Publish,
    ) -> None:
        super().__init__(api=WHERE_FILES_ARE)
        self._client = client
        self._identities = identities
        self._signer = signer
        self._http = http
        self._clock = clock
        self._sender = {"name": name}
        self._begin = begin
        self._live = live
        self._publish = publish
        self._faults = Faults()
        self._menu: dict[str, str] = {}
        self.trouble: str | None = None

    async def close(self) -> None:
        """The client belongs to the app, which closes it."""

    def heard(self, number: int) -> None:
        self._faults.heard(str(number))

    async def make_request(
        self, bot: Bot, method: TelegramMethod[TelegramType], timeout: int | None = None
    ) -> TelegramType:
        try:
            done = await self._do(method)
        except (ViberRefused, WireError, Unclear, TooLong) as error:
            chat = getattr(method, "chat_id", None)
            fault = self._faults.telegram(error, method, None if chat is None else str(chat))
            self.trouble = trouble_of(sorted_fault(fault)) or self.trouble
            raise fault from None
        if isinstance(done, Message | User | File):
            done.as_(bot)
        return cast(TelegramType, done)

    async def stream_content(
        self,
        url: str,
        headers: dict[str, Any] | None = None,
        timeout: int = 30,
        chunk_size: int = 65536,
        raise_for_status: bool = True,
    ) -> AsyncGenerator[bytes, None]:
        """A file's bytes. Raises WireError, which names no address: whoever has it sees what a person sent."""
        stream = self._http.stream(url, seconds=timeout, chunk=chunk_size, headers=headers, follow=True)
        async for part in stream:
            yield part

    async def begun(self, person: Known) -> None:
        """The button that begins has done its work: the keyboard is laid without it, and no message is shown."""
        await self._lay_anew(person.number)

    async def _lay_anew(self, number: int) -> None:
        """The keyboard as it is to be now, without a message, where that costs nothing."""
        person = await self._identities.find(number)
        if person is None or not person.subscribed or not person.in_session(self._clock()):
            return
        shown = await self._keyboard(person, None)
        body: dict[str, Any] = {"receiver": person.viber_id, "sender": self._sender, "min_api_version": 3}
        if shown is not None:
            await self._client.call("send_message", body | {"keyboard": shown})

    # ------------------------------------------------------------ which call is which
    async def _do(self, method: TelegramMethod[Any]) -> Any:
        match method:
            case SendMessage() | EditMessageText():
                markup = method.reply_markup
                if markup is None and isinstance(method, EditMessageText) and await self._is_spent(method):
                    markup = ReplyKeyboardRemove(remove_keyboard=True)
                if method.parse_mode != "HTML":
                    return await self._say(method, method.text or "", markup, is_html=False)
                return await self._draw(method, method.text or "", markup)
            case SendPhoto() | SendDocument() | SendVoice():
                return await self._send_file(method)
            case SendContact():
                name = " ".join(part for part in (method.first_name, method.last_name) if part)
                contact = {"name": name[:28], "phone_number": method.phone_number[:18]}
                return await self._send(method, {"type": "contact", "contact": contact})
            case SendLocation():
                place = {"lat": method.latitude, "lon": method.longitude}
                return await self._send(method, {"type": "location", "location": place})
            case EditMessageReplyMarkup() if method.reply_markup is not None:
                return await self._send(method, {}, method.reply_markup)
            case EditMessageCaption():
                return await self._draw(method, method.caption or "", method.reply_markup)
            case AnswerCallbackQuery():
                return await self._answer(method)
            case SetMyCommands():
                menu = {command.command: command.description for command in method.commands}
                return await self._give_menu(method, menu)
            case DeleteMyCommands():
                return await self._give_menu(method, None)
            case EditMessageReplyMarkup() | DeleteMessage() | DeleteMessages() | SendChatAction():
                return True
            case GetFile():
                return File(file_id=method.file_id, file_unique_id=method.file_id, file_path=method.file_id)
            case GetMe():
                said = await self._client.call("get_account_info", {})
                return User(
                    id=BOT_ID, is_bot=True, first_name=str(said.get("name", "")), username=said.get("uri")
                )
            case SetWebhook():
                return await self._set_webhook(method.url)
            case DeleteWebhook():
                return await self._set_webhook("")
        raise TelegramBadRequest(method=method, message=f"{method.__api_method__}: Viber has nothing like it")

    async def _set_webhook(self, url: str) -> bool:
        wanted = {"event_types": list(EVENTS), "send_name": True, "send_photo": False} if url else {}
        await self._client.call("set_webhook", {"url": url} | wanted)
        self.trouble = None
        return True

    async def _give_menu(self, method: SetMyCommands | DeleteMyCommands, menu: dict[str, str] | None) -> bool:
        """The commands of a chat are the rows that always lie at the foot of its keyboard."""
        if isinstance(method.scope, BotCommandScopeChat):
            person = await self._person(method, int(method.scope.chat_id))
            if person.menu != menu:
                await self._identities.give_menu(person, menu)
            await self._lay_anew(
                person.number
            )  # also where the try before came to know it and did not lay it
        elif menu is not None:
            self._menu = menu
        return True

    # ------------------------------------------------------------ messages
    async def _draw(self, method: TelegramMethod[Any], text: str, markup: Any) -> Message:
        """A screen, and with it the toasts that wait for one."""
        pressed, chat = press_in_hand(), (await self._person(method)).number
        if pressed is None:
            return await self._say(method, text, markup, is_html=True)
        try:
            sent = await self._say(method, with_toasts(text, pressed.waiting(chat)), markup, is_html=True)
        except Undecodable:  # Viber took it
            pressed.told(chat)
            raise
        pressed.told(chat)
        return sent

    async def _say(self, method: TelegramMethod[Any], text: str, markup: Any, *, is_html: bool) -> Message:
        """Buttons that are to stay alive make a card, any other the chat's keyboard."""
        if isinstance(markup, InlineKeyboardMarkup) and self._is_live(markup):
            person = await self._person(method)
            rich = card(text, markup, lambda data: self._signer.sign(person.number, data))
            if rich is not None:
                body = {"type": "rich_media", "min_api_version": 7, "rich_media": rich}
                return await self._send(method, body | {"alt_text": plain(text)[:7000]})
        body = {"type": "text", "text": marks(text) if is_html else text}
        sent = await self._send(method, body, markup)
        for words in _to_copy(markup):
            await self._send(method, {"type": "text", "text": words})
        return sent

    async def _is_spent(self, method: EditMessageText) -> bool:
        """Whether the open keyboard is the screen whose button was pressed: one without buttons takes its place."""
        pressed, person = press_in_hand(), await self._person(method)
        if pressed is None or pressed.data is None or person.slot is None:
            return False
        body = self._signer.sign(person.number, pressed.data)
        return any(button["ActionBody"] == body for button in person.slot["Buttons"])

    def _is_live(self, markup: InlineKeyboardMarkup) -> bool:
        told = (button.callback_data for row in markup.inline_keyboard for button in row)
        first = next((data for data in told if data), "")
        return self._live(first)

    async def _send_file(self, method: SendPhoto | SendDocument | SendVoice) -> Message:
        """By a public address; a caption that does not fit under a picture follows as a message."""
        file = next(getattr(method, name) for name in ("photo", "document", "voice") if hasattr(method, name))
        caption = marks(method.caption or "") if method.parse_mode == "HTML" else method.caption or ""
        if isinstance(file, InputFile):
            name = file.filename or "file"
            content = b"".join([chunk async for chunk in file.read(cast(Bot, method.bot))])
            about = file.about if isinstance(file, FileAbout) else None
            url, size = await self._publish(content, name, about), len(content)
        else:
            url, size, name = str(file), 0, str(file).rpartition("/")[2]
        body: dict[str, Any]
        if isinstance(method, SendPhoto) and url.lower().endswith(PICTURES):
            under = caption if len(caption) <= CAPTION else ""
            body = {"type": "picture", "text": under, "media": url}
        else:
            under, body = "", {"type": "file", "media": url, "size": size, "file_name": name[:256]}
        sent = await self._send(method, body, method.reply_markup)
        if caption and not under:
            await self._send(method, {"type": "text", "text": caption}, method.reply_markup)
        return sent

    async def _answer(self, method: AnswerCallbackQuery) -> bool:
        """A press is answered by a message, since nothing else is seen; without words by nothing. While it is handled
        that waits for the screen that follows."""
        if not method.text:
            return True
        chat, pressed = int(method.callback_query_id.partition(":")[0]), press_in_hand()
        if pressed is not None:
            pressed.toasts.append(Toast(chat, method.text, alert=bool(method.show_alert)))
        else:
            await self._send(method, {"type": "text", "text": method.text}, chat=chat)
        return True

    async def _send(
        self, method: TelegramMethod[Any], body: dict[str, Any], markup: Any = None, chat: int | None = None
    ) -> Message:
        """One message with the chat's keyboard. `body` without a type: the keyboard alone."""
        person = await self._person(method, chat)
        shown = await self._keyboard(person, markup)
        payload = {"sender": self._sender, "min_api_version": 3} | body
        if shown is not None:
            payload["keyboard"] = shown
        welcome = _welcome.get()
        if welcome is not None:
            if welcome.payload is None:
                if not person.subscribed:
                    payload["keyboard"] = with_begin(shown, self._begin)
                welcome.payload = payload
                return self._message(person.number, 0)
            if not person.subscribed:
                raise TelegramForbiddenError(method=method, message="receiverNotSubscribed (6)")
        said = await self._client.call("send_message", payload | {"receiver": person.viber_id})
        self.trouble = None
        token = said.get("message_token")
        return self._message(person.number, token if isinstance(token, int) else 0)

    async def _keyboard(self, person: Known, markup: Any) -> dict[str, Any] | None:
        """The rows asked for now, else those that lie open, and the menu's under them."""
        menu = list((person.menu or self._menu).items())
        rows = [(words, f"/{command}") for command, words in menu]
        own = person.slot
        if markup is not None:  # what is no keyboard takes the open one away
            shown = markup if isinstance(markup, InlineKeyboardMarkup | ReplyKeyboardMarkup) else None
            own = keyboard(shown, (), lambda data: self._signer.sign(person.number, data))
            await self._identities.lay(person, own)
        return keyboard(None, rows, str, under=own)

    async def _person(self, method: TelegramMethod[Any], chat: int | None = None) -> Known:
        number = chat if chat is not None else int(method.chat_id)  # type: ignore[attr-defined]
        person = await self._identities.find(number)
        if person is None:
            raise TelegramBadRequest(method=method, message="chat not found")
        return person

    def _message(self, number: int, token: int) -> Message:
        """What was sent, as aiogram knows messages."""
        now: datetime = self._clock()
        return Message.model_validate(
            {"message_id": token, "date": now, "chat": {"id": number, "type": "private"}}
        )
