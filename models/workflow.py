"""A workflow is data: the machinery that reads a marketplace's table of statuses and transitions.

The tables stand in `models/workflows/`, one a marketplace. Buttons, checks, reminders, history and the
words' tests are read off them; nothing here knows a marketplace by name. Standard library only.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Protocol

from models.calling import daytime_calling
from models.limits import Facts, Limit
from models.worktime import OpenHours, WorkSchedule


class Status(StrEnum):
    """The words of the contract, one set for all marketplaces."""

    NEW = "new"
    IN_WORK = "in_work"
    NO_CONTACT = "no_contact"
    CONFIRMED = "confirmed"
    HANDED_OVER = "handed_over"
    DELIVERING = "delivering"
    WAITING = "waiting"
    RECEIVED = "received"
    REFUSED = "refused"
    NOT_COLLECTED = "not_collected"
    CANCELLED = "cancelled"
    BUYER_CANCELLED = "buyer_cancelled"
    EXPIRED = "expired"


class Action(StrEnum):
    """What can be done to an order. The word travels in callback data and stands in the history."""

    TAKE = "take"
    TAKE_CONFIRM = "take_confirm"
    CONFIRM = "confirm"
    AWAIT_PAYMENT = "await_payment"
    REOPEN = "reopen"
    SHIP = "ship"
    COURIER = "courier"
    READY = "ready"
    RECEIVED = "received"
    NOT_COLLECTED = "not_collected"
    REFUSED = "refused"
    CANCEL = "cancel"
    NO_ANSWER = "no_answer"
    TALKED = "talked"
    NO_CONTACT = "no_contact"
    FIX_TTN = "fix_ttn"
    UNDO = "undo"
    TICK = "tick"
    AGREE = "agree"
    RELEASE = "release"
    CREATE = "create"
    HAND_OVER = "hand_over"
    BUYER_CONFIRM = "buyer_confirm"
    BUYER_ASK = "buyer_ask"
    BUYER_CANCEL = "buyer_cancel"
    BUYER_COLLECT = "buyer_collect"
    BUYER_POSTPONE = "buyer_postpone"
    BUYER_REFUSE = "buyer_refuse"
    RELINK = "relink"
    DEPART = "depart"
    ARRIVE = "arrive"
    FOLLOW = "follow"
    ERASE = "erase"
    SHOW_PHONE = "show_phone"
    REACHED = "reached"
    CONTACT = "contact"
    AT_RISK = "at_risk"


DISPATCH = frozenset({Action.SHIP, Action.COURIER, Action.READY})
"""How goods leave the shop: what a moment of dispatch is agreed for, and what the payment gate shuts."""


WISHES = frozenset({Action.BUYER_COLLECT, Action.BUYER_POSTPONE, Action.BUYER_REFUSE})
"""What a buyer says about goods that wait for them: the shop hears it, nothing moves by it (G57)."""

CONFIRMING = (Action.TAKE_CONFIRM, Action.CONFIRM)
"""How data become confirmed, from an order that nobody has taken and from one that somebody has."""


class Actor(StrEnum):
    SELLER = "seller"
    BUYER = "buyer"
    CARRIER = "carrier"
    MARKETPLACE = "marketplace"


class Ask(StrEnum):
    """What a transition needs to be told before it can happen."""

    TTN = "ttn"
    REASON = "reason"
    COMMENT = "comment"
    DUPLICATE_OF = "duplicate_of"
    MOMENT = "moment"


class DeliveryKind(StrEnum):
    CARRIER = "carrier"
    OWN = "own"
    PICKUP = "pickup"


CARRIERS: Mapping[str, DeliveryKind] = {
    "nova_poshta": DeliveryKind.CARRIER,
    "meest": DeliveryKind.CARRIER,
    "ukrposhta": DeliveryKind.CARRIER,
    "rozetka": DeliveryKind.CARRIER,
    "justin": DeliveryKind.CARRIER,
    "own": DeliveryKind.OWN,
    "pickup": DeliveryKind.PICKUP,
}
"""Every carrier of the contract and how its parcels travel (C10, C29: the list is data)."""


class OrderFacts(Facts, Protocol):
    """What a guard may look at."""

    @property
    def delivery_kind(self) -> DeliveryKind: ...


Guard = Callable[[OrderFacts], str | None]
"""Returns the key of the reason why not, or None where nothing stands in the way."""

When = Callable[[OrderFacts], bool]
"""Whether a transition concerns this order at all; where not, it has no button."""


def by_carrier(order: OrderFacts) -> bool:
    return order.delivery_kind is DeliveryKind.CARRIER


def by_own_courier(order: OrderFacts) -> bool:
    return order.delivery_kind is DeliveryKind.OWN


def by_pickup(order: OrderFacts) -> bool:
    return order.delivery_kind is DeliveryKind.PICKUP


def wants_no_call(order: OrderFacts) -> bool:
    return order.do_not_call


def owes(order: OrderFacts) -> bool:
    """A prepaid order whose money is not there yet."""
    return payment_settled(order) is not None


def payment_settled(order: OrderFacts) -> str | None:
    """The payment gate (RC14, RC15, C6): pending, held, expired money opens no dispatch of a prepaid order."""
    if not order.prepaid or order.payment_status in ("paid", "not_required"):
        return None
    return f"payment_{order.payment_status}"


def tried_twice(order: OrderFacts) -> str | None:
    """No-contact reasons are locked until two attempts are logged (R41, R42, C8)."""
    return None if order.attempts >= 2 else "attempts"


@dataclass(frozen=True, slots=True)
class State:
    """One of a marketplace's own statuses. Its name for people is `<workflow>-state-<key>` in the locales."""

    key: str
    status: Status
    id: int | None = None
    final: bool = False


