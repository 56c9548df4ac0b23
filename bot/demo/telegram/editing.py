"""What happens to messages that hang already, and to presses under them."""

from collections.abc import Callable, Mapping
from typing import Any

from bot.demo.telegram.chats import Chat
from bot.demo.telegram.entities import Entity, utf16
from bot.demo.telegram.errors import bad, not_played
from bot.demo.telegram.keyboards import check_markup
from bot.demo.telegram.limits import Gate
from bot.demo.telegram.links import wrong_with
from bot.demo.telegram.messages import Json, Message
from bot.demo.telegram.shapes import Upload
from bot.demo.telegram.texts import caption, message_text
from bot.demo.telegram.world import World

Params = Mapping[str, Any]
SAME = (
    "message is not modified: specified new message content and reply markup are exactly the same as a "
    "current content and reply markup of the message"
)
OLD_QUERY = "query is too old and response timeout expired or query ID is invalid"
DELETABLE_SECONDS = 48 * 3600
QUERY_SECONDS = 150.0


class Editing:
    def __init__(self, world: World, gate: Gate) -> None:
        self.world = world
        self.gate = gate

    def edit_message_text(self, params: Params) -> Json:
        if "rich_message" in params:
            raise not_played("rich messages")
        text, entities = message_text(params)
        markup = check_markup(params.get("reply_markup"))
        message = self._editable(params)
        if message.content:
            raise bad("there is no text in the message to edit")
        return self._edit(message, text, entities, markup)

    def edit_message_caption(self, params: Params) -> Json:
        text, entities = caption(params)
        markup = check_markup(params.get("reply_markup"))
        message = self._editable(params)
        if not message.content.keys() & {"photo", "document", "voice", "video", "audio"}:
            raise bad("there is no caption in the message to edit")
        return self._edit(message, text, entities, markup)

    def edit_message_media(self, params: Params) -> Json:
        """Another file in place of one that is no voice message; a new one comes with the request."""
        media = params["media"]
        if media["type"] != "document" or not isinstance(media["media"], Upload):
            raise not_played("media other than a document that is uploaded")
        text, entities = caption(media)
        markup = check_markup(params.get("reply_markup"))
        message = self._editable(params)
        if not message.content.keys() & {"photo", "document", "video", "audio", "animation"}:
            raise bad("message can't be edited")
        upload = media["media"]
        stored = self.world.files.keep(
            upload.data, folder="documents", name=upload.filename, mime=upload.content_type
        )
        named = {"file_name": stored.name, "mime_type": stored.mime}
        edited = self._edit(message, text, entities, markup)
        message.content = {"document": stored.as_json() | named}
        return edited | message.content

    def edit_message_reply_markup(self, params: Params) -> Json:
        markup = check_markup(params.get("reply_markup"))
        message = self._editable(params)
        return self._edit(message, message.text, message.entities, markup)

    def delete_message(self, params: Params) -> bool:
        chat = self._chat(params["chat_id"])
        message = chat.find(int(params["message_id"]))
        if message is None:
            raise bad("message to delete not found")
        if (
            message.sender is not self.world.bot
            and chat.user is None
            and chat.members[self.world.bot.id] != "administrator"
        ):
            raise bad("message can't be deleted")
        if self.world.wall() - message.date > DELETABLE_SECONDS:
            raise bad("message can't be deleted for everyone")
        self.world.delete(message)
        return True

    def answer_callback_query(self, params: Params) -> bool:
        if utf16(params.get("text", "")) > 200:
            raise bad("MESSAGE_TOO_LONG")
        if params.get("url") and wrong_with(params["url"]):
            raise bad("URL_INVALID")
        query = self.world.queries.get(params["callback_query_id"])
        if query is None or self.world.monotonic() - query.at > QUERY_SECONDS:
            raise bad(OLD_QUERY)
        query.answers.append(dict(params))
        query.message.chat.changes()
        return True

    def methods(self) -> dict[str, Callable[[Params], Any]]:
        return {
            "editMessageText": self.edit_message_text, "editMessageMedia": self.edit_message_media,
            "editMessageCaption": self.edit_message_caption,
            "editMessageReplyMarkup": self.edit_message_reply_markup, "deleteMessage": self.delete_message,
            "answerCallbackQuery": self.answer_callback_query,
        }  # fmt: skip

    def _chat(self, chat_id: Any) -> Chat:
        chat = self.world.chats.called(chat_id)
        chat.admits(self.world.bot)
        return chat

    def _editable(self, params: Params) -> Message:
        if "inline_message_id" in params or "business_connection_id" in params:
            raise not_played("messages outside of the bot's chats")
        if "chat_id" not in params:
            raise bad("chat_id is empty")
        if "message_id" not in params:
            raise bad("message identifier is not specified")
        message = self._chat(params["chat_id"]).find(int(params["message_id"]))
        if message is None:
            raise bad("message to edit not found")
        if message.sender is not self.world.bot:
            raise bad("message can't be edited")
        return message

    def _edit(self, message: Message, text: str, entities: list[Entity], markup: Json | None) -> Json:
        entities = self.world.marked(text, entities)
        if (text, entities, markup) == (message.text, message.entities, message.markup):
            raise bad(SAME)
        self.gate.admit(message.chat)
        self.world.edit(message, text, entities, markup)
        return message.as_json()
