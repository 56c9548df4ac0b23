"""The menus of commands: one for everybody, and one of its own for each chat of somebody who works in a shop or has
chosen another language than everybody's. What Telegram itself is read in does not count: we do not answer in it.

What a chat was given is kept beside its account; whoever's is out of date gets another at the next tick. So a change
of role, a messenger that was away and a new version's commands all end in the menu that fits.
"""

import hashlib
import json
from collections.abc import Callable, Mapping

import structlog
from aiogram import Bot
from aiogram.exceptions import TelegramAPIError, TelegramBadRequest, TelegramForbiddenError
from aiogram.types import BotCommand, BotCommandScopeAllPrivateChats, BotCommandScopeChat

from bot.l10n import FALLBACK, Words
from bot.messengers.telegram import Undecodable
from bot.people import People
from keyboards.help import commands
from models.faces import Faces
from models.people import Account, Messenger

log = structlog.get_logger(__name__)


class Menus:
    def __init__(self, bots: Mapping[Messenger, Bot], people: People, words: Callable[[str], Words]) -> None:
        self._bots = bots
        self._people = people
        self._words = words

    async def everybody(self, bot: Bot) -> None:
        """A messenger's menu of buyers and strangers, in private chats alone: in a group nobody stops or forgets
        anything."""
        scope = BotCommandScopeAllPrivateChats()
        await bot.set_my_commands(commands(Faces(), self._words(FALLBACK)), scope=scope)

    async def bring(self, account: Account) -> None:
        """Bring one chat's menu up to date. What fails is left to the next tick."""
        try:
            await self._give(account, await self._people.faces(account.id))
        except TelegramAPIError as error:
            log.debug("menu_not_given", error=type(error).__name__)

    async def take_back(self, account: Account) -> None:
        """The chat of who is forgotten has everybody's menu. Best effort: it tells nothing of anybody."""
        bot = self._bots.get(account.messenger)
        if account.menu is None or bot is None:
            return
        try:
            await bot.delete_my_commands(scope=_chat_of(account))
        except (TelegramAPIError, Undecodable) as error:
            log.debug("menu_not_taken_back", error=type(error).__name__)

    async def catch_up(self) -> None:
        """Every menu that is out of date; while Telegram is away, none."""
        for account, faces in await self._people.menus():
            try:
                await self._give(account, faces)
            except TelegramAPIError as error:
                log.debug("menus_put_off", error=type(error).__name__)
                return

    async def _give(self, account: Account, faces: Faces) -> None:
        own = bool(faces.roles) or account.language != FALLBACK
        wanted = commands(faces, self._words(account.language)) if own else []
        mark = _mark(wanted) if wanted else None
        bot = self._bots.get(account.messenger)
        if account.menu == mark or bot is None:
            return
        scope = _chat_of(account)
        try:
            if wanted:
                await bot.set_my_commands(wanted, scope=scope)
            else:
                await bot.delete_my_commands(scope=scope)
        except (TelegramBadRequest, TelegramForbiddenError, Undecodable) as error:
            log.debug("menu_refused", error=type(error).__name__)  # another try would be refused as well
        await self._people.menu_given(account.id, mark)


def _chat_of(account: Account) -> BotCommandScopeChat:
    return BotCommandScopeChat(chat_id=int(account.external_id))


def _mark(menu: list[BotCommand]) -> str:
    named = json.dumps([(command.command, command.description) for command in menu])
    return hashlib.sha256(named.encode()).hexdigest()[:16]
