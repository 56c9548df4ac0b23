"""What had to ring in a year, by the rules alone (1.5, C1, 1.8), beside what rang. Without a line of `models`."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from tests.years.hours import DAY, HOUR, MINUTE, SECOND, Minutes, ShopHours
from tests.years.world import END, TICK, Machine, Order

LATEST = 60 * SECOND
_FRESH, _HELD, _MISSED, _POINT = ("new",), ("in_work",), ("no_contact",), ("waiting",)
_SOON, _TWO_HOURS = 90 * MINUTE, 2 * HOUR


class Term(NamedTuple):
    """A step that must ring: `run` tells one run from the next, `due` is its moment before any window, `amount`
    of `clock` (None: the calendar) has passed since `start` by then."""

    kind: str
    step: int
    run: int
    due: int
    window: Minutes
    start: int
    amount: int
    clock: Minutes | None
    gone: int | None = None


class Ring(NamedTuple):
    real: int
    seen: int
    """of the order as it was seen then: its number in `Watched.seen`"""
    kind: str
    step: int


class Seen(NamedTuple):
    """How an order stood from a real moment on, and its shop's hours then."""

    real: int
    order: Order
    hours: ShopHours


@dataclass(slots=True)
class Watched:
    seen: list[Seen]
    rings: list[Ring]


def terms(order: Order, hours: ShopHours) -> Iterator[Term]:
    """Every step of an order as it stands."""
    shop, calling, days = hours.shop, hours.calling, hours.days
    received = order.received

    def steps(
        kind: str, clock: Minutes | None, window: Minutes, start: int, run: int, floor: int, *amounts: int
    ) -> Iterator[Term]:
        for amount in amounts:
            due = start + amount if clock is None else clock.after(start, amount)
            if due is not None and due > floor:
                yield Term(kind, amount // SECOND, run, due, window, start, amount, clock)

    def before_end(kind: str, start: int, end: int | None, ahead: int) -> Iterator[Term]:
        if end is None:
            return
        amount = shop.elapsed(start, end) - ahead
        due = shop.after(start, amount) if amount > 0 else None
        if due is not None and due > received:
            yield Term(kind, -ahead // SECOND, order.created, due, shop, start, amount, shop, end)

    def whole(clock: Minutes, amount: int, start: int, moment: int) -> int:
        end = clock.after(start, amount)
        return moment if end is not None and end <= moment else start

    first = whole(shop, _TWO_HOURS, order.created, received)
    if order.state in _FRESH:
        yield from steps("untouched", shop, shop, first, order.created, received, _SOON, _TWO_HOURS)
        day = whole(days, DAY, order.created, received)
        if order.off_hours:
            yield from before_end("overnight", day, days.after(day, DAY), HOUR)
            yield from steps("overnight", days, shop, day, order.created, received, DAY)
        if order.off_hours:
            yield from steps("opening", shop, shop, received, received, received, 0)
        yield from before_end("days_off", order.created, days.closing(order.created), 30 * MINUTE)
    if order.state in _HELD and not order.do_not_call and not order.attempts:
        start = whole(shop, _TWO_HOURS, first, order.entered)
        floor = max(order.entered, received)
        yield from steps("contact", shop, calling, start, order.entered, floor, _SOON, _TWO_HOURS)
    if order.state in _MISSED and order.missed is not None:
        missed = order.missed
        yield from steps("call_again", calling, calling, missed, missed, missed, HOUR)
    if (behind := order.behind) is not None:
        start, floor = whole(shop, _TWO_HOURS, first, behind), max(behind, received)
        yield from steps("cabinet", shop, shop, start, behind, floor, _SOON, _TWO_HOURS)
    entered = order.entered
    if order.state == "confirmed" and order.unpaid:
        yield from steps("payment", None, shop, entered, entered, entered, DAY, 3 * DAY)
    if order.state in _POINT:
        yield from steps("at_point", None, hours.buyer, entered, entered, entered, 3 * DAY)


def into(window: Minutes, hours: ShopHours, moment: int) -> int:
    """A window that never opens gives way to the shop's."""
    if window.is_open(moment) or window.is_open(moment - 1):
        return moment
    opening = window.opening(moment)
    if opening is None:
        opening = hours.shop.opening(moment)
    return moment if opening is None else opening


def possible(machine: Machine, term: Term, seen: Seen) -> tuple[int, int]:
    """From which real moment on it can ring, and the reading then: while the machine runs, in the window, or
    no later than a minute."""
    due = into(term.window, seen.hours, term.due)
    for life in machine.from_(seen.real):
        real = max(seen.real, life.start, due - life.offset)
        if real + TICK >= life.end:  # it may be gone before the next tick
            continue
        if real + life.offset - due > LATEST:
            real = into(term.window, seen.hours, real + life.offset) - life.offset
            if real + TICK >= life.end:
                continue
        return real, real + life.offset
    return END, END


def judge(machine: Machine, watched: Watched, *, last_tells_all: bool = False) -> Counter[str]:
    """Counts `early`, `outside` a window, `handled` (nothing to ring about), `double`, `late`, `missed`; and
    `rang`, `due`. `last_tells_all`: one message tells only the last of a limit's steps."""
    found: Counter[str] = Counter()
    known = [
        {(term.kind, term.step): term for term in terms(seen.order, seen.hours)} for seen in watched.seen
    ]
    told: dict[tuple[str, int, int], int] = {}
    for ring in watched.rings:
        found["rang"] += 1
        term = known[ring.seen].get((ring.kind, ring.step))
        if term is None:
            found["handled"] += 1
            continue
        now = machine.reading(ring.real)
        passed = now - term.start if term.clock is None else term.clock.elapsed(term.start, now)
        due = into(term.window, watched.seen[ring.seen].hours, term.due)
        found["early"] += passed < term.amount or now < due
        shut = into(term.window, watched.seen[ring.seen].hours, now) != now
        found["outside"] += (shut and now - due > LATEST) or (term.gone is not None and now >= term.gone)
        key = (ring.kind, ring.step, term.run)
        found["double"] += key in told
        told[key] = ring.real
        if last_tells_all:
            for other in known[ring.seen].values():
                if other.kind == term.kind and other.due <= term.due:
                    told.setdefault((other.kind, other.step, other.run), ring.real)
    for number, seen in enumerate(watched.seen):
        until = watched.seen[number + 1].real if number + 1 < len(watched.seen) else END
        for (kind, step), term in known[number].items():
            real, reading = possible(machine, term, seen)
            if real + LATEST >= until or (term.gone is not None and reading + LATEST >= term.gone):
                continue
            found["due"] += 1
            rang = told.get((kind, step, term.run))
            found["missed"] += rang is None
            found["late"] += rang is not None and rang > real + LATEST
    return found


WRONG = ("early", "outside", "handled", "double", "late", "missed")


def all_right(found: Counter[str]) -> bool:
    return not any(found[name] for name in WRONG)


def figures(found: Counter[str], names: Sequence[str] = (*WRONG, "due", "rang")) -> str:
    return ", ".join(f"{name} {found[name]:,}" for name in names)
