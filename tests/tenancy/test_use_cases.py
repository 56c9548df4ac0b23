"""Every use case is called by everybody, over one shop's objects: who may not gets the words for what is absent or
for a role, and nothing is changed or told. The list of use cases is the code's own, the expectation is typed here."""

import contextlib
import copy
import inspect
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal, TypeVar

import pytest
from sqlalchemy.orm import Session

from bot.orders import Asks, Press
from models.db import Database
from models.draft import Draft
from models.errors import NoSuchOrder, NotAllowed
from models.goods_text import Goods
from models.intake import BuyerCancelled, NewOrder
from models.lanes import Lane
from models.listing import Asked
from models.roles import Role
from models.search_text import Query
from models.tables import metadata
from models.template_text import Text
from models.workflow import Action, Ask
from models.worktime import WorkSchedule
from tests.stage import Stage, order
from tests.tenancy.world import (
    EVERYBODY,
    NUMBER,
    OUTSIDERS,
    TEAM,
    Dump,
    World,
    changed,
    peopled,
    secrets,
    words_of,
)

T = TypeVar("T")
ALL = frozenset(TEAM)
SELLERS, HANDS, OWNER = frozenset({"owner", "manager"}), ALL - {"observer"}, frozenset({"owner"})
BUYER = frozenset({"buyer"})

MEMBERS: dict[str, frozenset[str]] = {
    # orders
    "Orders.card": ALL,
    "Orders.history": ALL,
    "Orders.colleagues": ALL,
    "Orders.check_group": ALL,
    "Orders.note": HANDS,
    "Orders.reply": HANDS,
    "Orders.talk": HANDS,
    "Orders.file_of": HANDS,
    "Orders.renew_link": HANDS,
    "Orders.show_contact": HANDS,
    "Orders.last_asked": HANDS,
    "Orders.snooze": HANDS,
    "Orders.perform": SELLERS,
    "Orders.create": SELLERS,
    "Orders.numbered": SELLERS,
    "Orders.hand_over": SELLERS,
    "Orders.reach": HANDS,
    "Orders.erase": OWNER,
    # lists
    "Orders.whispered": ALL,  # what was said in private, so that it can be blanked
    "Orders.overview": ALL,
    "Orders.listed": ALL,
    "Orders.holders": OWNER,
    # shops
    "Shops.own": ALL,
    "Shops.set_sound": ALL,
    "Shops.set_quiet": ALL,
    "Shops.set_shift": ALL,
    "Shops.leave": ALL,
    "Shops.set_signature": HANDS,
    "Shops.team": OWNER,
    "Shops.admit": OWNER,
    "Shops.invite_colleague": OWNER,
    "Shops.revoke_invite": OWNER,
    "Shops.set_role": OWNER,
    "Shops.remove_member": OWNER,
    "Shops.owned": OWNER,
    "Shops.keys_of": OWNER,
    "Shops.make_key": OWNER,
    "Shops.revoke_key_by": OWNER,
    "Shops.set_hours": OWNER,
    "Shops.set_week": OWNER,
    "Shops.set_days": OWNER,
    "Shops.set_steps": OWNER,
    "Shops.set_text": OWNER,
    "Shops.set_buyer_confirms": OWNER,
    "Shops.set_mail": OWNER,
    "Shops.set_sms_cap": OWNER,
    "Shops.set_viber": OWNER,
    "Shops.sms_today": OWNER,
    "Shops.viber_paid": OWNER,
    "Shops.silence": OWNER,
    "Groups.look": OWNER,
    "Groups.invite": OWNER,
    "Groups.unbind": OWNER,
}
"""Who of a team may. The others of it are told that it is not for their role, everybody else that there is none."""

BUYERS = (
    "Orders.buyer_order",
    "Orders.buyer_confirms",
    "Orders.buyer_cancels",
    "Orders.buyer_asks",
    "Orders.buyer_may_send",
    "Orders.buyer_wishes",
)
"""The order's buyer alone; to all others there is no such order."""

OWN = {
    "Orders.search": "the asker's own shops",
    "Orders.named": "the asker's own shops",
    "Orders.awaiting": "the asker's own shops",
    "Orders.told_together": "what one message named to the asker",
    "Orders.buyers_orders": "the asker's own orders as a buyer",
    "Shops.memberships": "where the asker works",
    "People.faces": "who the asker is",
    "People.bought": "the asker's own orders as a buyer",
    "People.export": "the asker's own data as a buyer",
    "People.give_phone": "the asker's own account",
    "People.take_phone_back": "the asker's own account",
    "People.menu_given": "the asker's own account",
    "People.stop": "the asker's own messages as a buyer",
    "People.forget": "the asker's own data as a buyer",
}
"""Takes the asker and nothing of a shop: whoever has nothing to do with it may ask, and finds and changes nothing."""

