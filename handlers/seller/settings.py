"""An owner's settings of a shop. Whether a press is an owner's is looked up at each (house 4)."""

import hashlib
import json
from collections.abc import Callable, Collection, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from aiogram import F, Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.l10n import Words
from bot.shops import Shops
from bot.shops.hours import check_hours, check_steps
from handlers.screens import say, show, toast
from handlers.seller.entering import Setting, allowed, entered, leave
from keyboards import settings as screens
from keyboards.callbacks import (
    DropDayButton,
    HolidaysButton,
    SaveButton,
    SettingsButton,
    StepsButton,
)
from keyboards.clock import span
from keyboards.hours import fault_text
from keyboards.screen import Screen
from keyboards.settings import chosen_limits
from models.days_text import DaysError, read_days
from models.errors import NoSuchOrder, NotAllowed
from models.limits import Limit
from models.mailbox import read_mailbox
from models.people import Account
from models.shop import Shop
from models.steps_text import StepsError, read_steps
from models.terms import schedule_of, today_of
from models.worktime import HoursError, Interval, WorkSchedule

A_YEAR = 366
"""Days after which a list of holidays is drawn anew."""


async def go(
    query: CallbackQuery,
    callback_data: SettingsButton,
    account: Account,
    shops: Shops,
    state: FSMContext,
    words: Words,
    ways: frozenset[str],
) -> None:
    """From one place of the settings to another. `ways`: by which this installation tells people."""
    found = await entered(query, callback_data.shop, account, shops, state, words)
    if found is None:
        return
    shop, now = found
    await toast(query)
    match callback_data.to:
        case "shops":
            screen = screens.shops_screen(await shops.memberships(account.id), words)
        case "hours":
            screen = screens.hours_screen(shop, now, words)
        case "days":
            screen = screens.days_screen(shop, now, words, page=callback_data.page)
        case "holidays":
            screen = await _holidays(shop, today_of(shop, now), None, shops, words)
        case "reminders":
            screen = screens.reminders_screen(shop, words)
        case "type_hours":
            await _expect(state, shop, "hours")
            screen = screens.type_hours_screen(shop, words)
        case "type_days":
            await _expect(state, shop, "days")
            screen = screens.type_days_screen(shop, words)
        case "mail":
            screen = screens.mailbox_screen(shop, words)
        case "type_mail":
            await _expect(state, shop, "mail")
            screen = screens.type_mail_screen(shop, words)
        case "drop_mail":
            screen = screens.mailbox_screen(
                await shops.set_mail(shop.id, account.id, None), words, saved=True
            )
        case _:
            several = len(await shops.memberships(account.id)) > 1
            screen = screens.menu_screen(shop, several, words, ways=ways)
    await show(query, screen)


async def _expect(state: FSMContext, shop: Shop, what: str, **facts: Any) -> None:
    await state.set_state(Setting.typing)
    await state.set_data({"shop": shop.id, "what": what, **facts})


# ------------------------------------------------------------ typing
async def typed(
    message: Message, account: Account | None, shops: Shops, state: FSMContext, words: Words
) -> None:
    """Hours, days or steps that the owner has typed: shown back, or what is wrong with them."""
    if account is None:
        return
    data = await state.get_data()
    found = await allowed(message, data["shop"], account, shops, words)
    if found is None:
        await state.clear()
        return
    shop, now = found
    back = _question(shop, data, words).markup
    if not message.text:
        await say(message, Screen(words("only-text"), back))
        return
    try:
        value, screen = _understood(message.text, data, shop, now, words)
    except (HoursError, DaysError, StepsError) as error:
        await say(message, Screen(fault_text(error, words), back))
    except NotAllowed as refusal:
        await say(message, Screen(_refused(refusal, shop, data, words), back))
    else:
        mark = hashlib.sha256(f"{data['what']}:{json.dumps(value)}".encode()).hexdigest()[:12]
        await state.set_data(data | {"typed": value, "mark": mark})
        await say(message, screen(mark))


