"""What a person sees in Telegram (`bot.demo.watching`)."""

from bot.demo import watching
from bot.demo.telegram.chats import Chat, User
from bot.demo.telegram.messages import Message
from bot.demo.watching import NotSeen

__all__ = ["NotSeen", "Watcher"]


class Watcher(watching.Watcher[Message]):
    user: User
    chat: Chat
