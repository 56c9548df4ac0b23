"""What else a shop chooses: its words for buyers, whether a buyer's tap confirms, one bell instead of two."""

import json
from datetime import datetime

from sqlalchemy.orm import Session

from bot.shops.rights import shop_for
from models.errors import NotAllowed
from models.mailbox import read_mailbox
from models.roles import Ability
from models.shop import Shop
from models.template_text import Text, own_texts, read_template
from models.workflows import WORKFLOWS


def set_text(session: Session, shop_id: int, by: int, kind: Text, words: str | None) -> Shop:
    """The shop's own words for buyers; None brings ours back.

    Raises NoSuchOrder for a stranger, NotAllowed(role), TemplateError.
    """
    shop = shop_for(session, shop_id, by, Ability.SETTINGS)
    texts = dict(own_texts(shop.texts))
    if words is None:
        texts.pop(kind, None)
    else:
        texts[kind] = read_template(words, kind, contacts=may_name_contacts(shop))
    shop.texts = json.dumps(texts, ensure_ascii=False, sort_keys=True) if texts else None
    return shop


def may_name_contacts(shop: Shop) -> bool:
    """Whether its texts may hold links and phones: a marketplace's buyers are led nowhere else (R40)."""
    return not WORKFLOWS[shop.marketplace].cabinet


def set_buyer_confirms(session: Session, shop_id: int, by: int, on: bool) -> Shop:
    """Whether the buyer's tap confirms. Raises NoSuchOrder, NotAllowed: `role`; `sellers_confirm`, where the
    marketplace leaves it to the seller (C26)."""
    shop = shop_for(session, shop_id, by, Ability.SETTINGS)
    if not WORKFLOWS[shop.marketplace].buyer_may_confirm:
        raise NotAllowed("sellers_confirm")
    shop.buyer_confirms = on
    return shop


def set_viber(session: Session, shop_id: int, by: int, on: bool, cap: int | None) -> Shop:
    """Whether messages that Viber charges for are sent, and how many of them in a month, None for as many as there
    are. Raises NoSuchOrder, NotAllowed(role)."""
    shop = shop_for(session, shop_id, by, Ability.SETTINGS)
    shop.viber, shop.viber_cap = on, cap
    return shop


def set_sms_cap(session: Session, shop_id: int, by: int, cap: int) -> Shop:
    """How many SMS may go to buyers in a day, 0 for none. Raises NoSuchOrder, NotAllowed(role)."""
    shop = shop_for(session, shop_id, by, Ability.SETTINGS)
    shop.sms_cap = cap
    return shop


def set_mail(session: Session, shop_id: int, by: int, mail: str | None) -> Shop:
    """Where the shop reads what nobody of it can be told in a chat. Raises NoSuchOrder, NotAllowed: `role`,
    `bad_mail`."""
    shop = shop_for(session, shop_id, by, Ability.SETTINGS)
    shop.mail = None if mail is None else read_mailbox(mail)
    return shop


def silence(session: Session, shop_id: int, by: int, now: datetime) -> Shop:
    """The marketplace's own notices are off, says somebody who may. Raises NoSuchOrder, NotAllowed(role)."""
    shop = shop_for(session, shop_id, by, Ability.SETTINGS)
    shop.silenced_at = shop.silenced_at or now
    return shop
