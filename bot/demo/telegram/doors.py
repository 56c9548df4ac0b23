"""Who comes and goes: blocking, joining, being thrown out, a group that becomes a supergroup."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.demo.telegram.chats import PRESENT, Chat, User
from bot.demo.telegram.messages import Json

if TYPE_CHECKING:
    from bot.demo.telegram.world import World

RIGHTS = (
    "can_be_edited",
    "is_anonymous",
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
    "can_send_welcome_messages",
)


class Doors:
    def __init__(self, world: World) -> None:
        self.world = world

    def membership(self, chat: Chat, by: User, old: str, new: str) -> None:
        """my_chat_member: the bot's own place in a chat changed."""
        body = {
            "chat": chat.as_json(),
            "from": by.as_json(),
            "date": int(self.world.wall()),
            "old_chat_member": member_json(self.world.bot, old),
            "new_chat_member": member_json(self.world.bot, new),
        }
        self.world.updates.push("my_chat_member", body, ("membership", by.id))

    def blocks(self, user: User, *, blocked: bool) -> None:
        chat = self.world.chats.private(user)
        if chat.blocked == blocked:
            return
        chat.blocked = blocked
        chat.changes()
        if chat.started:
            words = ("member", "kicked") if blocked else ("kicked", "member")
            self.membership(chat, user, *words)

    def adds_bot(self, chat: Chat, by: User, status: str = "member") -> None:
        old = chat.members.get(self.world.bot.id, "left")
        chat.members[self.world.bot.id] = status
        self.membership(chat, by, old, status)
        if old not in PRESENT:
            self.world.tell(
                self.world.post(chat, by, content={"new_chat_members": [self.world.bot.as_json()]})
            )

    def removes_bot(self, chat: Chat, by: User, status: str = "kicked") -> None:
        old = chat.members.get(self.world.bot.id, "left")
        self.world.post(chat, by, content={"left_chat_member": self.world.bot.as_json()})
        chat.members[self.world.bot.id] = status
        self.membership(chat, by, old, status)
        chat.changes()

    def joins(self, user: User, chat: Chat) -> None:
        chat.members[user.id] = "member"
        self.world.tell(self.world.post(chat, user, content={"new_chat_members": [user.as_json()]}))

    def leaves(self, user: User, chat: Chat) -> None:
        self.world.tell(self.world.post(chat, user, content={"left_chat_member": user.as_json()}))
        chat.members[user.id] = "left"

    def upgrade(self, group: Chat) -> Chat:
        """Makes a supergroup out of a group: another chat, a service message on both sides (T23)."""
        if group.type != "group" or group.upgraded_to is not None:
            raise ValueError(f"{group} cannot be upgraded")
        new = self.world.chats.group(group.title, dict(group.members), supergroup=True)
        by = self.world.chats.users[next(iter(group.members))]
        self.world.tell(self.world.post(group, by, content={"migrate_to_chat_id": new.id}))
        group.upgraded_to = new
        self.world.tell(self.world.post(new, by, content={"migrate_from_chat_id": group.id}))
        group.changes()
        return new


def member_json(user: User, status: str) -> Json:
    """The Bot API's ChatMember."""
    body: Json = {"status": status, "user": user.as_json()}
    if status == "administrator":
        body.update(dict.fromkeys(RIGHTS, False))
        body["can_manage_chat"] = True
    elif status == "creator":
        body["is_anonymous"] = False
    elif status == "kicked":
        body["until_date"] = 0
    return body
