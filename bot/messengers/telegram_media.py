"""Telegram carries photos, documents and voice messages: sent anew by their bytes, so that nobody sees whose they were.

What Telegram will not show as what it is goes as a plain file, and where that is refused, too, the words go alone:
they name the file (F8). A voice message is refused by whoever has forbidden them.
"""

import html
from collections.abc import Sequence
from typing import Any

from aiogram.exceptions import TelegramAPIError
from aiogram.methods import EditMessageCaption, EditMessageMedia, SendDocument, SendPhoto, SendVoice
from aiogram.types import BufferedInputFile, InputMediaDocument
from aiogram.types import Message as Sending

from bot.messengers.base import Media, Sent, Undeliverable
from bot.messengers.telegram import TAG, TelegramChannel, Undecodable, is_markup_fault, sorted_fault
from models.crash import crashpoint
from models.file import FileKind

Method = SendPhoto | SendDocument | SendVoice


class TelegramMediaChannel(TelegramChannel):
    async def send_media(
        self, chat: str, media: Media, text: str, markup: Any, *, silent: bool = False
    ) -> Sent:
        """Raises Undeliverable."""
        crashpoint("telegram.before_media")
        first = True
        for method in _ways(chat, media, text, markup, silent):
            try:
                sent = await self._try(method, in_place=first)
            except Undecodable:
                return Sent(None)
            except TelegramAPIError as error:
                fault = sorted_fault(error)
                if not fault.refused:
                    raise fault from None
                first = False
            else:
                crashpoint("telegram.media_sent")
                return Sent(str(sent.message_id))
        return await self.send(chat, text, markup, silent=silent)

    async def replace_media(self, chat: str, message_id: str, text: str) -> None:
        """While it is young it is deleted; afterwards a file of ours takes its place, and where Telegram exchanges
        none (a voice message) its words go. Raises Undeliverable."""
        try:
            await self.delete(chat, message_id)
        except Undeliverable as fault:
            if not fault.refused:
                raise
        else:
            return
        nothing = InputMediaDocument(
            media=BufferedInputFile(text.encode(), "-.txt"), caption=text, parse_mode="HTML"
        )
        where: dict[str, Any] = {"chat_id": int(chat), "message_id": int(message_id)}
        try:
            await self._bot(EditMessageMedia(media=nothing, **where))
        except Undecodable:
            return
        except TelegramAPIError as error:
            if not sorted_fault(error).refused:
                raise sorted_fault(error) from None
        else:
            return
        try:
            await self._bot(EditMessageCaption(caption=text, parse_mode="HTML", **where))
        except Undecodable:
            return
        except TelegramAPIError as error:
            raise sorted_fault(error) from None
        raise Undeliverable("media_stays")

    async def _try(self, method: Method, *, in_place: bool) -> Sending:
        try:
            return await (self._in_its_place(method) if in_place else self._bot(method))
        except TelegramAPIError as error:
            if not is_markup_fault(error):
                raise
        bare = html.unescape(TAG.sub("", method.caption or ""))
        return await self._bot(method.model_copy(update={"caption": bare, "parse_mode": None}))


def _ways(chat: str, media: Media, text: str, markup: Any, silent: bool) -> Sequence[Method]:
    common: dict[str, Any] = {
        "chat_id": int(chat),
        "caption": text,
        "parse_mode": "HTML",
        "reply_markup": markup,
        "disable_notification": silent or None,
    }
    file = BufferedInputFile(media.content, media.name)
    as_file = SendDocument(document=file, **common)
    match media.kind:
        case FileKind.PHOTO:
            return [SendPhoto(photo=file, **common), as_file]
        case FileKind.VOICE:
            return [SendVoice(voice=file, **common), as_file]
        case _:
            return [as_file]