def _question(shop: Shop, data: dict[str, Any], words: Words) -> Screen:
    match data["what"]:
        case "hours":
            return screens.type_hours_screen(shop, words)
        case "days":
            return screens.type_days_screen(shop, words)
        case "mail":
            return screens.type_mail_screen(shop, words)
        case _:
            return screens.type_steps_screen(shop, _limit(shop, data["kind"]), words)


def _understood(
    text: str, data: dict[str, Any], shop: Shop, now: datetime, words: Words
) -> tuple[Any, Callable[[str], Screen]]:
    """What the text says, as JSON, and the screen that shows it back, given its mark. Raises HoursError, DaysError,
    StepsError, NotAllowed(bad_steps, only_days, too_many_hours, bad_mail)."""
    match data["what"]:
        case "hours":
            week = WorkSchedule.parse(text, schedule_of(shop).zone)
            if not any(week.week):
                raise NotAllowed("only_days")
            check_hours(*week.week, *week.special.values())
            return week.to_json(), lambda mark: screens.typed_hours_screen(shop, week, mark, words)
        case "days":
            days = read_days(text, today_of(shop, now))
            check_hours(*days.values())
            value = {day.isoformat(): [[one.start, one.end] for one in hours] for day, hours in days.items()}
            return value, lambda mark: screens.typed_days_screen(shop, days, mark, words)
        case "mail":
            mail = read_mailbox(text)
            return mail, lambda mark: screens.typed_mail_screen(shop, mail, mark, words)
        case _:
            minutes = read_steps(text)
            limit = check_steps(shop, data["kind"], minutes)
            return minutes, lambda mark: screens.typed_steps_screen(shop, limit, minutes, mark, words)


def _refused(refusal: NotAllowed, shop: Shop, data: dict[str, Any], words: Words) -> str:
    text = words(f"refused-{refusal.reason}")
    if data["what"] != "steps":
        return text
    return f"{text} {words('steps-term', term=span(_limit(shop, data['kind']).term or timedelta()))}"


def _limit(shop: Shop, kind: str) -> Limit:
    """Raises NoSuchOrder where the shop's workflow has no such limit, or leaves it no choice."""
    found = next((limit for limit in chosen_limits(shop) if limit.kind == kind), None)
    if found is None:
        raise NoSuchOrder
    return found


async def save(
    query: CallbackQuery,
    callback_data: SaveButton,
    account: Account,
    shops: Shops,
    state: FSMContext,
    words: Words,
) -> None:
    """What was shown back counts. What was typed over meanwhile, or left, does not."""
    data = await state.get_data()
    stands = await state.get_state() == Setting.typing.state and data.get("mark") == callback_data.mark
    if not stands:
        await toast(query, words("settings-stale"), alert=True)
        return
    found = await allowed(query, data["shop"], account, shops, words)
    if found is None:
        await state.clear()
        return
    shop, now = found
    try:
        screen = await _saved(data, shop, account, now, shops, words)
    except NotAllowed as refusal:
        await toast(query, _refused(refusal, shop, data, words), alert=True)
        return
    await state.clear()
    await toast(query)
    await show(query, screen)


async def _saved(
    data: dict[str, Any], shop: Shop, account: Account, now: datetime, shops: Shops, words: Words
) -> Screen:
    value = data["typed"]
    match data["what"]:
        case "hours":
            shop = await shops.set_week(shop.id, account.id, WorkSchedule.from_json(value))
            return screens.hours_screen(shop, now, words, saved=True)
        case "days":
            days = {
                date.fromisoformat(day): tuple(Interval(*one) for one in hours)
                for day, hours in value.items()
            }
            shop = await shops.set_days(shop.id, account.id, days)
            return screens.days_screen(shop, now, words, saved=True)
        case "mail":
            shop = await shops.set_mail(shop.id, account.id, value)
            return screens.mailbox_screen(shop, words, saved=True)
        case _:
            shop = await shops.set_steps(shop.id, account.id, data["kind"], value)
            return screens.steps_screen(shop, _limit(shop, data["kind"]), words, saved=True)


