"""The routers in the order in which they are asked: presses first, with the fewest filters on their way."""

from collections.abc import Callable

from aiogram import Dispatcher, Router

from bot.l10n import Words
from bot.people import People
from handlers import last
from handlers.buyer import orders as buyer_orders
from handlers.buyer import privacy, start
from handlers.errors import Faults
from handlers.middlewares import Knocking
from handlers.remembering import Remembering
from handlers.seller import erasing, orders, reminders, settings, team


def setup(dispatcher: Dispatcher, people: People, words: Callable[[str], Words]) -> None:
    root = Router(name="root")
    for observer in (root.message, root.callback_query):
        observer.outer_middleware(Faults())
        observer.outer_middleware(Knocking(people, words))
    from_buyers = (privacy.setup(), buyer_orders.setup(), start.setup(), last.setup())
    for router in from_buyers:
        router.message.middleware(Remembering(people))
        router.callback_query.middleware(Remembering(people))
    root.include_routers(
        orders.setup(),
        reminders.setup(),
        *from_buyers[:2],
        team.setup(),
        settings.setup(),
        erasing.setup(),
        *from_buyers[2:],
    )
    dispatcher.include_router(root)
