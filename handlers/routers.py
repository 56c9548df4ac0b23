"""The routers in the order in which they are asked: presses first, with the fewest filters on their way."""

from collections.abc import Callable

from aiogram import Dispatcher, Router

from bot.l10n import Words
from bot.people import People
from handlers import last
from handlers.buyer import orders as buyer_orders
from handlers.buyer import start
from handlers.errors import Faults
from handlers.middlewares import Knocking
from handlers.seller import choices, keys, orders, reminders, settings, team, templates


def setup(dispatcher: Dispatcher, people: People, words: Callable[[str], Words]) -> None:
    root = Router(name="root")
    for observer in (root.message, root.callback_query):
        observer.outer_middleware(Faults())
        observer.outer_middleware(Knocking(people, words))
    root.include_routers(
        orders.setup(),
        reminders.setup(),
        buyer_orders.setup(),
        team.setup(),
        settings.setup(),
        templates.setup(),
        keys.setup(),
        choices.setup(),
        start.setup(),
        last.setup(),
    )
    dispatcher.include_router(root)
