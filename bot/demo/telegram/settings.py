"""The bot about itself, and what it may ask about chats, people and files."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from bot.demo.telegram.chats import PRESENT, Chat
from bot.demo.telegram.doors import member_json
from bot.demo.telegram.entities import utf16
from bot.demo.telegram.errors import bad
from bot.demo.telegram.messages import Json
from bot.demo.telegram.world import World

Params = Mapping[str, Any]
LANGUAGE = re.compile(r"(?:[a-z]{2})?")
COMMAND_NAME = re.compile(r"[a-z0-9_]{1,32}")
GIFTS = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels")


class Settings:
    """What was set is kept in `world.settings` under (method's subject, scope, language)."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.logged_out = False

    def get_me(self, _: Params) -> Json:
        return self.world.bot.as_json() | {
            "can_join_groups": True,
            "can_read_all_group_messages": self.world.reads_all,
            "supports_inline_queries": False,
            "can_connect_to_business": False,
            "has_main_web_app": False,
        }

    def set_my_commands(self, params: Params) -> bool:
        commands = params["commands"]
        if len(commands) > 100:
            raise bad("BOT_COMMANDS_TOO_MUCH")
        for command in commands:
            if not COMMAND_NAME.fullmatch(command["command"].removeprefix("/")):
                raise bad("BOT_COMMAND_INVALID")
            if not 1 <= utf16(command["description"]) <= 256:
                raise bad("BOT_COMMAND_DESCRIPTION_INVALID")
        self._known_scope(params)
        self.world.settings[commands_key(params)] = commands
        return True

    def get_my_commands(self, params: Params) -> list[Json]:
        commands: list[Json] = self.world.settings.get(commands_key(params), [])
        return commands

    def delete_my_commands(self, params: Params) -> bool:
        self._known_scope(params)
        self.world.settings.pop(commands_key(params), None)
        return True

    def _known_scope(self, params: Params) -> None:
        """A menu of one chat's own needs a chat that the bot has met."""
        if "chat_id" in (scope := params.get("scope", {})):
            self.world.chats.called(scope["chat_id"])

    def set_my_description(self, params: Params) -> bool:
        return self._words("description", params, 512)

    def set_my_short_description(self, params: Params) -> bool:
        return self._words("short_description", params, 120)

    def _words(self, field: str, params: Params, most: int) -> bool:
        words = params.get(field, "")
        if utf16(words) > most:
            raise bad("BOT_DESCRIPTION_TOO_LONG" if field == "description" else "BOT_ABOUT_TOO_LONG")
        self.world.settings[f"{field}:{language(params)}"] = words
        return True

    def set_chat_menu_button(self, params: Params) -> bool:
        if "chat_id" in params:
            chat = self.world.chats.called(params["chat_id"])
            if chat.user is None:
                raise bad("chat not found")
        self.world.settings[f"menu_button:{params.get('chat_id', '')}"] = params.get(
            "menu_button", {"type": "default"}
        )
        return True

    def get_file(self, params: Params) -> Json:
        return self.world.files.get_file(params["file_id"])

    def get_chat(self, params: Params) -> Json:
        chat = self.world.chats.called(params["chat_id"])
        if chat.user is None:
            chat.admits(self.world.bot)
        return chat.as_json() | {
            "accent_color_id": 0,
            "max_reaction_count": 11,
            "accepted_gift_types": dict.fromkeys(GIFTS, False),
        }

    def get_chat_member(self, params: Params) -> Json:
        chat = self.world.chats.called(params["chat_id"])
        if chat.user is None:
            chat.admits(self.world.bot)
        user = self.world.chats.users.get(int(params["user_id"]))
        if user is None:
            raise bad("member not found")
        status = "member" if chat.has(user) else "left"
        return member_json(user, chat.members.get(user.id, status))

    def leave_chat(self, params: Params) -> bool:
        chat = self.world.chats.called(params["chat_id"])
        if chat.user is not None:
            raise bad("chat member status can't be changed in private chats")
        chat.admits(self.world.bot)
        if chat.members[self.world.bot.id] in PRESENT:
            self.world.doors.removes_bot(chat, self.world.bot, "left")
        return True

    def close(self, _: Params) -> bool:
        return True

    def log_out(self, _: Params) -> bool:
        """From here on every request is refused, as after a move to another server."""
        self.logged_out = True
        return True

    def methods(self) -> dict[str, Callable[[Params], Any]]:
        return {
            "getMe": self.get_me,
            "setMyCommands": self.set_my_commands,
            "getMyCommands": self.get_my_commands,
            "deleteMyCommands": self.delete_my_commands,
            "setMyDescription": self.set_my_description,
            "setMyShortDescription": self.set_my_short_description,
            "setChatMenuButton": self.set_chat_menu_button,
            "getFile": self.get_file,
            "getChat": self.get_chat,
            "getChatMember": self.get_chat_member,
            "leaveChat": self.leave_chat,
            "close": self.close,
            "logOut": self.log_out,
        }


def language(params: Params) -> str:
    code: str = params.get("language_code", "")
    if not LANGUAGE.fullmatch(code):
        raise bad("invalid language code specified")
    return code


def shown_commands(world: World, chat: Chat) -> list[Json]:
    """The menu that a private chat shows: of the narrowest scope that has one, in the person's language if there is
    one (core.telegram.org/bots/api#determining-list-of-commands)."""
    spoken = chat.user.language if chat.user is not None else ""
    for scope in ({"type": "chat", "chat_id": chat.id}, {"type": "all_private_chats"}, {"type": "default"}):
        for code in (spoken, ""):
            commands: list[Json] | None = world.settings.get(
                commands_key({"scope": scope, "language_code": code})
            )
            if commands:
                return commands
    return []


def commands_key(params: Params) -> str:
    scope = params.get("scope", {"type": "default"})
    return f"commands:{sorted(scope.items())}:{language(params)}"