# ------------------------------------------------------------ days
async def drop_day(
    query: CallbackQuery,
    callback_data: DropDayButton,
    account: Account,
    shops: Shops,
    state: FSMContext,
    words: Words,
) -> None:
    """A special day becomes like any other again."""
    found = await entered(query, callback_data.shop, account, shops, state, words)
    if found is None:
        return
    day = date.fromordinal(callback_data.day)
    await _set_days(query, found, account, {}, [day], shops, words)


async def _set_days(
    query: CallbackQuery,
    found: tuple[Shop, datetime],
    account: Account,
    days: Mapping[date, tuple[Interval, ...]],
    dropped: Collection[date],
    shops: Shops,
    words: Words,
) -> None:
    shop, now = found
    try:
        shop = await shops.set_days(shop.id, account.id, days, dropped)
    except NotAllowed as refusal:
        await toast(query, words(f"refused-{refusal.reason}"), alert=True)
        return
    await toast(query)
    await show(query, screens.days_screen(shop, now, words, saved=True))


async def holidays(
    query: CallbackQuery,
    callback_data: HolidaysButton,
    account: Account,
    shops: Shops,
    state: FSMContext,
    words: Words,
) -> None:
    """A tick at a holiday, or the ticks saved: those chosen are days off, those no longer chosen are not."""
    found = await entered(query, callback_data.shop, account, shops, state, words)
    if found is None:
        return
    shop, now = found
    today, since = today_of(shop, now), date.fromordinal(callback_data.since)
    if abs((since - today).days) > A_YEAR:
        await toast(query, words("settings-stale"), alert=True)
        return
    if not callback_data.save:
        await toast(query)
        await show(query, await _holidays(shop, since, callback_data.chosen, shops, words))
        return
    listed = [holiday.day for holiday in await shops.holidays(since)]
    off = {day for at, day in enumerate(listed) if callback_data.chosen >> at & 1 and day >= today}
    special = schedule_of(shop).special
    dropped = [day for day in listed if day >= today and day not in off and special.get(day) == ()]
    await _set_days(query, found, account, dict.fromkeys(off, ()), dropped, shops, words)


async def _holidays(shop: Shop, since: date, chosen: int | None, shops: Shops, words: Words) -> Screen:
    """`chosen` None: those that are days off already."""
    listed = [(holiday.day, holiday.name) for holiday in await shops.holidays(since)]
    if chosen is None:
        special = schedule_of(shop).special
        chosen = sum(1 << at for at, (day, _) in enumerate(listed) if special.get(day) == ())
    return screens.holidays_screen(shop, since, listed, chosen & ((1 << len(listed)) - 1), words)


# ------------------------------------------------------------ reminders
async def steps(
    query: CallbackQuery,
    callback_data: StepsButton,
    account: Account,
    shops: Shops,
    state: FSMContext,
    words: Words,
) -> None:
    """When a limit's reminders come."""
    found = await allowed(query, callback_data.shop, account, shops, words)
    if found is None:
        return
    shop, _ = found
    try:
        limit = _limit(shop, callback_data.kind)
    except NoSuchOrder:
        await toast(query, words("no-access"), alert=True)
        return
    await leave(state)
    await toast(query)
    match callback_data.to:
        case "type":
            await _expect(state, shop, "steps", kind=limit.kind)
            screen = screens.type_steps_screen(shop, limit, words)
        case "usual":
            shop = await shops.set_steps(shop.id, account.id, limit.kind, ())
            screen = screens.steps_screen(shop, limit, words, saved=True)
        case _:
            screen = screens.steps_screen(shop, limit, words)
    await show(query, screen)


def setup() -> Router:
    router = Router(name="seller.settings")
    router.callback_query.register(go, SettingsButton.filter())
    router.callback_query.register(save, SaveButton.filter())
    router.callback_query.register(drop_day, DropDayButton.filter())
    router.callback_query.register(holidays, HolidaysButton.filter())
    router.callback_query.register(steps, StepsButton.filter())
    router.message.register(typed, Setting.typing, ~F.text.startswith("/"))
    return router