BY_LINK = {
    "Orders.is_link": "whether a link is genuine",
    "Orders.glimpse": "what a stranger may see (rules 1.8.9): tests/web/test_buyer_page.py",
    "Orders.served": "a file's address, which is random and ends: tests/web/test_files.py",
    "Orders.open_link": "the first account only: test_a_tied_link_opens_for_nobody_else",
    "Shops.is_invite": "whether an invite lets in",
    "Shops.join": "an invite's first account, and an owner's yes (D5): tests/conversation/test_team.py",
    "Groups.bind": "an owner's link in the owner's hands (D20): tests/conversation/test_group_binding.py",
}
"""Who holds the token may; a token is random or signed, and its use is bounded elsewhere."""

BY_KEY = ("Orders.receive", "Orders.happened", "Orders.describe")
"""A shop's site, whose shop is that of its API key (`shop_of`)."""

MACHINE = {
    "Orders.did": "says yes or no about an update of the asker's own",
    "Orders.named_in_group": "the outbox and the group's own handlers, by the chat in which the message hangs",
    "Orders.remind_due": "the clock",
    "Shops.open": "the terminal",
    "Shops.all": "the terminal",
    "Shops.find": "the terminal",
    "Shops.add_key": "the terminal",
    "Shops.revoke_key": "the terminal",
    "Shops.invite": "the terminal",
    "Shops.shop_of": "what a key opens",
    "Shops.note_key_uses": "the clock",
    "Shops.holidays": "the calendar, which is everybody's",
    "Groups.left": "the messenger says where the bot was removed",
    "Groups.moved": "the messenger says which number a chat has now",
    "People.known": "the messenger says who knocks",
    "People.introduce": "the messenger says who knocks",
    "People.speak": "the messenger says who knocks, and in which language",
    "People.blocked": "the messenger says who stopped the bot",
    "People.remembers": "a file that was made for somebody is opened",
    "People.told": "the messenger says what was sent",
    "People.menus": "the clock",
    "People.tidy": "the clock",
}
"""No person asks for these: who does, or what stands for it."""


@dataclass(frozen=True)
class UseCase:
    name: str
    of: Any

    @property
    def method(self) -> str:
        return self.name.partition(".")[2]

    def parameters(self) -> list[str]:
        known = inspect.signature(getattr(self.of, self.method)).parameters
        return [name for name in known if name != "self"]


def use_cases(stage: Stage) -> Iterator[UseCase]:
    """Every public coroutine of whatever the app made of the rooms of use cases."""
    for of in vars(stage.app).values():
        if type(of).__module__.startswith(("bot.orders", "bot.shops", "bot.people")):
            for name, method in inspect.getmembers(of, inspect.iscoroutinefunction):
                if not name.startswith("_"):
                    assert method is not None
                    yield UseCase(f"{type(of).__name__}.{name}", of)


EXPECTED = {*MEMBERS, *BUYERS, *OWN, *BY_LINK, *BY_KEY, *MACHINE}


@pytest.mark.case("M1", "M2")
async def test_no_use_case_is_forgotten(stage: Stage) -> None:
    found = {case.name for case in use_cases(stage)}
    assert found - EXPECTED == set(), "say in tests/tenancy/test_use_cases.py who may call these"
    assert EXPECTED - found == set(), "these are no use cases any more"
    kinds = [MEMBERS, BUYERS, OWN, BY_LINK, BY_KEY, MACHINE]
    assert sum(len(kind) for kind in kinds) == len(EXPECTED), "a use case has one kind"


