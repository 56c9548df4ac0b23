"""Who holds an order: choosing a colleague to hand it to, and what the two are told."""

from collections.abc import Sequence

from aiogram.types import InlineKeyboardButton

from bot.l10n import Words
from keyboards.callbacks import HandButton, LookButton
from keyboards.screen import Screen, keyboard, one_line, said
from models.card import Card
from models.order import Order
from models.outbox import Notification
from models.shop import Member

PEOPLE_A_PAGE = 8


def colleagues_screen(card: Card, colleagues: Sequence[Member], words: Words, page: int = 0) -> Screen:
    """Whom to hand the order to: everybody but who holds it and who asks, in pages."""
    order, me = card.order, card.member
    others = [one for one in colleagues if one.id != order.holder_id and (me is None or one.id != me.id)]
    shown = others[page * PEOPLE_A_PAGE : (page + 1) * PEOPLE_A_PAGE]
    people = [
        InlineKeyboardButton(
            text=words("button-colleague", name=_name(one, words), role=words(f"role-{one.role}")),
            callback_data=HandButton(order=order.public_id, to=one.id).pack(),
        )
        for one in shown
    ]
    turning = [_look(order, "hand", "◀️", page - 1)] if page > 0 else []
    if len(others) > (page + 1) * PEOPLE_A_PAGE:
        turning.append(_look(order, "hand", "▶️", page + 1))
    text = words(
        "ask-colleague" if others else "no-colleague",
        number=said(order.number, 64),
        name=said(order.holder.name, 60) if order.holder else "",
    )
    back = _look(order, "card", words("button-back"))
    return Screen(text, keyboard(*[[one] for one in people], turning, [back]))


def holding_buttons(card: Card, words: Words) -> list[InlineKeyboardButton]:
    """What can be done about who holds the order, under its card."""
    if not card.may_hand_over or card.member is None:
        return []
    order = card.order
    hand = _look(order, "hand", words("button-hand"))
    if order.holder_id == card.member.id:
        return [hand]
    take = HandButton(order=order.public_id, to=card.member.id).pack()
    return [InlineKeyboardButton(text=words("button-take-over"), callback_data=take), hand]


def handed_screen(row: Notification, order: Order, words: Words) -> Screen:
    """To whom had it: who holds it now."""
    text = words(
        "notice-taken-from" if row.facts["taken"] else "notice-handed-from",
        number=said(order.number, 64),
        name=said(str(row.facts["to"]), 60),
        by=said(str(row.facts["by"]), 60),
    )
    return Screen(text, keyboard([_look(order, "card", words("button-card"))]))


def _name(member: Member, words: Words) -> str:
    return one_line(member.name, 30) or words("who-seller")


def _look(order: Order, what: str, text: str, page: int = 0) -> InlineKeyboardButton:
    return InlineKeyboardButton(
        text=text, callback_data=LookButton(order=order.public_id, what=what, page=page).pack()
    )
