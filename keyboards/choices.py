"""An owner's screens of what is switched: whether a buyer's tap confirms, one bell instead of two."""

from zoneinfo import ZoneInfo

from aiogram.types import InlineKeyboardButton

from bot.l10n import Words
from keyboards.screen import Screen, compose, keyboard
from keyboards.settings import title, to_menu
from keyboards.shop_buttons import ConfirmingButton, OneBellButton
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
