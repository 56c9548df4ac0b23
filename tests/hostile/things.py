"""A shop's whole world whose every field holds a hostile text: what screens are drawn from."""

import json
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any

from keyboards.screen import clean
from models.card import Card
from models.draft import CARRIERS, Draft
from models.file import File, FileKind
from models.file_text import file_name
from models.goods_text import Goods
from models.group import Group
from models.intake import Carrier, PaymentMethod, PaymentStatus
from models.lanes import Lane
from models.limits import Running
from models.listing import Asked, Held, Holders, Overview, Page, Row
from models.message import Direction, Message
from models.note import Note
from models.order import BuyerAnswer, Order, OrderEvent, OrderLine
from models.outbox import Notice, Notification, NotificationState
from models.parcel import Parcel
from models.people import Account, Messenger
from models.roles import Ability, Role
from models.shop import ApiKey, Invite, Member, Shop
from models.template_text import FORMS, Text, braced
from models.workflow import WISHES, Action, Actor
from models.workflows import WORKFLOWS
from models.worktime import WorkSchedule
from tests.hostile.texts import Ink
from tests.stage import MONDAY

PHONE = "+380671234567"
HOURS = ("Mon-Fri 09:00-18:00", "Mon-Sun 00:00-24:00", "Mon-Fri 09:00-13:00, 14:00-18:00, Tue 20:00-04:00")
LONGEST_MESSAGE = 3400
MINUTE = timedelta(minutes=1)


