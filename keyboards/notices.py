"""What each notification looks like, drawn at delivery from today's state."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from aiogram.types import InlineKeyboardButton

from bot.l10n import Words
from bot.recipients import REMINDERS, RULES, Audience
from keyboards.buyer import notice_screen
from keyboards.callbacks import AdmitButton, LookButton, TakeAllButton
from keyboards.choices import one_bell_screen
from keyboards.clock import reminder_line, until
from keyboards.files import carried, file_line, map_row, most_words
from keyboards.group import masked_notice
from keyboards.holding import handed_screen
from keyboards.operators import letter_screen, restored_screen
from keyboards.order import order_card, status_name
from keyboards.screen import (
    LONGEST,
    Screen,
    compose,
    fitted,
    keyboard,
    one_line,
    quoted,
    said,
    units,
    unlinked,
)
from keyboards.unreached import call_screen
from keyboards.waiting import wish_screen
from models.card import Card, takeable
from models.limits import Running
from models.message import Message
from models.order import Order
from models.outbox import Notice, Notification
from models.shop import Shop
from models.workflow import Status

OPENERS = 90
"""Orders of a digest that can be opened with a tap: all that it can name, within Telegram's hundred buttons."""


@dataclass(frozen=True, slots=True)
class Matter:
    """A claimed notification with everything its screen needs, read in the claiming unit.

    `clock`: the term of the order that ends first; `may_take`: this reader could take the order now.
    """

    row: Notification
    language: str
    order: Order | None = None
    card: Card | None = None
    message: Message | None = None
    shop: Shop | None = None
    clock: Running | None = None
    may_take: bool = False
    silent: bool = False


def draw(matter: Matter, words: Words) -> Screen:
    """The screen of a notification, in the reader's language."""
    row, order = matter.row, matter.order
    rule = RULES[row.kind]
    if rule.to is Audience.BUYER and order is not None:
        return notice_screen(row, order, matter.message, words)
    if rule.card and matter.card is not None:
        return order_card(matter.card, words, about=row, repeat=row.repeat)
    screen = _about_order(matter, order, words) if order is not None else _about_people(matter, words)
    if row.repeat:
        return Screen(compose([screen.text, words("card-repeat")]), screen.markup, screen.file)
    return screen


def draw_digest(matters: Sequence[Matter], words: Words, now: datetime) -> tuple[Screen, int]:
    """Many notifications of one chat as one message (R6), and how many of them, from the first, it names.

    An order that is new and more than that has the other line only. What the clock tells comes oldest first, with
    one tap to take all. Lengths are taken with the tags, so that the message is never longer than Telegram takes.
    """
    more_of = {matter.row.order_id for matter in matters if matter.row.kind is not Notice.NEW_ORDER}
    lines: list[str] = []
    named: list[Matter] = []
    left = LONGEST - units(_digest_title(matters, len(matters), words)) - 10
    for matter in matters:
        if matter.row.kind is not Notice.NEW_ORDER or matter.row.order_id not in more_of:
            line = _digest_line(matter, now, words)
            left -= units(line) + 1
            if left < 0:
                break
            lines.append(line)
        named.append(matter)
    orders = {matter.order.id: matter.order for matter in named if matter.order is not None}
    openers = [
        _look(order, "open", words("button-open", number=one_line(order.number, 20)))
        for order in list(orders.values())[:OPENERS]
    ]
    to_take = {matter.row.order_id for matter in named if matter.may_take}
    title = f"<b>{_digest_title(named, len(lines), words)}</b>"
    rows = [openers[at : at + 3] for at in range(0, len(openers), 3)]
    take = [_take_all(matters[0].row.id, len(to_take), words)] if len(to_take) > 1 else []
    return Screen(compose([title, *lines]), keyboard(take, *rows)), len(named)


def _digest_title(matters: Sequence[Matter], count: int, words: Words) -> str:
    kinds = {matter.row.kind for matter in matters}
    if kinds == {Notice.MORNING}:
        return words("digest-title-morning", count=count)
    if kinds == {Notice.DAYS_OFF_AHEAD}:
        return words("digest-title-days-off", count=count)
    return words("digest-title-reminders" if kinds <= REMINDERS else "digest-title", count=count)


