"""An order that is being made by hand: the dialogue itself, whoever speaks and whatever is pressed."""

from dataclasses import dataclass, replace

from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup

from bot.l10n import Words
from bot.orders import Orders
from bot.outbox.cards import Cards
from bot.shops import Shops
from handlers.screens import Event, say_card, show
from keyboards.draft import question_screen, shops_screen, summary_screen
from keyboards.screen import Screen, compose, said
from models.draft import INVENT, Draft, DraftError, Part, may_invent
from models.people import Account
from models.roles import CAN, Ability
from models.shop import Shop


class Drafting(StatesGroup):
    """A member is making an order."""

    open = State()


async def shops_of(account: Account, shops: Shops) -> list[Shop]:
    """Where this account may make orders."""
    members = await shops.memberships(account.id)
    return [member.shop for member in members if Ability.CREATE in CAN[member.role]]


@dataclass(slots=True)
class Dialogue:
    """The order that is being made, and with whom. `shop` None: not chosen yet; `ask` None: the whole is shown back;
    `free`: the number that no other order of the shop bears, as far as was looked; `mark`: this dialogue's buttons
    bear it, those of another one do not count."""

    event: Event
    account: Account
    own: list[Shop]
    orders: Orders
    cards: Cards
    state: FSMContext
    words: Words
    mark: str
    draft: Draft
    shop: Shop | None = None
    ask: Part | None = None
    free: str | None = None

    @classmethod
    async def resumed(
        cls,
        event: Event,
        account: Account,
        own: list[Shop],
        orders: Orders,
        cards: Cards,
        state: FSMContext,
        words: Words,
    ) -> "Dialogue":
        data = await state.get_data()
        return cls(
            event,
            account,
            own,
            orders,
            cards,
            state,
            words,
            data["mark"],
            Draft.from_json(data["draft"]),
            next((shop for shop in own if shop.id == data.get("shop")), None),
            Part(data["ask"]) if data.get("ask") else None,
            data.get("free"),
        )

    async def begin(self) -> None:
        await self.state.set_state(Drafting.open)
        await self.choose_shop(self.own[0] if len(self.own) == 1 else None)

    async def choose_shop(self, shop: Shop | None) -> None:
        """What was looked up and thought up for another shop does not count."""
        self.shop, self.free = shop, None
        if shop is not None and not may_invent(shop.marketplace):
            self.draft = replace(self.draft, invented=False)
        await self.go_on()

    async def choose(self, part: Part, value: str) -> None:
        """An answer by a button; one that is not offered changes nothing."""
        if value == INVENT and self.shop is not None and not may_invent(self.shop.marketplace):
            return
        try:
            self.draft = self.draft.chosen(part, value)
        except DraftError:
            return
        await self.go_on()

    async def go_on(self, ask: Part | None = None, problem: str | None = None) -> None:
        """Ask what is to be asked next (`ask`: just that), or show the whole back. `problem` stands before it."""
        self.ask = ask or self.draft.missing()
        if self.shop is None:
            screen = shops_screen(self.own, self.mark, self.words)
        elif await self._taken():
            return
        elif self.ask is None:
            screen = summary_screen(self.draft, self.shop, self.mark, self.words)
        else:
            screen = question_screen(self.draft, self.ask, self.shop, self.mark, self.words)
        await self._keep()
        await show(self.event, Screen(compose([problem, screen.text]), screen.markup))

    async def _taken(self) -> bool:
        """The shop has an order of this number already: it is shown, and another number is waited for."""
        number = self.draft.number
        if self.shop is None or number is None or number == self.free:
            return False
        card = await self.orders.numbered(self.shop.id, self.account.id, number)
        if card is None:
            self.free = number
            return False
        self.draft, self.ask = replace(self.draft, number=None), Part.NUMBER
        await self._keep()
        await show(self.event, Screen(self.words("draft-exists", number=said(number, 64))))
        await say_card(self.event, card, self.account, self.cards, self.words)
        return True

    async def _keep(self) -> None:
        await self.state.set_data(
            {
                "mark": self.mark,
                "shop": self.shop.id if self.shop else None,
                "ask": str(self.ask) if self.ask else None,
                "free": self.free,
                "draft": self.draft.to_json(),
            }
        )

    async def back(self) -> None:
        """To the question before; from one that was put right to the whole; from the first out of the dialogue."""
        complete = self.draft.missing() is None
        before = None if complete or self.ask is None else self.draft.before(self.ask)
        if complete or before is not None:
            await self.go_on(before)
        elif len(self.own) > 1 and self.shop is not None:
            await self.choose_shop(None)
        else:
            await self.leave()

    async def leave(self) -> None:
        await self.state.clear()
        await show(self.event, Screen(self.words("draft-left")))
