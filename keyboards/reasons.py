"""Why an order is cancelled: one list of reasons, or first a group and then a reason of it (G28)."""

from collections.abc import Sequence

from aiogram.types import InlineKeyboardButton

from bot.l10n import Words
from keyboards.callbacks import GroupButton, LookButton, ReasonButton
from keyboards.screen import Screen, compose, keyboard, said
from models.card import Card
from models.order import Order
from models.search_text import folded
from models.workflow import NotInWorkflow, Reason, check

REASONS_A_PAGE = 6


def reasons_screen(card: Card, words: Words, page: int = 0, group: str | None = None) -> Screen:
    """One reason a button, the locked ones named with what opens them (R41).

    A flat list comes in pages. Where reasons have groups, these are the first step; a group that is not offered
    now leads back to them.
    """
    order = card.order
    groups = order.workflow.groups_from(order.state)
    if not groups:
        return _list(order, order.workflow.reasons_from(order.state), words, page)
    if group not in groups:
        return _groups(order, groups, words)
    reasons = [reason for reason in order.workflow.reasons_from(order.state) if reason.group == group]
    open_reasons, locked = _sorted(order, reasons)
    title = f"<b>{words(f'{order.workflow.name}-group-{group}')}</b>"
    return Screen(
        _text(order, locked, words, title),
        keyboard(*_buttons(order, open_reasons, words), [_look(order, "reasons", words("button-back"))]),
    )


def reason_named(card: Card, text: str, words: Words) -> str | None:
    """The one reason, of those that can be given now, whose name has these words in it."""
    order = card.order
    open_reasons, _ = _sorted(order, order.workflow.reasons_from(order.state))
    meant = folded(text)
    found = [reason.state for reason in open_reasons if meant in folded(_name(order, reason, words))]
    return found[0] if meant and len(found) == 1 else None


def _groups(order: Order, groups: Sequence[str], words: Words) -> Screen:
    buttons = [
        [
            InlineKeyboardButton(
                text=words(f"{order.workflow.name}-group-{group}"),
                callback_data=GroupButton(order=order.public_id, group=group).pack(),
            )
        ]
        for group in groups
    ]
    return Screen(_text(order, (), words), keyboard(*buttons, [_look(order, "card", words("button-back"))]))


def _list(order: Order, reasons: Sequence[Reason], words: Words, page: int) -> Screen:
    open_reasons, locked = _sorted(order, reasons)
    shown = open_reasons[page * REASONS_A_PAGE : (page + 1) * REASONS_A_PAGE]
    turning = []
    if page > 0:
        turning.append(_look(order, "reasons", "◀️", page - 1))
    if len(open_reasons) > (page + 1) * REASONS_A_PAGE:
        turning.append(_look(order, "reasons", "▶️", page + 1))
    return Screen(
        _text(order, locked, words),
        keyboard(*_buttons(order, shown, words), turning, [_look(order, "card", words("button-back"))]),
    )


def _sorted(order: Order, reasons: Sequence[Reason]) -> tuple[list[Reason], list[Reason]]:
    """Those that can be given now, and those that something still locks."""
    open_reasons, locked = [], []
    for reason in reasons:
        try:
            check(reason.guards, order)
        except NotInWorkflow:
            locked.append(reason)
        else:
            open_reasons.append(reason)
    return open_reasons, locked


def _text(order: Order, locked: Sequence[Reason], words: Words, title: str | None = None) -> str:
    return compose(
        [
            words("ask-reason", number=said(order.number, 64)),
            title,
            *[words("ask-reason-locked", reason=_name(order, reason, words)) for reason in locked],
        ]
    )


def _buttons(order: Order, reasons: Sequence[Reason], words: Words) -> list[list[InlineKeyboardButton]]:
    return [
        [
            InlineKeyboardButton(
                text=_name(order, reason, words),
                callback_data=ReasonButton(order=order.public_id, seq=order.seq, reason=reason.state).pack(),
            )
        ]
        for reason in reasons
    ]


def _name(order: Order, reason: Reason, words: Words) -> str:
    """The reason alone where the marketplace lists it so, else the name of the status that it leads to."""
    name = order.workflow.name
    alone = f"{name}-reason-{reason.state}"
    return words(alone if words.has(alone) else f"{name}-state-{reason.state}")


def _look(order: Order, what: str, text: str, page: int = 0) -> InlineKeyboardButton:
    return InlineKeyboardButton(
        text=text, callback_data=LookButton(order=order.public_id, what=what, page=page).pack()
    )
