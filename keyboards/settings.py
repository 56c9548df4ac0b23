"""An owner's screens of a shop's settings: hours, days off and holidays, reminders."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from bot.l10n import Words
from keyboards.callbacks import (
    DropDayButton,
    HolidaysButton,
    SaveButton,
    SettingsButton,
    StepsButton,
)
from keyboards.clock import span
from keyboards.group import group_button
from keyboards.hours import by_night, date_text, day_text, week_text
from keyboards.screen import Screen, compose, fitted, keyboard, one_line, said
from keyboards.shop_buttons import (
    ConfirmingButton,
    KeysButton,
    OneBellButton,
    SmsButton,
    TextsButton,
    ViberButton,
)
from keyboards.team_buttons import own_button, team_button
from models.limits import Limit
from models.roles import Role
from models.shop import Member, Shop
from models.terms import chosen_steps, schedule_of, today_of
from models.workflows import WORKFLOWS
from models.worktime import Interval, WorkSchedule

DAYS_A_PAGE = 8


def chosen_limits(shop: Shop) -> list[Limit]:
    """The limits whose reminders a shop may choose, each kind once."""
    limits = WORKFLOWS[shop.marketplace].limits
    return list({limit.kind: limit for limit in reversed(limits) if limit.chosen_by_shop}.values())[::-1]


def _to(shop: Shop, to: str, label: str, *, page: int = 0) -> InlineKeyboardButton:
    data = SettingsButton(shop=shop.id, to=to, page=page).pack()
    return InlineKeyboardButton(text=label, callback_data=data)


def title(shop: Shop, words: Words) -> str:
    platform = words(f"platform-{shop.marketplace}")
    return f"<b>{words('settings-title', shop=said(shop.name, 60), platform=platform)}</b>"


# ------------------------------------------------------------ the way in
def welcome_screen(shop: Shop, role: Role, words: Words) -> Screen:
    """An owner has come in: the hours by which everything is counted are the first thing to look at (R52)."""
    text = compose(
        [
            words("welcome-owner", shop=said(shop.name, 60), role=words(f"role-{role}")),
            words("settings-hours", hours=week_text(schedule_of(shop), words)),
            _advice(shop, words),
        ]
    )
    return Screen(text, keyboard([_to(shop, "hours", words("button-hours"))]))


def shops_screen(places: Sequence[Member], words: Words) -> Screen:
    """Which shop, where a person works in several: an owner comes to its settings, others to their own."""
    return Screen(words("settings-which"), keyboard(*([_place(place, words)] for place in places)))


def _place(place: Member, words: Words) -> InlineKeyboardButton:
    shop = place.shop
    label = f"{one_line(shop.name, 40)} · {words(f'platform-{shop.marketplace}')}"
    return _to(shop, "menu", label) if place.role is Role.OWNER else own_button(shop, "look", label)


def menu_screen(shop: Shop, several: bool, words: Words, *, ways: Collection[str] = ()) -> Screen:
    """`ways`: by which this installation tells people."""
    back = [_to(shop, "shops", words("button-back"))] if several else []
    return Screen(
        compose([title(shop, words), words("settings-menu")]),
        keyboard(
            [_to(shop, "hours", words("button-hours"))],
            [_to(shop, "days", words("button-days")), _to(shop, "reminders", words("button-reminders"))],
            [team_button(shop, words), *([group_button(shop, words)] if "telegram" in ways else [])],
            *_choices(shop, words, ways),
            [own_button(shop, "look", words("button-own"))],
            back,
        ),
    )


def _choices(shop: Shop, words: Words, ways: Collection[str]) -> list[list[InlineKeyboardButton]]:
    """What a shop chooses beside its hours, and where an order can come in."""
    pressed = {
        "button-texts": TextsButton(shop=shop.id),
        "button-confirming": ConfirmingButton(shop=shop.id, to="look"),
        "button-keys": KeysButton(shop=shop.id, to="list"),
    }
    if WORKFLOWS[shop.marketplace].cabinet:
        pressed["button-one-bell"] = OneBellButton(shop=shop.id, to="look")
    if "viber" in ways:
        pressed["button-viber"] = ViberButton(shop=shop.id, to="look")
    if "sms" in ways:
        pressed["button-sms"] = SmsButton(shop=shop.id, to="look")
    if "email" in ways:
        pressed["button-mailbox"] = SettingsButton(shop=shop.id, to="mail")
    buttons = [
        InlineKeyboardButton(text=words(key), callback_data=data.pack()) for key, data in pressed.items()
    ]
    return [buttons[at : at + 2] for at in range(0, len(buttons), 2)]


def to_menu(shop: Shop, words: Words) -> list[InlineKeyboardButton]:
    """The way back from any place of the menu."""
    return [_to(shop, "menu", words("button-back"))]


# ------------------------------------------------------------ hours
def hours_screen(shop: Shop, now: datetime, words: Words, *, saved: bool = False) -> Screen:
    """Today's hours, and why they matter: the marketplace counts by its own cabinet's (R52)."""
    schedule = schedule_of(shop)
    text = compose(
        [
            title(shop, words),
            words("settings-saved-hours") if saved else None,
            words("settings-hours", hours=week_text(schedule, words)),
            words("settings-zone", zone=schedule.zone, now=words.clock(now, ZoneInfo(schedule.zone))),
            _night_line(schedule, words),
            _advice(shop, words),
        ]
    )
    return Screen(
        text,
        keyboard(
            [_to(shop, "type_hours", words("button-change"))], [_to(shop, "menu", words("button-back"))]
        ),
    )


def _advice(shop: Shop, words: Words) -> str | None:
    if not WORKFLOWS[shop.marketplace].cabinet:
        return None
    platform = words(f"platform-{shop.marketplace}")
    return words("settings-as-in-cabinet", marketplace=shop.marketplace, platform=platform)


def _night_line(schedule: WorkSchedule, words: Words) -> str | None:
    return words("settings-night") if by_night(schedule) else None


def type_hours_screen(shop: Shop, words: Words) -> Screen:
    return Screen(words("ask-hours"), keyboard([_to(shop, "hours", words("button-back"))]))


def typed_hours_screen(shop: Shop, typed: WorkSchedule, mark: str, words: Words) -> Screen:
    """What was understood, before it counts."""
    days = [day_text(day, hours, words) for day, hours in typed.special.items()]
    before = [words("settings-typed", what=week_text(typed, words))]
    night = _night_line(typed, words)
    text = fitted(before, days, lambda count: words("days-more", count=count), [night] if night else [])
    return Screen(text, _save_or(shop, mark, _to(shop, "type_hours", words("button-again")), "hours", words))


def _save_or(
    shop: Shop, mark: str, again: InlineKeyboardButton, back: str, words: Words
) -> InlineKeyboardMarkup | None:
    save = InlineKeyboardButton(text=words("button-save"), callback_data=SaveButton(mark=mark).pack())
    return keyboard([save], [again, _to(shop, back, words("button-back"))])


# ------------------------------------------------------------ the mailbox
def mailbox_screen(shop: Shop, words: Words, *, saved: bool = False) -> Screen:
    """Where the shop reads what nobody of it can be told in a chat."""
    now = (
        words("settings-mailbox-none")
        if shop.mail is None
        else words("settings-mailbox-is", mail=said(shop.mail, 64))
    )
    change = [_to(shop, "type_mail", words("button-mailbox-type"))]
    if shop.mail is not None:
        change.append(_to(shop, "drop_mail", words("button-mailbox-drop")))
    text = compose(
        [
            title(shop, words),
            words("settings-mailbox-saved") if saved else None,
            words("settings-mailbox"),
            now,
        ]
    )
    return Screen(text, keyboard(change, to_menu(shop, words)))


def type_mail_screen(shop: Shop, words: Words) -> Screen:
    return Screen(words("ask-mailbox"), keyboard([_to(shop, "mail", words("button-back"))]))


def typed_mail_screen(shop: Shop, mail: str, mark: str, words: Words) -> Screen:
    """What was understood, before it counts."""
    text = words("settings-typed", what=said(mail, 64))
    return Screen(text, _save_or(shop, mark, _to(shop, "type_mail", words("button-again")), "mail", words))


# ------------------------------------------------------------ days off and holidays
def days_screen(shop: Shop, now: datetime, words: Words, *, page: int = 0, saved: bool = False) -> Screen:
    """The special days to come, a page of them; each can be dropped."""
    today = today_of(shop, now)
    days = [(day, hours) for day, hours in schedule_of(shop).special.items() if day >= today]
    page = min(page, max(0, (len(days) - 1) // DAYS_A_PAGE))
    shown = days[page * DAYS_A_PAGE : (page + 1) * DAYS_A_PAGE]
    turning = []
    if page > 0:
        turning.append(_to(shop, "days", words("button-earlier"), page=page - 1))
    if len(days) > (page + 1) * DAYS_A_PAGE:
        turning.append(_to(shop, "days", words("button-later-days"), page=page + 1))
    text = compose(
        [
            title(shop, words),
            words("settings-saved-days") if saved else None,
            words("settings-days", count=len(days)) if days else words("settings-no-days"),
            *(day_text(day, hours, words) for day, hours in shown),
        ]
    )
    drops = [
        InlineKeyboardButton(
            text=words("button-drop", day=f"{day:%d.%m}"),
            callback_data=DropDayButton(shop=shop.id, day=day.toordinal()).pack(),
        )
        for day, _ in shown
    ]
    return Screen(
        text,
        keyboard(
            [_to(shop, "type_days", words("button-add-days"))],
            [_to(shop, "holidays", words("button-holidays"))],
            *(drops[at : at + 3] for at in range(0, len(drops), 3)),
            turning,
            [_to(shop, "menu", words("button-back"))],
        ),
    )


def type_days_screen(shop: Shop, words: Words) -> Screen:
    return Screen(words("ask-days"), keyboard([_to(shop, "days", words("button-back"))]))


def typed_days_screen(
    shop: Shop, days: Mapping[date, tuple[Interval, ...]], mark: str, words: Words
) -> Screen:
    lines = [day_text(day, hours, words) for day, hours in days.items()]
    text = fitted([words("days-typed")], lines, lambda count: words("days-more", count=count), [])
    return Screen(text, _save_or(shop, mark, _to(shop, "type_days", words("button-again")), "days", words))


def holidays_screen(
    shop: Shop, since: date, listed: Sequence[tuple[date, str]], chosen: int, words: Words
) -> Screen:
    """The state holidays of the year to come, each with a tick or without; nothing counts until saved."""

    def button(label: str, chosen: int, save: bool = False) -> InlineKeyboardButton:
        data = HolidaysButton(shop=shop.id, since=since.toordinal(), chosen=chosen, save=save)
        return InlineKeyboardButton(text=label, callback_data=data.pack())

    ticks = [
        [
            button(
                words(
                    "holiday-on" if chosen >> at & 1 else "holiday-off",
                    day=date_text(day, words),
                    name=one_line(name, 40),
                ),
                chosen ^ (1 << at),
            )
        ]
        for at, (day, name) in enumerate(listed)
    ]
    save = button(words("button-save-holidays", count=chosen.bit_count()), chosen, save=True)
    return Screen(
        compose([title(shop, words), words("settings-holidays")]),
        keyboard([save], *ticks, [_to(shop, "days", words("button-back"))]),
    )


# ------------------------------------------------------------ reminders
def steps_text(steps: Sequence[timedelta]) -> str:
    """ "1:30, 2:00"."""
    return ", ".join(span(step) for step in steps)


def _limit_line(shop: Shop, limit: Limit, words: Words) -> str:
    own = chosen_steps(shop.steps).get(limit.kind)
    return words(
        "settings-limit-own" if own else "settings-limit",
        name=words(f"limit-{limit.kind}"),
        steps=steps_text(own or limit.steps),
        term=span(limit.term or timedelta()),
    )


def reminders_screen(shop: Shop, words: Words) -> Screen:
    """When each limit's reminders come."""
    limits = chosen_limits(shop)
    buttons = [
        [
            InlineKeyboardButton(
                text=words(f"limit-{limit.kind}"),
                callback_data=StepsButton(shop=shop.id, kind=limit.kind, to="look").pack(),
            )
        ]
        for limit in limits
    ]
    text = compose(
        [
            title(shop, words),
            words("settings-reminders"),
            *(_limit_line(shop, limit, words) for limit in limits),
        ]
    )
    return Screen(text, keyboard(*buttons, [_to(shop, "menu", words("button-back"))]))


