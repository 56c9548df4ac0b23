"""The routers in the order in which they are asked: presses first, with the fewest filters on their way."""

from collections.abc import Callable

from aiogram import Dispatcher, Router

from bot.l10n import Words
from bot.people import People
from handlers import help as helping
from handlers import language, last, letters
from handlers.buyer import orders as buyer_orders
from handlers.buyer import phone, privacy, several, start, waiting
from handlers.errors import Faults
from handlers.group import doors
from handlers.middlewares import Knocking
from handlers.remembering import Remembering
from handlers.seller import (
    choices,
    erasing,
    group,
    holding,
    keys,
    link,
    lists,
    members,
    new_order,
    notes,
    orders,
    personal,
    reminders,
    settings,
    team,
    templates,
    typed,
    unreached,
    writing,
)
from handlers.waiting import Waiting


def setup(dispatcher: Dispatcher, people: People, words: Callable[[str], Words]) -> None:
    root = Router(name="root")
    for observer in (root.message, root.callback_query):
        observer.outer_middleware(Faults())
        observer.outer_middleware(Knocking(people, words))
        observer.outer_middleware(Waiting())

    def from_buyers(router: Router) -> Router:
        router.message.middleware(Remembering(people))
        router.callback_query.middleware(Remembering(people))
        return router

    root.include_routers(
        notes.setup(),
        holding.setup(),
        orders.setup(),
        unreached.setup(),
        writing.setup(),
        reminders.setup(),
        link.setup(),
        from_buyers(waiting.setup()),
        from_buyers(privacy.setup()),
        from_buyers(language.setup()),
        from_buyers(buyer_orders.setup()),
        from_buyers(several.setup()),
        from_buyers(phone.setup()),
        team.setup(),
        group.setup(),
        members.setup(),
        personal.setup(),
        settings.setup(),
        templates.setup(),
        keys.setup(),
        choices.setup(),
        erasing.setup(),
        from_buyers(start.setup()),
        lists.setup(),
        new_order.setup(),
        typed.setup(),
        letters.setup(),
        helping.setup(),
        from_buyers(last.setup()),
    )
    dispatcher.include_routers(doors.setup(people, words), root)