@dataclass(frozen=True, slots=True)
class Transition:
    """A row of the table. `to` is None where the reason decides; several `path` states are gone through in order.

    Of what it `asks`, `optional` names what there may be none of: the press then says so instead.
    """

    action: Action
    sources: tuple[str, ...]
    path: tuple[str, ...]
    actors: frozenset[Actor]
    asks: tuple[Ask, ...] = ()
    when: When | None = None
    guards: tuple[Guard, ...] = ()
    cabinet: str | None = None
    undoable: bool = False
    optional: frozenset[Ask] = frozenset()

    @property
    def to(self) -> str | None:
        return self.path[-1] if self.path else None


class Fault(StrEnum):
    """Whose fault a cancellation is: the seller's lower the shop's rating (R31)."""

    SELLER = "seller"
    BUYER = "buyer"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a seller cancels. `state` is where the order goes; the words are that state's name, or
    `<workflow>-reason-<state>` where the reason alone has a shorter one. Where reasons have a `group`, it is
    chosen first.
    """

    state: str
    sources: tuple[str, ...]
    fault: Fault
    asks: tuple[Ask, ...] = ()
    guards: tuple[Guard, ...] = ()
    group: str | None = None


class NotInWorkflow(Exception):
    """The table has no such row for this order now. `reason` is a key of the words."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Workflow:
    """A marketplace's complete table. `cabinet` tells whether a cabinet of its own must follow each change;
    `calling` makes its calling hours of a shop's schedule. `editable` names the states in which a seller may change
    what was ordered; None where its rules name none.
    """

    name: str
    states: tuple[State, ...]
    transitions: tuple[Transition, ...]
    reasons: tuple[Reason, ...] = ()
    limits: tuple[Limit, ...] = ()
    cabinet: bool = True
    calling: Callable[[WorkSchedule], OpenHours] = daytime_calling
    editable: tuple[str, ...] | None = None

    @cached_property
    def by_key(self) -> Mapping[str, State]:
        return {state.key: state for state in self.states}

    @cached_property
    def by_id(self) -> Mapping[int, State]:
        return {state.id: state for state in self.states if state.id is not None}

    @cached_property
    def limit_of(self) -> Mapping[str, Limit]:
        """Its terms by their kind."""
        return {limit.kind: limit for limit in self.limits}

    @cached_property
    def first(self) -> State:
        return self.states[0]

    @cached_property
    def buyer_may_confirm(self) -> bool:
        """Whether a shop may let the buyer's own tap confirm."""
        return any(row.action in CONFIRMING and Actor.BUYER in row.actors for row in self.transitions)

    def main(self, status: Status) -> State | None:
        """The state that stands for a contract word: the first of the table that bears it."""
        return next((state for state in self.states if state.status is status), None)

    def available(self, key: str, order: OrderFacts, actor: Actor) -> Iterator[Transition]:
        """The rows open to an actor now, in the table's order, guards not yet asked."""
        for row in self.transitions:
            if key in row.sources and actor in row.actors and (row.when is None or row.when(order)):
                yield row

    def awaits_dispatch(self, key: str, order: OrderFacts) -> bool:
        """Whether it is confirmed and still to be sent: paid or not, a moment can be agreed (G22)."""
        rows = self.available(key, order, Actor.SELLER)
        return self.by_key[key].status is Status.CONFIRMED and any(row.action in DISPATCH for row in rows)

    def transition(self, action: Action, key: str, order: OrderFacts, actor: Actor) -> Transition:
        """The row for this action now.

        Raises NotInWorkflow: `final` in a final state, `not_now` where the table has no row, or the
        reason of the first guard that objects.
        """
        row = next((row for row in self.available(key, order, actor) if row.action is action), None)
        if row is None:
            raise NotInWorkflow("final" if self.by_key[key].final else "not_now")
        check(row.guards, order)
        return row

    def reasons_from(self, key: str) -> tuple[Reason, ...]:
        return tuple(reason for reason in self.reasons if key in reason.sources)

    def groups_from(self, key: str) -> tuple[str, ...]:
        """The groups of the reasons offered there, in the table's order; none where the reasons are a flat list."""
        return tuple(dict.fromkeys(reason.group for reason in self.reasons_from(key) if reason.group))

    def reason(self, state: str, key: str, order: OrderFacts) -> Reason:
        """The reason that leads to `state`. Raises NotInWorkflow where it is not offered or still locked."""
        found = next((reason for reason in self.reasons_from(key) if reason.state == state), None)
        if found is None:
            raise NotInWorkflow("no_such_reason")
        check(found.guards, order)
        return found

    def followed(self, key: str, status: Status) -> State:
        """Where an order goes when its source says a contract word: the cabinet is the master (R02).

        Raises NotInWorkflow: `final`, `not_back` (nothing becomes new again), `no_such_status`.
        """
        target = self.main(status)
        if target is None:
            raise NotInWorkflow("no_such_status")
        if self.by_key[key].final:
            raise NotInWorkflow("final")
        if target is self.first:
            raise NotInWorkflow("not_back")
        return target


def check(guards: tuple[Guard, ...], order: OrderFacts) -> None:
    for guard in guards:
        if (reason := guard(order)) is not None:
            raise NotInWorkflow(reason)


def transition(
    action: Action,
    *sources: str,
    to: str | tuple[str, ...] | None,
    by: tuple[Actor, ...] = (Actor.SELLER,),
    asks: tuple[Ask, ...] = (),
    when: When | None = None,
    guards: tuple[Guard, ...] = (),
    cabinet: str | None = None,
    undoable: bool = False,
    optional: tuple[Ask, ...] = (),
) -> Transition:
    """A row, written as it is read: action, from where, to where."""
    path = () if to is None else (to,) if isinstance(to, str) else to
    return Transition(
        action, sources, path, frozenset(by), asks, when, guards, cabinet, undoable, frozenset(optional)
    )
