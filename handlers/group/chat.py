"""How a group becomes a shop's, and what Telegram tells of the chat itself: that it moved, that we were put out."""

from aiogram import Bot, F, Router
from aiogram.filters import CommandObject, CommandStart
from aiogram.types import Chat as TelegramChat
from aiogram.types import ChatMemberUpdated, Message

from bot.l10n import Words
from bot.shops import NotInvited
from bot.shops.groups import Chat, Groups
from handlers.screens import OutOfReach, say, whisper
from keyboards.screen import Screen, said
from models.links import GROUP
from models.people import Account, Messenger


def _named(chat: TelegramChat) -> Chat:
    return Chat(Messenger.TELEGRAM, str(chat.id), chat.title or "")


async def bind(
    message: Message, command: CommandObject, account: Account | None, groups: Groups, words: Words
) -> None:
    """/start with a group's link. In anybody's hands but the owner's nothing happens there (D20)."""
    if account is None:
        return
    try:
        group = await groups.bind(command.args or "", account, _named(message.chat))
    except NotInvited:
        try:
            await whisper(message, Screen(words("link-bad")))
        except OutOfReach:
            return
    else:
        await say(message, Screen(words("group-welcome", shop=said(group.shop.name, 60))))


async def to_us(message: Message, bot: Bot) -> bool:
    answered = message.reply_to_message
    return answered is not None and answered.from_user is not None and answered.from_user.id == bot.id


async def contact(message: Message, words: Words) -> None:
    """A number is never read where others look on (D9)."""
    await say(message, Screen(words("group-contact-hint")))


async def moved(message: Message, groups: Groups) -> None:
    """It became a supergroup; Telegram says so on both sides, and either may come first (T23)."""
    if message.migrate_to_chat_id is not None:
        await groups.moved(_named(message.chat), str(message.migrate_to_chat_id))
    elif message.migrate_from_chat_id is not None:
        old = Chat(Messenger.TELEGRAM, str(message.migrate_from_chat_id))
        await groups.moved(old, str(message.chat.id))


async def left(update: ChatMemberUpdated, groups: Groups) -> None:
    """We were put out of it (B20)."""
    await groups.left(_named(update.chat), "kicked")


def setup() -> Router:
    router = Router(name="group.chat")
    router.message.register(bind, CommandStart(deep_link=True, magic=F.args.startswith(GROUP)))
    router.message.register(contact, F.contact, to_us)
    return router


def setup_itself() -> Router:
    router = Router(name="group.itself")
    router.message.register(moved, F.migrate_to_chat_id | F.migrate_from_chat_id)
    router.my_chat_member.register(left, F.new_chat_member.status.in_(("kicked", "left")))
    return router
