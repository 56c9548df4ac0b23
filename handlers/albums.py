"""Pictures sent at once come as a message each: where the first went, the others go, and one answer is enough."""

from typing import Any

from aiogram.filters import Filter
from aiogram.fsm.context import FSMContext
from aiogram.types import Message

from bot.messengers.albums import together


class Continues(Filter):
    """The message belongs to the album whose first part was passed on; `key` says which way it went."""

    def __init__(self, key: str) -> None:
        self._key = key

    async def __call__(self, message: Message, state: FSMContext) -> bool | dict[str, Any]:
        if message.media_group_id is None:
            return False
        data = await state.get_data()
        return together(data.get(self._key), message.media_group_id)


async def remember(message: Message, state: FSMContext, key: str, order: str) -> None:
    """The dialogue is over; what follows of the same album still knows its way."""
    await state.clear()
    if message.media_group_id is not None:
        await state.set_data({key: message.media_group_id, "album_order": order})