# ------------------------------------------------------------ how one is called
def arguments(case: UseCase, world: World, who: str) -> dict[str, Any]:
    """What a use case is called with, by its parameters' names, so that a new one is called as well."""
    account = world.accounts[who].id
    known: dict[str, Any] = {
        "public_id": world.order.public_id,
        "account_id": account,
        "by": account,
        "shop_id": world.shop_id,
        "number": NUMBER,
        "member_id": world.places["packer"].id,
        "invite_id": world.invite,
        "key_id": 1,
        "to": world.places["packer"].id,
        "cause": f"test:{case.name}:{who}",
        "text": "20450000000001" if case.method == "awaiting" else "Слово",
        "name": "Нове ім'я",
        "chat": world.group.id if case.method != "check_group" else str(world.group.id),
        "phone": "+380501110000",
        "mark": None,
        "generation": 0,
        "untie": True,
        "after": timedelta(minutes=30),
        "until": date(2026, 3, 5),
        "wish": Action.BUYER_COLLECT,
        "cap": 100,
        "mail": "shop@example.com",
        "how": Action.CONTACT,
        "said": "067 123 45 68",
        "press": Press(Action.NO_ANSWER, world.order.public_id, account, f"test:{who}"),
        "draft": DRAFT,
        "asked": Asked(Lane.IN_WORK, shop=world.shop_id),
        "query": Query(NUMBER, ("4567",), ("непийвода",)),
        "page": 0,
        "told_with": 1,
        "message_id": "1",
        "role": Role.MANAGER,
        "schedule": WorkSchedule.parse("Mon-Fri 10:00-11:00"),
        "typed": WorkSchedule.parse("Mon-Fri 10:00-11:00"),
        "days": {date(2026, 3, 9): ()},
        "dropped": (),
        "kind": Text.GREETING if case.method == "set_text" else "new",
        "minutes": (30,),
        "words": "Вітаємо! №{номер}",
        "on": False,
        "yes": True,
        "span": (60, 120),
        "size": 1000,
        "file_id": 1,
    }
    if case.method == "admit":
        known["member_id"] = world.waiting.id
    if case.method == "overview":
        known["shop_id"] = world.shop_id
    missing = [name for name in case.parameters() if name not in known and not _optional(case, name)]
    assert not missing, f"say in arguments() what {missing} of {case.name} are"
    return {name: known[name] for name in case.parameters() if name in known}


def _optional(case: UseCase, name: str) -> bool:
    parameter = inspect.signature(getattr(case.of, case.method)).parameters[name]
    return parameter.default is not inspect.Parameter.empty


DRAFT = Draft(
    invented=True,
    name="Хтось",
    phone="+380501112233",
    goods=(Goods("Кухоль", 1, 100),),
    carrier="pickup",
    method="cash_on_delivery",
    do_not_call=True,
)


class _Undone(Exception):
    """No error: the way out of a unit that must leave nothing behind."""

    def __init__(self, result: Any) -> None:
        self.result = result


class Rehearsal:
    """A database in which everything happens, and nothing has happened afterwards."""

    def __init__(self, db: Database) -> None:
        self._db = db

    async def read(self, query: Callable[[Session], T]) -> T:
        return await self._db.read(query)

    async def write(self, unit: Callable[[Session], T]) -> T:
        def undone(session: Session) -> None:
            result = unit(session)
            session.flush()
            session.expunge_all()
            raise _Undone(result)

        with pytest.raises(_Undone) as done:
            await self._db.write(undone)
        return done.value.result  # type: ignore[no-any-return]


Outcome = Literal["done", "absent", "role"]


async def outcome(call: Awaitable[Any]) -> tuple[Outcome, Any]:
    """How it went. Refused for what the order is, not for who asks, is as good as done."""
    try:
        return "done", await call
    except NoSuchOrder:
        return "absent", None
    except NotAllowed as refused:
        return ("role" if refused.reason == "role" else "done"), refused.facts


def expected(name: str, who: str) -> Outcome:
    if name in BUYERS:
        return "done" if who == "buyer" else "absent"
    if who not in TEAM:
        return "absent"
    return "done" if who in MEMBERS[name] else "role"


# ------------------------------------------------------------ the matrix
@pytest.mark.case("M1", "M2", "C2", "C3", "P11")
async def test_whoever_may_not_is_refused_and_nothing_has_happened(stage: Stage) -> None:
    world = await peopled(stage)
    cases = [case for case in use_cases(stage) if case.name in {*MEMBERS, *BUYERS}]
    before, wrong = await world.dump(), []
    for case in cases:
        for who in EVERYBODY:
            if expected(case.name, who) == "done":
                continue
            was, result = await outcome(getattr(case.of, case.method)(**arguments(case, world, who)))
            if was != expected(case.name, who) or result:
                wrong.append(f"{who} {case.name}: {was}, not {expected(case.name, who)} ({result})")
        after = await world.dump()
        wrong += [f"{case.name} changed {what}" for what in changed(before, after)]
        before = after
    assert wrong == []


@pytest.mark.case("M2")
async def test_whoever_may_is_let_in(stage: Stage) -> None:
    world = await peopled(stage)
    before, wrong = await world.dump(), []
    for case in use_cases(stage):
        if case.name not in {*MEMBERS, *BUYERS}:
            continue
        rehearsed = copy.copy(case.of)
        rehearsed._db = Rehearsal(stage.app.db)
        for who in EVERYBODY:
            if expected(case.name, who) == "done":
                was, _ = await outcome(getattr(rehearsed, case.method)(**arguments(case, world, who)))
                if was != "done":
                    wrong.append(f"{who} {case.name}: {was}")
    assert wrong == []
    assert changed(before, await world.dump()) == []


