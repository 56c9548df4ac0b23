"""A marketplace that nobody runs, with statuses and habits of its own: what is true of its orders is true of
the machinery, not of ROZETKA. Also the facts of an order, for whoever asks a table without a database.
"""

from dataclasses import dataclass
from datetime import timedelta

from models.limits import Hours, Limit, Start
from models.workflow import (
    Action,
    Actor,
    Ask,
    DeliveryKind,
    Fault,
    Reason,
    State,
    Status,
    Workflow,
    by_carrier,
    by_pickup,
    payment_settled,
    transition,
)


@dataclass(frozen=True, slots=True)
class Facts:
    """What a guard may look at; as it stands, a plain order that is paid on delivery."""

    delivery_kind: DeliveryKind = DeliveryKind.CARRIER
    prepaid: bool = False
    payment_status: str = "not_required"
    do_not_call: bool = False
    attempts: int = 0


MADE_UP = Workflow(
    name="made_up",
    cabinet=False,
    states=(
        State("dropped_in", Status.NEW, 1001),
        State("on_the_bench", Status.IN_WORK, 1002),
        State("boxed", Status.CONFIRMED, 1003),
        State("on_the_road", Status.DELIVERING),
        State("at_the_counter", Status.WAITING),
        State("late", Status.EXPIRED, 1004),
        State("home", Status.RECEIVED, 1005, final=True),
        State("sent_back", Status.REFUSED, final=True),
        State("left_there", Status.NOT_COLLECTED, final=True),
        State("torn_up", Status.CANCELLED, final=True),
        State("torn_up_otherwise", Status.CANCELLED, final=True),
        State("called_off", Status.BUYER_CANCELLED, final=True),
    ),
    transitions=(
        transition(Action.TAKE, "dropped_in", "late", to="on_the_bench", undoable=True),
        transition(Action.CONFIRM, "on_the_bench", to="boxed", undoable=True),
        transition(
            Action.SHIP,
            "boxed",
            to="on_the_road",
            asks=(Ask.TTN,),
            when=by_carrier,
            guards=(payment_settled,),
            undoable=True,
        ),
        transition(
            Action.READY,
            "boxed",
            to="at_the_counter",
            when=by_pickup,
            guards=(payment_settled,),
            undoable=True,
        ),
        transition(Action.ARRIVE, "on_the_road", to="at_the_counter", by=(Actor.CARRIER,)),
        transition(
            Action.RECEIVED,
            "on_the_road",
            "at_the_counter",
            to="home",
            by=(Actor.SELLER, Actor.CARRIER),
        ),
        transition(Action.REFUSED, "at_the_counter", to="sent_back", by=(Actor.SELLER, Actor.CARRIER)),
        transition(Action.NOT_COLLECTED, "at_the_counter", to="left_there"),
        transition(Action.CANCEL, "on_the_bench", "boxed", to=None, asks=(Ask.REASON,), undoable=True),
        transition(
            Action.BUYER_CANCEL,
            "dropped_in",
            "on_the_bench",
            "boxed",
            "late",
            to="called_off",
            by=(Actor.BUYER,),
        ),
    ),
    reasons=(
        Reason("torn_up", ("on_the_bench", "boxed"), Fault.SELLER, group="goods"),
        Reason("torn_up_otherwise", ("on_the_bench",), Fault.BUYER, asks=(Ask.COMMENT,), group="other"),
    ),
    limits=(
        Limit(
            "untouched",
            ("dropped_in",),
            Hours.SHOP,
            timedelta(minutes=15),
            steps=(timedelta(minutes=15),),
            start=Start.CREATED,
        ),
    ),
)