def _take_all(first: int, count: int, words: Words) -> InlineKeyboardButton:
    return InlineKeyboardButton(
        text=words("button-take-all", count=count),
        callback_data=TakeAllButton(told_with=first).pack(),
    )


def _digest_line(matter: Matter, now: datetime, words: Words) -> str:
    order, row = matter.order, matter.row
    if order is None:
        raise LookupError(row.kind)
    key = "reminder" if row.kind in REMINDERS else str(row.kind)
    if row.kind is Notice.NEW_ORDER and order.status is not Status.NEW:
        key = "moved"
    line = words(
        f"digest-{key}",
        number=said(order.number, 64),
        total=words.money(order.total),
        shop=said(order.shop.name, 40),
        status=said(status_name(order, words), 80),
        what=reminder_line(row, words) if row.kind in REMINDERS else "",
    )
    return " · ".join(
        part
        for part in (
            line,
            until(matter.clock, order, now, words) if not order.final else "",
            words("digest-held", name=said(order.holder.name, 40)) if order.holder else "",
            words("digest-no-call") if order.do_not_call and order.status is Status.NEW else "",
            words("digest-repeat") if row.repeat else "",
        )
        if part
    )


def taken_screen(
    outcomes: Sequence[tuple[Order, bool]], words: Words, *, by: str = "", first: int = 0
) -> Screen:
    """What became of taking all: a line each, and each can be opened. In a group, `by` whom it was, and what is left
    can still be taken; `first`: the number of the message's first notification."""
    lines = [
        words(
            "taken-line" if taken else "taken-not-held" if order.holder else "taken-not",
            number=said(order.number, 64),
            total=words.money(order.total),
            status=said(status_name(order, words), 80),
            holder=said(order.holder.name, 60) if order.holder else "",
        )
        for order, taken in outcomes
    ]
    openers = [
        _look(order, "open", words("button-open", number=one_line(order.number, 20)))
        for order, _ in outcomes[:OPENERS]
    ]
    count = sum(taken for _, taken in outcomes)
    title = words("taken-title", count=count, all=len(outcomes))
    if by:
        title = words("group-taken-title", name=said(by, 60), count=count, all=len(outcomes))
    left = sum(takeable(order) for order, _ in outcomes) if by else 0
    more = [_take_all(first, left, words)] if left else []
    text = fitted([f"<b>{title}</b>"], lines, lambda count: words("card-more", count=count), [])
    return Screen(text, keyboard(more, *[openers[at : at + 3] for at in range(0, len(openers), 3)]))


def _about_order(matter: Matter, order: Order, words: Words) -> Screen:
    row, number = matter.row, said(order.number, 64)
    open_card = _look(order, "card", words("button-card"))
    write = _look(order, "write", words("button-write"))
    card = matter.card
    if card is not None and card.masked and (screen := masked_notice(row, card, words)) is not None:
        return screen
    match row.kind:
        case Notice.BUYER_CONFIRMED if "moved" in row.facts:
            status = words(f"{order.workflow.name}-state-{row.facts['moved']}")
            text = words("notice-buyer-confirmed-moved", number=number, status=said(status, 80))
            cabinet = words("notice-also-in-cabinet") if order.workflow.cabinet else None
            return Screen(compose([text, cabinet]), keyboard([open_card]))
        case Notice.BUYER_CONFIRMED:
            return Screen(words("notice-buyer-confirmed", number=number), keyboard([open_card]))
        case Notice.BUYER_ASKED:
            message = matter.message
            quote = quoted(message.text, most_words(message)) if message and message.text.strip() else None
            line = file_line(message.file, words) if message else None
            text = compose([f"<b>{words('notice-buyer-asked', number=number)}</b>", quote, line])
            return Screen(text, keyboard(map_row(message, words), [write], [open_card]), carried(message))
        case Notice.CANCEL_REQUESTED:
            status = said(status_name(order, words), 80)
            text = words("notice-cancel-requested", number=number, status=status)
            return Screen(text, keyboard([write], [open_card]))
        case Notice.HANDED_FROM:
            return handed_screen(row, order, words)
        case Notice.BUYER_WISH:
            return wish_screen(row, order, matter.card, matter.message, words)
        case Notice.BUYER_UNREACHABLE:
            phone = said(order.buyer_phone, 20)
            key = "notice-buyer-stopped" if row.facts.get("why") == "stopped" else "notice-buyer-unreachable"
            return Screen(words(key, number=number, phone=phone), keyboard([open_card]))
        case Notice.CALL_BUYER:
            return call_screen(row, order, words)
        case Notice.BUYER_FORGOTTEN:
            platform = words(f"platform-{order.workflow.name}")
            text = words("notice-buyer-forgotten", number=number, platform=platform)
            return Screen(text, keyboard([open_card]))
        case Notice.LINK_REFUSED:
            text = words("notice-link-refused", number=number, name=unlinked(str(row.facts["name"]), 60))
            return Screen(text, keyboard([open_card]))
    raise LookupError(row.kind)


