"""Whoever asks for another place by a command has left the question that was open: what is typed next is no answer
to it, least of all a message to a buyer."""

from aiogram.fsm.context import FSMContext

from handlers.seller.drafting import Drafting


async def walk_on(state: FSMContext) -> None:
    """An order that is being made by hand stays: /new goes on with it."""
    if await state.get_state() not in (None, Drafting.open.state):
        await state.clear()
