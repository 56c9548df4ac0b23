"""An owner's screens of what is switched: whether a buyer's tap confirms, one bell instead of two, what Viber and SMS
may cost."""

from zoneinfo import ZoneInfo

from aiogram.types import InlineKeyboardButton

from bot.l10n import Words
from keyboards.screen import Screen, compose, keyboard
from keyboards.settings import title, to_menu
from keyboards.shop_buttons import ConfirmingButton, OneBellButton, SmsButton, ViberButton
from models.shop import Shop
from models.terms import schedule_of
from models.workflows import WORKFLOWS


def confirming_screen(shop: Shop, words: Words) -> Screen:
    """Whether a buyer's tap confirms; where the marketplace leaves it to the seller, why not (C26)."""
    workflow = WORKFLOWS[shop.marketplace]
    platform = words(f"platform-{shop.marketplace}")
    if not workflow.buyer_may_confirm:
        text = words("settings-sellers-confirm", platform=platform)
        return Screen(compose([title(shop, words), text]), keyboard(to_menu(shop, words)))
    confirmed = words(f"{shop.marketplace}-state-confirmed")
    switch = "off" if shop.buyer_confirms else "on"
    button = InlineKeyboardButton(
        text=words(f"button-confirming-{switch}"),
        callback_data=ConfirmingButton(shop=shop.id, to=switch).pack(),
    )
    return Screen(
        compose(
            [
                title(shop, words),
                words("settings-confirming", status=confirmed),
                words("settings-confirming-cabinet") if workflow.cabinet else None,
                words("settings-confirming-is-on" if shop.buyer_confirms else "settings-confirming-is-off"),
            ]
        ),
        keyboard([button], to_menu(shop, words)),
    )


CAPS = (100, 300, 1000)
"""Messages a month that an owner can choose as the most."""


def viber_screen(shop: Shop, paid: int, words: Words) -> Screen:
    """What Viber charges for, how much it was this month, and how much it may be."""

    def button(key: str, to: str, cap: int = 0) -> InlineKeyboardButton:
        data = ViberButton(shop=shop.id, to=to, cap=cap)
        return InlineKeyboardButton(text=words(key, cap=cap), callback_data=data.pack())

    if not shop.viber:
        now = words("settings-viber-is-off")
    elif shop.viber_cap is None:
        now = words("settings-viber-no-cap")
    else:
        now = words("settings-viber-cap", cap=shop.viber_cap)
    return Screen(
        compose([title(shop, words), words("settings-viber"), words("settings-viber-paid", paid=paid), now]),
        keyboard(
            [button("button-viber-off", "off")] if shop.viber else [button("button-viber-on", "on")],
            [button("button-viber-cap", "cap", cap) for cap in CAPS] if shop.viber else [],
            [button("button-viber-free", "free")] if shop.viber and shop.viber_cap is not None else [],
            to_menu(shop, words),
        ),
    )


SMS_CAPS = (20, 50, 200)
"""SMS a day that an owner can choose as the most."""


def sms_screen(shop: Shop, today: int, words: Words) -> Screen:
    """To whom SMS go, how many there were today, and how many there may be in a day."""

    def button(key: str, cap: int) -> InlineKeyboardButton:
        data = SmsButton(shop=shop.id, to="cap", cap=cap)
        return InlineKeyboardButton(text=words(key, cap=cap), callback_data=data.pack())

    now = words("settings-sms-cap", cap=shop.sms_cap) if shop.sms_cap else words("settings-sms-is-off")
    return Screen(
        compose([title(shop, words), words("settings-sms"), words("settings-sms-today", count=today), now]),
        keyboard(
            [button("button-sms-cap", cap) for cap in SMS_CAPS],
            [button("button-sms-off", 0)] if shop.sms_cap else [],
            to_menu(shop, words),
        ),
    )


def one_bell_screen(shop: Shop, words: Words) -> Screen:
    """What rings beside us, and where to switch it off; the tick is the owner's own."""
    at = shop.silenced_at
    done = InlineKeyboardButton(
        text=words("button-one-bell-done"), callback_data=OneBellButton(shop=shop.id, to="done").pack()
    )
    zone = ZoneInfo(schedule_of(shop).zone)
    return Screen(
        compose(
            [
                title(shop, words),
                f"<b>{words('one-bell-title')}</b>",
                words(
                    "one-bell", marketplace=shop.marketplace, platform=words(f"platform-{shop.marketplace}")
                ),
                words("one-bell-spare"),
                None if at is None else words("one-bell-done", day=words.day(at, zone)),
            ]
        ),
        keyboard([done] if at is None else [], to_menu(shop, words)),
    )