def _steps(shop: Shop, limit: Limit, to: str, label: str) -> InlineKeyboardButton:
    data = StepsButton(shop=shop.id, kind=limit.kind, to=to).pack()
    return InlineKeyboardButton(text=label, callback_data=data)


def steps_screen(shop: Shop, limit: Limit, words: Words, *, saved: bool = False) -> Screen:
    text = compose(
        [
            title(shop, words),
            words("settings-saved-steps") if saved else None,
            _limit_line(shop, limit, words),
        ]
    )
    usual = _steps(shop, limit, "usual", words("button-usual"))
    return Screen(
        text,
        keyboard(
            [_steps(shop, limit, "type", words("button-change"))],
            [usual] if limit.kind in chosen_steps(shop.steps) else [],
            [_to(shop, "reminders", words("button-back"))],
        ),
    )


def type_steps_screen(shop: Shop, limit: Limit, words: Words) -> Screen:
    text = words("ask-steps", name=words(f"limit-{limit.kind}"), term=span(limit.term or timedelta()))
    return Screen(text, keyboard([_steps(shop, limit, "look", words("button-back"))]))


def typed_steps_screen(shop: Shop, limit: Limit, minutes: Sequence[int], mark: str, words: Words) -> Screen:
    steps = steps_text([timedelta(minutes=step) for step in minutes])
    text = words("steps-typed", name=words(f"limit-{limit.kind}"), steps=steps)
    save = InlineKeyboardButton(text=words("button-save"), callback_data=SaveButton(mark=mark).pack())
    again = _steps(shop, limit, "type", words("button-again"))
    return Screen(text, keyboard([save], [again, _steps(shop, limit, "look", words("button-back"))]))