def _about_people(matter: Matter, words: Words) -> Screen:
    row = matter.row
    shop = said(matter.shop.name, 60) if matter.shop else ""
    facts = {key: said(str(value), 100) for key, value in row.facts.items()}
    match row.kind:
        case Notice.MEMBER_ASKS:
            text = words(
                "notice-member-asks",
                shop=shop,
                name=unlinked(str(row.facts["name"]), 60),
                role=words(f"role-{facts['role']}"),
            )
            member = int(row.facts["member"])
            yes = AdmitButton(member=member, yes=True).pack()
            no = AdmitButton(member=member, yes=False).pack()
            return Screen(
                text,
                keyboard(
                    [InlineKeyboardButton(text=words("button-admit"), callback_data=yes)],
                    [InlineKeyboardButton(text=words("button-reject"), callback_data=no)],
                ),
            )
        case Notice.MEMBER_JOINED if row.facts.get("yes"):
            return Screen(words("notice-member-joined", shop=shop, role=words(f"role-{facts['role']}")))
        case Notice.MEMBER_JOINED:
            return Screen(words("notice-member-refused", shop=shop))
        case Notice.MEMBER_UNREACHABLE:
            why = words(f"why-{facts['why']}") if words.has(f"why-{facts['why']}") else facts["why"]
            return Screen(words("notice-member-unreachable", shop=shop, name=facts["name"], why=why))
        case Notice.ONE_BELL if matter.shop is not None:
            return one_bell_screen(matter.shop, words)
        case Notice.VIBER_CAP:
            return Screen(words("notice-viber-cap", shop=shop, cap=int(facts["cap"])))
        case Notice.SMS_CAP:
            return Screen(words("notice-sms-cap", shop=shop, cap=int(facts["cap"])))
        case Notice.GROUP_ENDED:
            return Screen(words("notice-group-ended", shop=shop))
        case Notice.GROUP_LOST:
            why = words(f"why-{facts['why']}") if words.has(f"why-{facts['why']}") else facts["why"]
            return Screen(words("notice-group-lost", shop=shop, title=facts["title"], why=why))
        case Notice.MEMBER_REMOVED:
            return Screen(words("notice-member-removed", shop=shop))
        case Notice.ROLE_CHANGED:
            role = facts["role"]
            named, about = words(f"role-{role}"), words(f"role-about-{role}")
            return Screen(words("notice-role-changed", shop=shop, role=named, about=about))
        case Notice.TEAM_CHANGED:
            key, role = f"notice-team-{facts['what']}", words(f"role-{facts['role']}")
            name, by = (facts[one] or words("member-nameless") for one in ("name", "by"))
            return Screen(words(key, shop=shop, name=name, role=role, by=by))
        case Notice.DEAD_LETTER:
            return letter_screen(row.id, row.facts, words)
        case Notice.RESTORED if matter.shop is not None:
            return restored_screen(row.facts, matter.shop, words)
    raise LookupError(row.kind)


def _look(order: Order, what: str, text: str) -> InlineKeyboardButton:
    return InlineKeyboardButton(text=text, callback_data=LookButton(order=order.public_id, what=what).pack())
