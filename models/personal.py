"""What we know of a buyer, column by column, and what becomes of it when it is erased (K6, P15, K8).

One row for each column that can hold words. A new one needs a row here: `tests/models/test_personal.py` asks for
it, `bot/erasing.py` then does what the row says. Numbers, moments, yes and no, and words from closed lists tell
nobody who a buyer was.
"""

from collections.abc import Mapping
from enum import StrEnum


class Fate(StrEnum):
    """`KEPT`: no buyer's data. `EMPTIED`: with the order that its row is or names, else with the account. `SIFTED`: of
    this JSON only `KEPT_FACTS` stay. `BY_HAND`: `bot/erasing.py` says how, since not every row is the buyer's.
    """

    KEPT = "kept"
    EMPTIED = "emptied"
    SIFTED = "sifted"
    BY_HAND = "by_hand"


KEPT, EMPTIED, SIFTED, BY_HAND = Fate

PERSONAL: Mapping[str, Mapping[str, Fate]] = {
    "accounts": {
        "external_id": BY_HAND,
        "name": BY_HAND,
        "phone": BY_HAND,
        "language": KEPT,
        "menu": KEPT,
        "unreachable_reason": KEPT,
        "notice_version": KEPT,
    },
    "api_keys": {"digest": KEPT, "cause": KEPT},
    "cards": {"channel": KEPT, "chat": BY_HAND, "message_id": BY_HAND},  # of members, and of who was one
    "contact_attempts": {"cause": KEPT},
    "deadlines": {"kind": KEPT},
    "dialogues": {"key": BY_HAND, "state": BY_HAND, "data": BY_HAND},
    "files": {  # the rows go
        "name": BY_HAND,
        "mime": BY_HAND,
        "content": BY_HAND,
        "facts": BY_HAND,
        "token": BY_HAND,
    },
    "group_links": {"digest": KEPT},
    "groups": {"chat": KEPT, "moved_from": KEPT, "title": KEPT, "language": KEPT, "ended_why": KEPT},
    "intake_keys": {"key": KEPT, "digest": KEPT},
    "invites": {"digest": KEPT},
    "marketplace_updates": {"status": KEPT, "ttn": KEPT},
    "members": {"name": KEPT, "signature": KEPT},
    "messages": {"text": EMPTIED, "cause": KEPT, "channel": KEPT},
    "notes": {"text": EMPTIED, "cause": KEPT},
    "notifications": {
        "dedupe": KEPT,
        "recipient": KEPT,
        "channel": KEPT,
        "chat": BY_HAND,
        "facts": BY_HAND,
        "reason": KEPT,
        "message_id": BY_HAND,
    },
    "order_events": {"state": KEPT, "facts": SIFTED, "cause": KEPT},
    "order_lines": {"title": KEPT, "sku": KEPT},
    "orders": {
        "public_id": KEPT,
        "number": KEPT,
        "source": KEPT,
        "buyer_name": EMPTIED,
        "buyer_phone": EMPTIED,
        "buyer_email": EMPTIED,
        "search": BY_HAND,
        "carrier": KEPT,
        "address": EMPTIED,
        "recipient": EMPTIED,
        "delivery_term": KEPT,
        "payment_method": KEPT,
        "payment_status": KEPT,
        "comment": EMPTIED,
        "pickup_rate": EMPTIED,
        "digest": KEPT,  # a hash: it only recognises the same order when it comes again
        "state": KEPT,
        "reason_comment": EMPTIED,
        "unreached_why": KEPT,
        "contact_phone": EMPTIED,
    },
    "parcels": {"ttn": KEPT, "carrier": KEPT},  # the shop's proof that it has sent the goods
    "shops": {"name": KEPT, "marketplace": KEPT, "hours": KEPT, "steps": KEPT, "texts": KEPT, "mail": KEPT},
    "traces": {"channel": KEPT, "chat": BY_HAND, "message_id": BY_HAND},
    "updates": {
        "channel": KEPT,
        "bot_id": KEPT,
        "event_id": KEPT,
        "body": BY_HAND,
        "error": KEPT,
        "answer": BY_HAND,
    },
    "viber_users": {"viber_id": BY_HAND, "menu": KEPT, "slot": BY_HAND},
}

KEPT_FACTS = frozenset(
    {
        "agreed_at",
        "closed_on",
        "differs",
        "duplicate_of",
        "from_agreed_at",
        "from_clocks",
        "from_holder",
        "from_state",
        "from_ttn",
        "parcel",
        "payment",
        "payment_before",
        "reason",
        "request",
        "source",
        "statuses",
        "ttn",
        "undoable",
        "undone",
    }
)
"""What the history goes on to say of an erased order: the order's own course, nobody's words."""
