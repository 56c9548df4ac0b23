"""send* and copyMessage: from checked parameters to a message in a chat."""

from collections.abc import Callable, Mapping
from typing import Any

from bot.demo.telegram.chats import Chat
from bot.demo.telegram.entities import Entity
from bot.demo.telegram.errors import bad, not_played
from bot.demo.telegram.keyboards import check_for_group, check_markup
from bot.demo.telegram.limits import Gate
from bot.demo.telegram.messages import Json, Message
from bot.demo.telegram.shapes import Upload
from bot.demo.telegram.texts import caption, message_text
from bot.demo.telegram.world import World

Params = Mapping[str, Any]
MOST_UPLOAD, MOST_PHOTO = 50 * 2**20, 10 * 2**20
ACTIONS = frozenset(
    {
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
        "record_audio",
        "upload_audio",
    }
)
UNPLAYED = (
    "business_connection_id",
    "message_thread_id",
    "direct_messages_topic_id",
    "ephemeral_message_parameters",
    "suggested_post_parameters",
)


class Sending:
    """What puts something into a chat. Checked as on the real server: content, keyboard, chat, pace."""

    def __init__(self, world: World, gate: Gate) -> None:
        self.world = world
        self.gate = gate

    def send_message(self, params: Params) -> Json:
        text, entities = message_text(params)
        return self._send(params, text, entities)

    def send_photo(self, params: Params) -> Json:
        file = self._file(params, "photo", MOST_PHOTO)
        small = {**file, "width": 90, "height": 90}
        return self._send(params, *caption(params), {"photo": [small, {**file, "width": 800, "height": 800}]})

    def send_document(self, params: Params) -> Json:
        file = self._file(params, "document", MOST_UPLOAD)
        return self._send(params, *caption(params), {"document": file})

    def send_voice(self, params: Params) -> Json:
        file = self._file(params, "voice", MOST_UPLOAD)
        voice = {"mime_type": "audio/ogg", **file, "duration": int(params.get("duration", 0))}
        voice.pop("file_name", None)
        return self._send(params, *caption(params), {"voice": voice})

    def send_contact(self, params: Params) -> Json:
        if not params["phone_number"].strip():
            raise bad("phone_number is empty")
        if not params["first_name"].strip():
            raise bad("first name is empty")
        contact = {
            key: params[key]
            for key in ("phone_number", "first_name", "last_name", "vcard")
            if params.get(key)
        }
        return self._send(params, "", [], {"contact": contact})

    def send_location(self, params: Params) -> Json:
        latitude, longitude = params["latitude"], params["longitude"]
        if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
            raise bad("wrong latitude or longitude specified")
        if "live_period" in params:
            raise not_played("live locations")
        return self._send(
            params, "", [], {"location": {"latitude": float(latitude), "longitude": float(longitude)}}
        )

    def copy_message(self, params: Params) -> Json:
        source = self.world.chats.called(params["from_chat_id"]).find(int(params["message_id"]))
        if source is None:
            raise bad("message to copy not found")
        if source.content and not source.content.keys() & COPIED:
            raise bad("message can't be copied")
        text, entities = source.text, source.entities
        if "caption" in params and source.content:
            text, entities = caption(params)
        sent = self._send(params, text, entities, dict(source.content))
        return {"message_id": sent["message_id"]}

    def send_chat_action(self, params: Params) -> bool:
        if params["action"].lower() not in ACTIONS:
            raise bad("wrong parameter action in request")
        chat = self._writable(params["chat_id"])
        chat.action = params["action"].lower()
        chat.changes()
        return True

    def methods(self) -> dict[str, Callable[[Params], Any]]:
        return {
            "sendMessage": self.send_message,
            "sendPhoto": self.send_photo,
            "sendDocument": self.send_document,
            "sendVoice": self.send_voice,
            "sendContact": self.send_contact,
            "sendLocation": self.send_location,
            "copyMessage": self.copy_message,
            "sendChatAction": self.send_chat_action,
        }

    def _send(self, params: Params, text: str, entities: list[Entity], content: Json | None = None) -> Json:
        for name in UNPLAYED:
            if name in params:
                raise not_played(name)
        markup = check_markup(params.get("reply_markup"))
        chat = self._writable(params["chat_id"])
        if chat.user is None:
            check_for_group(markup)
        reply_to = self._replied(chat, params.get("reply_parameters"))
        self.gate.admit(chat)
        message = self.world.post(
            chat,
            self.world.bot,
            text,
            entities,
            content=content,
            markup=markup,
            silent=bool(params.get("disable_notification")),
            reply_to=reply_to,
        )
        return message.as_json()

    def _writable(self, chat_id: Any) -> Chat:
        chat = self.world.chats.called(chat_id)
        chat.admits(self.world.bot)
        return chat

    def _replied(self, chat: Chat, parameters: Json | None) -> Message | None:
        if parameters is None:
            return None
        if "message_id" not in parameters or parameters.get("chat_id", chat.id) != chat.id:
            raise not_played("replies to other chats")
        message = chat.find(int(parameters["message_id"]))
        if message is None and not parameters.get("allow_sending_without_reply"):
            raise bad("message to be replied not found")
        return message

    def _file(self, params: Params, field: str, most: int) -> Json:
        value = params[field]
        if isinstance(value, Upload):
            if not value.data:
                raise bad("file must be non-empty")
            if len(value.data) > most:
                raise bad("file is too big" if field != "photo" else "too big photo")
            stored = self.world.files.keep(
                value.data, folder=field + "s", name=value.filename, mime=value.content_type
            )
        elif value.startswith(("http://", "https://")):
            raise not_played("files by URL")
        elif not value:
            raise bad(f"there is no {field} in the request")
        else:
            stored = self.world.files.by_id(value)
        named = {} if field == "photo" else {"file_name": stored.name, "mime_type": stored.mime}
        return stored.as_json() | named


COPIED = frozenset(
    {"photo", "document", "voice", "contact", "location", "sticker", "video_note", "video", "audio"}
)
