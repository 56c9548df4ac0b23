"""One order of one shop, and everybody who may come near it: its team, a rival, who left, other buyers, a stranger."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

from sqlalchemy import inspect, select
from sqlalchemy.orm import Session

import models.tables
from bot.demo.person import Person
from bot.demo.telegram import Chat
from bot.shops import OpenedShop
from models.base import Base
from models.order import Order
from models.people import Account, Messenger
from models.roles import Role
from models.shop import Invite, Member
from models.worktime import WorkSchedule
from tests.conversation.gathering import gathered
from tests.conversation.hands import calm, press, types
from tests.conversation.team import place_of, removes
from tests.stage import Stage, order

TEAM = ("owner", "manager", "packer", "observer")
OUTSIDERS = ("rival", "gone", "other_buyer", "stranger")
"""An owner of another shop, who was a manager here, a buyer of another order of the same shop, who never was here."""
EVERYBODY = (*TEAM, "buyer", *OUTSIDERS)

NUMBER = "812399901"
PLANTED: dict[str, Any] = {
    "number": NUMBER,
    "buyer": {"name": "Непийвода Тарас", "phone": "+380671234567"},
    "delivery": {"carrier": "nova_poshta", "address": "Київ, Відділення №417"},
    "lines": [{"title": "Чайник «Пектораль»", "sku": "KT-77", "quantity": 1, "price": "643.00"}],
    "comment": "Домофон сорок чотири",
    "do_not_call": True,
}
_ELSE: dict[str, Any] = {
    "buyer": {"name": "Інша Людина", "phone": "+380509998877"},
    "lines": [{"title": "Примус", "quantity": 1, "price": "10.00"}],
}
QUESTION, NOTE = "Чи є кришка до чайника?", "Тримати до п'ятниці, подарунок"
BUYERS = ("Непийвода", "671234567", "№417", "Домофон", "кришка", "подарунок")
"""What of that order is the buyer's own, or was said about it: not for a role that may not see buyers."""
SECRETS = (NUMBER, "Пектораль", "KT-77", *BUYERS)
"""What must not reach who has nothing to do with it."""
SECRETS_OF_SHOP = ("Самовар", "Пакувальник", "Менеджерка", "Глядач", "Новенький")
"""What of the shop is for nobody but its people and its buyers."""

Dump = Mapping[str, list[tuple[Any, ...]]]
_NOISE = frozenset({"updates", "dialogues", "traces", "copies"})
"""Each press is stored as it comes in, and remembered as it goes out: these tell of the asking, not of its effect."""


@dataclass
class World:
    stage: Stage
    people: Mapping[str, Person]
    accounts: Mapping[str, Account]
    other: OpenedShop
    group: Chat
    order: Order
    places: Mapping[str, Member]
    waiting: Member
    invite: int
    start: str

    @property
    def shop_id(self) -> int:
        return self.stage.shop.shop.id

    async def dump(self) -> Dump:
        """Every row of every table that presses and calls may have an effect on."""
        return await self.stage.app.db.read(_rows)


def _rows(session: Session) -> Dump:
    return {
        table.name: [
            tuple(row) for row in session.execute(select(table).order_by(*table.primary_key.columns))
        ]
        for table in models.tables.metadata.sorted_tables
        if table.name not in _NOISE
    }


def changed(before: Dump, after: Dump) -> list[str]:
    """The tables that are not as they were, with their rows that differ."""
    return [
        f"{table}: {[row for row in after[table] if row not in rows] or 'rows are gone'}"
        for table, rows in before.items()
        if after[table] != rows
    ]


def secrets(who: str, world: World) -> tuple[str, ...]:
    """What must not reach somebody: a buyer of the shop knows at least its name."""
    return (*SECRETS, world.order.public_id, *(() if "buyer" in who else SECRETS_OF_SHOP))


def words_of(value: Any, seen: set[int] | None = None) -> Iterator[str]:
    """Every text in what a use case returned, whatever it is made of."""
    seen = set() if seen is None else seen
    if id(value) in seen:
        return
    seen.add(id(value))
    if isinstance(value, str | int | float):
        yield str(value)
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield from words_of(key, seen)
            yield from words_of(item, seen)
    elif isinstance(value, list | tuple | set | frozenset):
        for item in value:
            yield from words_of(item, seen)
    elif is_dataclass(value):
        for field in fields(value):
            yield from words_of(getattr(value, field.name), seen)
    elif isinstance(value, Base):
        for name, item in inspect(value).dict.items():
            if not name.startswith("_"):
                yield from words_of(item, seen)


async def peopled(stage: Stage) -> World:
    """Everything there is to steal: an order with its buyer's words, a note, a holder, a group, open invites, keys."""
    people = {
        "owner": stage.owner,
        "manager": await stage.hires("Менеджерка"),
        "packer": await stage.hires("Пакувальник", Role.PACKER),
        "observer": await stage.hires("Глядач", Role.OBSERVER),
        "gone": await stage.hires("Колишня"),
        "stranger": stage.fake.person("Ніхто"),
        "rival": stage.fake.person("Суперник"),
    }
    other = await stage.app.shops.open("Примус", "rozetka", WorkSchedule.parse("Mon-Sun 00:00-24:00"))
    await types(stage, people["rival"], f"/start {other.invite.start}")
    await stage.post(order(number="700", **_ELSE), key=other.api_key)
    await removes(stage, stage.owner, people["gone"])
    await types(stage, people["stranger"], "/start")
    group = await gathered(stage)
    await stage.app.groups.unbind(stage.shop.shop.id, (await place_of(stage, stage.owner)).account_id)
    taken = await stage.orders(**PLANTED)
    await calm(stage)
    people["buyer"] = await stage.buyer("Тарас", taken)
    people["other_buyer"] = await stage.buyer("Інший", await stage.orders(number="812399902", **_ELSE))
    await types(stage, people["buyer"], QUESTION)
    await press(stage, stage.owner, "Беру в роботу", NUMBER)
    await press(stage, stage.owner, "Нотатка", NUMBER)
    await types(stage, stage.owner, NOTE)
    newcomer = stage.fake.person("Новенький")
    invite = await stage.app.shops.invite(stage.shop.shop.id, Role.MANAGER, binds_at_once=False)
    await types(stage, newcomer, f"/start {invite.start}")
    await stage.app.shops.invite(stage.shop.shop.id, Role.PACKER, binds_at_once=False)
    await stage.goes()  # what ticks do by themselves is done: it must not be taken for an effect
    await calm(stage)
    return World(
        stage=stage,
        people=people,
        accounts={who: await _account(stage, person) for who, person in people.items()},
        other=other,
        group=group,
        order=await stage.app.db.read(
            lambda session: session.scalars(select(Order).where(Order.number == NUMBER)).one()
        ),
        places={who: await place_of(stage, people[who]) for who in TEAM},
        waiting=await place_of(stage, newcomer),
        invite=await stage.app.db.read(
            lambda session: session.scalars(
                select(Invite.id).where(Invite.used_at.is_(None)).order_by(Invite.id.desc()).limit(1)
            ).one()
        ),
        start=str(taken["buyer"]["start"]),
    )


async def _account(stage: Stage, person: Person) -> Account:
    """Who never started us has no account: a use case that is called with one anyway gets a number of nobody."""
    found = await stage.app.people.known(Messenger.TELEGRAM, str(person.id))
    return found or await stage.app.people.introduce(Messenger.TELEGRAM, str(person.id), person.name)