class World:
    """One shop with all that may be shown of it; each of its parts is made when a screen asks for it."""

    def __init__(self, seed: int) -> None:
        self.ink = Ink(seed)
        self.dice = self.ink.dice
        self.now = MONDAY + timedelta(minutes=self.dice.randint(0, 3000))

    def coin(self) -> bool:
        return self.dice.random() < 0.5

    def maybe(self, value: Any) -> Any:
        return value if self.coin() else None

    # ------------------------------------------------------------ the shop and its people
    @cached_property
    def shop(self) -> Shop:
        marketplace = self.dice.choice(list(WORKFLOWS))
        return self.another_shop(marketplace)

    def another_shop(self, marketplace: str = "rozetka") -> Shop:
        return Shop(
            id=self.dice.randint(1, 2**31 - 1),
            name=self.ink.some(99) + "я",
            marketplace=marketplace,
            hours=WorkSchedule.parse(self.dice.choice(HOURS)).to_json(),
            steps=None,
            texts=self.maybe(json.dumps({text: self.template(text) for text in Text})),
            buyer_confirms=self.coin(),
            silenced_at=self.maybe(self.now),
            created_at=MONDAY,
        )

    def template(self, text: Text) -> str:
        """As an owner may have typed it: what it must name stands in it."""
        form = FORMS[text]
        facts = " ".join(braced(fact) for fact in self.dice.choice((form.must, form.may)))
        return clean(f"{facts} {self.ink.any(form.most - len(facts) - 1)}", form.most)

    def member(self, shop: Shop | None = None, role: Role | None = None) -> Member:
        account = Account(
            id=self.dice.randint(1, 2**31 - 1),
            messenger=self.dice.choice(list(Messenger)),
            external_id="1",
            name=self.ink.any(200),
            language="uk",
            reachable=self.coin(),
            unreachable_reason=self.maybe(self.ink.any(200)),
            created_at=MONDAY,
        )
        return Member(
            id=self.dice.randint(1, 2**31 - 1),
            shop=shop or self.shop,
            shop_id=(shop or self.shop).id,
            account=account,
            role=role or self.dice.choice(list(Role)),
            active=self.dice.random() < 0.8,
            name=account.name,
            joined_at=MONDAY,
            signature=self.maybe(f"{self.ink.any(39)}я"),
            on_shift=self.coin(),
            sound=self.coin(),
            quiet_from=self.maybe(22 * 60),
            quiet_until=8 * 60,
        )

    @cached_property
    def people(self) -> list[Member]:
        return [self.member() for _ in range(self.dice.choice((1, 3, 20)))]

    @cached_property
    def group(self) -> Group:
        return Group(
            id=1, shop=self.shop, title=self.ink.any(200), language="uk", bound_at=MONDAY, chat="-100"
        )

    @cached_property
    def keys(self) -> list[ApiKey]:
        return [ApiKey(id=at, created_at=MONDAY, used_at=self.maybe(self.now)) for at in range(1, 12)]

    @cached_property
    def invites(self) -> list[Invite]:
        return [Invite(id=at, role=role, expires_at=self.now) for at, role in enumerate(Role, 1)]

    # ------------------------------------------------------------ an order
    @cached_property
    def order(self) -> Order:
        return self.another_order(self.shop, lines=self.dice.choice((1, 2, 100)))

    def another_order(self, shop: Shop, lines: int = 1) -> Order:
        state = self.dice.choice(WORKFLOWS[shop.marketplace].states)
        order = Order(
            id=self.dice.randint(1, 2**31 - 1),
            public_id="A" * 12,
            shop_id=shop.id,
            shop=shop,
            number=self.ink.number(),
            source=self.dice.choice(("cart", "call_centre")),
            created_at=MONDAY,
            received_at=MONDAY,
            off_hours=False,
            buyer_name=self.ink.some(200, links=True),
            buyer_phone=PHONE,
            phone_valid=self.coin(),
            account_linked=self.maybe(False),
            carrier=self.dice.choice(list(Carrier)),
            address=self.ink.any(500, links=True),
            recipient=self.ink.any(300, links=True),
            delivery_term=self.ink.any(200),
            payment_method=self.dice.choice(list(PaymentMethod)),
            payment_status=self.dice.choice(list(PaymentStatus)),
            total=128_000,
            do_not_call=self.coin(),
            comment=self.ink.any(2000, links=True),
            pickup_rate=self.dice.choice(("high", "medium", "low", None)),
            differs=self.coin(),
            status=state.status,
            state=state.key,
            reason_comment=self.ink.any(2000),
            seq=0,
            version=1,
            attempts=0,
            changed_at=MONDAY,
            entered_at=MONDAY,
            agreed_at=self.maybe(self.now),
            erased_at=self.now if self.dice.random() < 0.05 else None,
            buyer_id=self.maybe(1),
            buyer_answer=self.dice.choice((*BuyerAnswer, None)),
            link_generation=self.dice.choice((1, 2)),
            lines=[self.line(at) for at in range(lines)],
            parcels=[self.parcel()] if self.coin() else [],
        )
        if self.coin():
            order.holder = self.member(shop)
        return order

    def line(self, at: int) -> OrderLine:
        return OrderLine(
            position=at, title=self.ink.some(300), sku=self.ink.any(100), quantity=2, price=64_000
        )

    def parcel(self) -> Parcel:
        carrier = self.dice.choice(("nova_poshta", "meest", "ukrposhta"))
        return Parcel(id=1, ttn="20450000000001", carrier=carrier, created_at=self.now, replaced=False)

    @cached_property
    def orders(self) -> list[Order]:
        """A few of them, in shops of other names."""
        return [self.another_order(self.another_shop()) for _ in range(self.dice.choice((1, 6)))]

    def event(self, action: Action | None = None) -> OrderEvent:
        order = self.order
        facts: dict[str, Any] = {"held_by": self.ink.any(200), "ttn": self.ink.any(40)}
        if self.coin():
            facts["from_state"] = order.state
        return OrderEvent(
            id=1,
            at=self.now - MINUTE * self.dice.randint(0, 600),
            actor=self.dice.choice(list(Actor)),
            member=self.maybe(self.people[0]),
            action=action or self.dice.choice([Action.TAKE, Action.CONFIRM, Action.HAND_OVER, Action.SHIP]),
            status=order.status,
            state=order.state,
            seq=self.dice.choice((0, 1)),
            facts=facts,
            cause="",
        )

    def note(self) -> Note:
        return Note(id=1, text=self.ink.some(500), at=self.now, member=self.people[0])

    def message(self, by: Direction = Direction.FROM_BUYER) -> Message:
        """A seller may send a buyer a link; a buyer's are not to be tapped."""
        member = self.maybe(self.people[0])
        return Message(
            id=1,
            direction=by,
            member=member,
            text=self.ink.some(LONGEST_MESSAGE, links=by is Direction.FROM_BUYER),
            at=self.now,
            file=self.maybe(self.file()),
        )

    def file(self) -> File:
        kind = self.dice.choice(list(FileKind))
        facts = {
            FileKind.LOCATION: {"latitude": 50.45, "longitude": 30.52},
            FileKind.CONTACT: {"name": self.ink.any(200, links=True), "phone": self.ink.any(40, links=True)},
        }.get(kind, {})
        size = 0 if facts else self.dice.choice((1, 3000, 10_000_000))
        name = file_name(self.ink.any(200, links=True), "file")
        return File(id=1, kind=kind, name=name, mime="application/pdf", size=size, facts=facts)

    def running(self, order: Order) -> Running | None:
        limit = self.dice.choice([limit for limit in order.workflow.limits if limit.term is not None])
        return Running(limit, MINUTE * 50, self.maybe(self.now + MINUTE)) if self.coin() else None

    def card(self, *, sees: bool | None = None, in_group: bool = False) -> Card:
        """`sees`: whether its reader may see the buyer; open where it is not said."""
        order = self.order
        allowed = self.coin() if sees is None else sees
        can = frozenset(Ability) if allowed else frozenset({Ability.SEE_ORDERS})
        return Card(
            order=order,
            member=None if in_group else self.maybe(self.people[0]),
            actions=tuple(self.dice.sample([Action.TAKE, Action.CONFIRM, Action.SHIP, Action.CANCEL], 2)),
            cabinet=tuple(state.key for state in order.workflow.states[:2]) if self.coin() else (),
            undo_until=None,
            blocked=self.maybe("payment_pending"),
            told=tuple(self.row(Notice.SHIPPED) for _ in range(3)),
            at=self.now,
            can=can,
            buyer_away=self.dice.choice((None, None, "stopped", "blocked")),
            clock=self.running(order),
            days_off=self.maybe(self.now),
            closed_on=self.maybe(self.now.date()),
            wish=self.maybe(self.event(self.dice.choice(sorted(WISHES)))),
            notes=(self.note(), self.note()) if allowed else (),
            may_hand_over=self.coin(),
            in_group=in_group,
        )

    # ------------------------------------------------------------ notices
    def row(self, kind: Notice) -> Notification:
        return Notification(
            id=self.dice.randint(1, 2**62 - 1),
            kind=kind,
            facts=self.facts(),
            created_at=self.now,
            due_at=self.now,
            at=self.now,
            state=self.dice.choice(list(NotificationState)),
            reason=self.maybe(self.ink.any(200)),
            repeat=self.coin(),
        )

    def facts(self) -> dict[str, Any]:
        """All that any notice might tell."""
        ink = self.ink
        facts: dict[str, Any] = {
            "name": ink.any(200, links=True),
            "by": ink.any(200),
            "to": ink.any(200),
            "title": ink.any(200),
            "why": self.dice.choice(("blocked", ink.any(200))),
            "update": ink.any(100),
            "error": ink.any(500),
            "role": str(self.dice.choice(list(Role))),
            "what": self.dice.choice(("joined", "came", "refused", "removed", "left", "role")),
            "wish": str(self.dice.choice(sorted(WISHES))),
            "taken": self.coin(),
            "payment": self.dice.choice(("paid", "refunded")),
            "member": 1,
            "cap": 100,
            "untold": "shipped",
            "made_at": self.now.isoformat(),
            "orders": [ink.number() for _ in range(self.dice.choice((0, 20)))],
            "count": self.dice.choice((0, 7)),
            "more": 3,
            "due": [["contact", 3600, 7200], ["cabinet", 60, None]],
        }
        for key, value in {"moved": "confirmed", "yes": True, "until": "2026-03-05", "notice": True}.items():
            if self.coin():
                facts[key] = value
        return facts

    # ------------------------------------------------------------ lists
    def overview(self) -> Overview:
        shops = [self.another_shop() for _ in range(self.dice.choice((1, 3, 20)))]
        counts = {lane: self.dice.choice((0, 1, 12_345)) for lane in Lane}
        return Overview(shops, self.maybe(shops[0]), counts, self.dice.choice((0, 9)), True, self.now)

    def page(self) -> Page:
        rows = [Row(order, self.running(order), self.coin(), self.coin()) for order in self.orders]
        holder, shop = self.maybe(self.people[0]), self.maybe(self.shop)
        return Page(rows, 12_345, self.dice.choice((0, 7)), 9, self.coin(), self.now, holder, shop)

    def asked(self) -> Asked:
        return Asked(self.dice.choice(list(Lane)), 1)

    def holders(self) -> Holders:
        held = [Held(self.maybe(person), 3) for person in self.people]
        return Holders(held, self.coin(), self.maybe(self.shop), self.now)

    # ------------------------------------------------------------ an order by hand
    @cached_property
    def draft(self) -> Draft:
        ink = self.ink
        goods = tuple(Goods(ink.some(300), 2, 64_000) for _ in range(self.dice.choice((1, 100))))
        return Draft(
            number=ink.number(),
            name=ink.some(200, links=True),
            phone=PHONE,
            goods=goods,
            carrier=self.dice.choice(CARRIERS),
            address=ink.any(500, links=True),
            method=self.dice.choice(list(PaymentMethod)),
            paid=self.dice.choice((True, False, None)),
            do_not_call=self.dice.choice((True, False, None)),
            recipient=ink.any(300, links=True),
            comment=ink.any(2000, links=True),
            told_total=self.maybe(1),
        )

    def day(self) -> date:
        return self.now.date()

    def later(self) -> datetime:
        return self.now + MINUTE
