"""A shop's group chat: its place in the settings, and the notices that must not name a buyer there."""

from zoneinfo import ZoneInfo

from aiogram.types import InlineKeyboardButton

from bot.l10n import Words
from keyboards.callbacks import LookButton, SettingsButton, ShopGroupButton
from keyboards.contact import last_digits
from keyboards.files import carried, file_line, map_row, most_words
from keyboards.screen import Screen, compose, keyboard, quoted, said
from models.card import Card
from models.group import Group
from models.message import Message
from models.order import Order
from models.outbox import Notice, Notification
from models.shop import Shop
from models.terms import schedule_of


# ------------------------------------------------------------ the settings
def group_button(shop: Shop, words: Words) -> InlineKeyboardButton:
    return _to(shop, "look", words("button-group"))


def _to(shop: Shop, to: str, label: str) -> InlineKeyboardButton:
    return InlineKeyboardButton(text=label, callback_data=ShopGroupButton(shop=shop.id, to=to).pack())


def _title(shop: Shop, words: Words) -> str:
    return f"<b>{words('group-title', shop=said(shop.name, 60))}</b>"


def group_screen(shop: Shop, group: Group | None, words: Words, *, dropped: bool = False) -> Screen:
    """Where the shop's orders ring: in which group, or in everybody's private chat."""
    menu = InlineKeyboardButton(
        text=words("button-back"), callback_data=SettingsButton(shop=shop.id, to="menu").pack()
    )
    if group is None:
        text = compose([_title(shop, words), words("group-dropped" if dropped else "group-none")])
        return Screen(text, keyboard([_to(shop, "link", words("button-group-link"))], [menu]))
    since = words.day_clock(group.bound_at, ZoneInfo(schedule_of(shop).zone))
    text = compose([_title(shop, words), words("group-bound", title=said(group.title, 100), since=since)])
    return Screen(
        text,
        keyboard(
            [_to(shop, "link", words("button-group-another"))],
            [_to(shop, "drop", words("button-group-drop"))],
            [menu],
        ),
    )


def group_link_screen(shop: Shop, start: str, url: str | None, words: Words) -> Screen:
    """The link that adds the bot to a group; where our name is not known yet, what to write there instead."""
    back = [_to(shop, "look", words("button-back"))]
    if url is None:
        how = words("group-link-unknown", start=f"<code>/start {start}</code>")
        return Screen(compose([_title(shop, words), how]), keyboard(back))
    choose = InlineKeyboardButton(text=words("button-group-choose"), url=url)
    return Screen(compose([_title(shop, words), words("group-link")]), keyboard([choose], back))


def drop_group_screen(shop: Shop, group: Group, words: Words) -> Screen:
    text = compose([_title(shop, words), words("group-drop-sure", title=said(group.title, 100))])
    return Screen(
        text,
        keyboard(
            [_to(shop, "dropped", words("button-group-drop-yes"))],
            [_to(shop, "look", words("button-back"))],
        ),
    )


# ------------------------------------------------------------ notices
def masked_notice(row: Notification, card: Card, words: Words) -> Screen | None:
    """A notice that tells of a buyer, for who may not see them in full; None where the usual one names nothing."""
    order = card.order
    number = said(order.number, 64)
    private = {
        Notice.BUYER_ASKED: ("asked", "button-read"),
        Notice.BUYER_UNREACHABLE: ("contact", "button-contact"),
        Notice.CALL_BUYER: ("contact", "button-contact"),
    }
    if row.kind not in private:
        return None
    if row.kind is Notice.BUYER_ASKED:
        text = words("notice-buyer-asked-masked", number=number)
    elif row.kind is Notice.CALL_BUYER:
        text = words("notice-call-buyer-masked", number=number, phone=last_digits(order))
    else:
        text = words("notice-buyer-unreachable-masked", number=number, phone=last_digits(order))
    what, label = private[row.kind]
    opens = [_look(order, what, words(label))] if card.in_group else []
    return Screen(text, keyboard(opens, [_look(order, "card", words("button-card"))]))


def asked_screen(card: Card, message: Message | None, words: Words) -> Screen:
    """What the buyer wrote, for the one who asked in the group."""
    order = card.order
    title = f"<b>{words('notice-buyer-asked', number=said(order.number, 64))}</b>"
    quote = quoted(message.text, most_words(message)) if message and message.text.strip() else None
    return Screen(
        compose([title, quote, file_line(message.file, words) if message else None]),
        keyboard(
            map_row(message, words),
            [_look(order, "write", words("button-write"))],
            [_look(order, "open", words("button-card"))],
        ),
        carried(message),
    )


def _look(order: Order, what: str, text: str) -> InlineKeyboardButton:
    return InlineKeyboardButton(text=text, callback_data=LookButton(order=order.public_id, what=what).pack())