@pytest.mark.case("M1", "C3", "K9")
async def test_who_asks_about_himself_finds_nothing_of_others(stage: Stage) -> None:
    world = await peopled(stage)
    before, wrong = await world.dump(), []
    for case in use_cases(stage):
        if case.name not in OWN:
            continue
        for who in OUTSIDERS:
            was, result = await outcome(getattr(case.of, case.method)(**arguments(case, world, who)))
            assert was in ("done", "absent"), (case.name, who)
            told = "\n".join(words_of(result))
            wrong += [f"{case.name} tells {who} of {word!r}" for word in secrets(who, world) if word in told]
    assert wrong == []
    assert touched(world, before, await world.dump()) == []


def touched(world: World, before: Dump, after: Dump) -> list[str]:
    """What changed in the rows that belong to the order, or to its shop but for its other buyer's own order."""

    def own(dump: Dump) -> Dump:
        kept: dict[str, list[Any]] = {}
        for table, rows in dump.items():
            columns = metadata.tables[table].columns.keys()
            kept[table] = [
                row
                for row in rows
                if (named := dict(zip(columns, row, strict=True))).get("order_id") == world.order.id
                or (table == "orders" and named["id"] == world.order.id)
                or (
                    table in {"members", "invites", "api_keys", "groups"}
                    and named["shop_id"] == world.shop_id
                )
                or (table == "shops" and named["id"] == world.shop_id)
            ]
        return kept

    return changed(own(before), own(after))


@pytest.mark.case("M1", "A5", "A13")
async def test_another_shops_key_opens_nothing_here(stage: Stage) -> None:
    world = await peopled(stage)
    orders, other = stage.app.orders, world.other.shop.id
    before = await world.dump()
    assert await orders.describe(other, NUMBER) is None
    with pytest.raises(NoSuchOrder):
        await orders.happened(other, NUMBER, BuyerCancelled(), cause="test")
    assert changed(before, await world.dump()) == []
    twin = NewOrder.read(order(number=NUMBER), now=stage.clock())
    receipt = await orders.receive(other, twin, key=None, digest=twin.digest())
    assert receipt.order_id != world.order.public_id
    assert touched(world, before, await world.dump()) == []


@pytest.mark.case("D1", "C3")
async def test_a_tied_link_opens_for_nobody_else(stage: Stage) -> None:
    world = await peopled(stage)
    for who in OUTSIDERS:
        with pytest.raises(NoSuchOrder):
            await stage.app.orders.open_link(world.start, world.accounts[who])
    for who in TEAM:
        assert (await stage.app.orders.open_link(world.start, world.accounts[who])).member, who
    buyer = world.accounts["buyer"].id
    assert (await stage.app.orders.buyer_order(world.order.public_id, buyer)).buyer_id == buyer


# ------------------------------------------------------------ roles and actions (M2), typed by hand
_PACKS = {Action.SHIP, Action.COURIER, Action.READY, Action.FIX_TTN, Action.UNDO, Action.TICK, Action.AGREE}
_SELLS = _PACKS | {
    Action.TAKE,
    Action.TAKE_CONFIRM,
    Action.CONFIRM,
    Action.AWAIT_PAYMENT,
    Action.REOPEN,
    Action.RECEIVED,
    Action.NOT_COLLECTED,
    Action.REFUSED,
    Action.CANCEL,
    Action.NO_ANSWER,
    Action.TALKED,
    Action.NO_CONTACT,
    Action.ARRIVE,
}
PRESSES = {"owner": _SELLS, "manager": _SELLS, "packer": _PACKS, "observer": set[Action]()}


@pytest.mark.case("M2")
async def test_who_may_press_what(stage: Stage) -> None:
    """Every action there is, in every role: for some the order is not ready, for the others it is not theirs."""
    world = await peopled(stage)
    orders = copy.copy(stage.app.orders)
    orders._db = Rehearsal(stage.app.db)  # type: ignore[assignment]
    before = await world.dump()
    for who, may in PRESSES.items():
        for action in Action:
            press = Press(action, world.order.public_id, world.accounts[who].id, "test", said={Ask.TTN: "1"})
            was: Outcome = "done"
            with contextlib.suppress(Asks):
                was, _ = await outcome(orders.perform(press))
            assert (was == "role") == (action not in may), (who, action, was)
    for who in ("buyer", *OUTSIDERS):
        for action in Action:
            press = Press(action, world.order.public_id, world.accounts[who].id, "test")
            assert (await outcome(orders.perform(press)))[0] == "absent", (who, action)
    assert changed(before, await world.dump()) == []
