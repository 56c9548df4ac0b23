"""The outbox's way to Viber's chats."""

import html
from collections.abc import Callable
from typing import Any

from aiogram import Bot
from aiogram.exceptions import TelegramAPIError
from aiogram.methods import SendMessage, SendPhoto

from bot.messengers.base import Media, Sent, Undeliverable
from bot.messengers.pacing import Pace, Paced
from bot.messengers.telegram import Undecodable
from bot.messengers.viber.faults import sorted_fault
from bot.messengers.viber.markup import marks
from bot.messengers.viber.session import CAPTION, PICTURES, ViberSession
from models.file import FileKind


class ViberChannel(Paced):
    name = "viber"
    redraws = False
    charges = True

    def __init__(
        self, bot: Bot, session: ViberSession, pace: Pace, address: Callable[[str], str | None]
    ) -> None:
        """`address`: where a file of a message is fetched from outside, by its path."""
        super().__init__(pace)
        self._address = address
        self._bot = bot
        self._session = session

    @property
    def trouble(self) -> str | None:
        return self._session.trouble

    async def send(
        self, chat: str, text: str, markup: Any, *, silent: bool = False, once: str | None = None
    ) -> Sent:
        """Send a message; there is no silent way. Raises Undeliverable."""
        return await self._send(
            chat, SendMessage(chat_id=int(chat), text=text, parse_mode="HTML", reply_markup=markup)
        )

    async def send_media(
        self, chat: str, media: Media, text: str, markup: Any, *, silent: bool = False
    ) -> Sent:
        """One message, since each may cost money: a picture with its words below it, of any other file the words and
        where it lies, and so of a picture that Viber does not take. Raises Undeliverable."""
        url = self._address(media.path)
        if url is None:
            return await self.send(chat, text, markup)
        if media.kind is FileKind.PHOTO and url.endswith(PICTURES) and len(marks(text)) <= CAPTION:
            photo = SendPhoto(
                chat_id=int(chat), photo=url, caption=text, parse_mode="HTML", reply_markup=markup
            )
            try:
                return await self._send(chat, photo)
            except Undeliverable as fault:
                if not fault.refused:
                    raise
        return await self.send(chat, f"{text}\n{html.escape(url)}", markup)

    async def replace_media(self, chat: str, message_id: str, text: str) -> None:
        """What hangs there stays. Raises Undeliverable."""
        self._pace.release(chat)
        raise Undeliverable("media_stays")

    async def _send(self, chat: str, method: SendMessage | SendPhoto) -> Sent:
        try:
            message = await self._bot(method)
        except Undecodable:
            return Sent(None)
        except TelegramAPIError as error:
            fault = sorted_fault(error)
            if fault.pause is not None:
                self._pace.pause(fault.pause, chat if self._session.trouble is None else None)
            raise fault from None
        finally:
            self._pace.done(chat)
        return Sent(str(message.message_id) if message.message_id else None)

    async def edit(self, chat: str, message_id: str, text: str, markup: Any) -> str:
        """Another message: none can be drawn anew. Raises Undeliverable."""
        return (await self.send(chat, text, markup)).message_id or message_id

    async def delete(self, chat: str, message_id: str) -> None:
        """Nothing can be taken away. Raises Undeliverable."""
        self._pace.release(chat)
        raise Undeliverable("refused")
