"""Lanes: what must be handled one after another, each lane beside the others."""

import json
from collections import defaultdict, deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.inbox.store import Arrival

FindLane = Callable[[dict[str, Any]], str | None]


@dataclass(slots=True, eq=False)
class Waiting:
    """An update in its lane. `busy_since` is on the loop's clock."""

    arrival: Arrival
    tries: int = 0
    busy_since: float | None = None


class Lanes:
    """`ready` are the lanes whose first update may be handled now, by messenger and in the order of their turns. A
    lane that was taken with `next` comes back by `again` (its first update is tried once more) or `drop_first`.
    """

    def __init__(self) -> None:
        self.ready: defaultdict[str, deque[str]] = defaultdict(deque)
        self._queues: dict[str, deque[Waiting]] = {}

    def add(self, lane: str, waiting: Waiting) -> None:
        if lane in self._queues:
            self._queues[lane].append(waiting)
        else:
            self._queues[lane] = deque([waiting])
            self.again(lane)

    def next(self, messenger: str) -> str:
        return self.ready[messenger].popleft()

    def first(self, lane: str) -> Waiting:
        return self._queues[lane][0]

    def again(self, lane: str) -> None:
        self.ready[self.first(lane).arrival.key.channel].append(lane)

    def drop_first(self, lane: str) -> None:
        self._queues[lane].popleft()
        if self._queues[lane]:
            self.again(lane)
        else:
            del self._queues[lane]


@dataclass(frozen=True, slots=True)
class LaneOf:
    """Names the lane of an update; one whose place is not found has a lane of its own."""

    find: Mapping[str, FindLane]

    def __call__(self, arrival: Arrival) -> str:
        key = arrival.key
        find, lane = self.find.get(key.channel), None
        if find is not None:
            try:
                body = json.loads(arrival.body)
                lane = find(body) if isinstance(body, dict) else None
            except (ValueError, RecursionError):
                lane = None
        return f"{key.channel}:{key.bot_id}:{'event ' + key.event_id if lane is None else lane}"


def telegram_lane(body: dict[str, Any]) -> str | None:
    """The chat in which an update happened, else the person it comes from; None if it names neither."""
    for told in body.values():
        if isinstance(told, dict):
            message = told.get("message")
            places = (told.get("chat"), message.get("chat") if isinstance(message, dict) else None)
            for place in (*places, told.get("from")):
                number = place.get("id") if isinstance(place, dict) else None
                if isinstance(number, int):
                    return str(number)
    return None
