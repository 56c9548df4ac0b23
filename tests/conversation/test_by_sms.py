"""An order whose buyer has no chat: told by SMS, or proved not to be, and what the shop does then (RC10)."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest

from bot.app import App
from bot.demo.turbosms import FakeTurboSms
from tests.conversation.hands import TTN, bare, calm, card, card_now, confirmed, later, press, taken_in, types
from tests.stage import Stage, open_stage

RED = "🔴 Покупця не дістали"
PHONE, OTHER = "380671234567", "380501112299"
AWAY = {"hours": 3}


@asynccontextmanager
async def with_sms(database_url: str, fate: str) -> AsyncIterator[tuple[Stage, FakeTurboSms]]:
    async with FakeTurboSms(fate=fate) as sms:
        on: dict[str, Any] = {"turbosms_token": sms.token, "turbosms_sender": sms.sender}
        async with open_stage(
            database_url, turbosms_api_url=sms.url, turbosms_viber_seconds=0, **on
        ) as stage:
            yield stage, sms
        assert sms.violations == []


async def sms_is_sent_and_asked_for(stage: Stage) -> None:
    """A tick sends it, the next one asks what became of it."""
    await later(stage, minutes=1)
    await later(stage, minutes=1)


async def test_a_wrong_number_is_caught_before_the_parcel_leaves_and_mended(database_url: str) -> None:
    async with with_sms(database_url, "Delivered") as (stage, sms):
        sms.fates[PHONE] = "Undelivered"
        number = await confirmed(stage, do_not_call=True)
        await sms_is_sent_and_asked_for(stage)
        shown = await card_now(stage, stage.owner, number)
        assert RED in shown.text
        assert "SMS не доставлено" in shown.text
        await press(stage, stage.owner, "Ввести ТТН", number)
        await stage.owner.presses("Неправильний номер").answered()
        await calm(stage)
        await types(stage, stage.owner, "123")
        assert "Не схоже на номер телефону" in stage.owner.screen.text
        await types(stage, stage.owner, "050 111-22-99")
        shown = await card_now(stage, stage.owner, number)
        assert RED not in shown.text
        assert f"+{PHONE}" in shown.text
        assert f"+{OTHER}" in shown.text, "whoever calls sees the number to call"
        await press(stage, stage.owner, "Ввести ТТН", number)
        await types(stage, stage.owner, TTN)
        await later(stage, seconds=11)
        await sms_is_sent_and_asked_for(stage)
        assert [TTN in message.shown for message in sms.phone(OTHER)] == [True]
        assert not any(TTN in message.shown for message in sms.phone(PHONE))


async def test_what_was_delivered_while_nobody_asked_needs_no_call(database_url: str) -> None:
    """The clock has leapt over the half hour, and over the answer of TurboSMS."""
    async with with_sms(database_url, "Sent") as (stage, sms):
        number = await taken_in(stage, do_not_call=True)
        await later(stage, minutes=1)
        sms.moves(sms.phone(PHONE)[0], "Delivered")
        await later(stage, **AWAY)
        assert RED not in card(stage.owner, number).text
        assert stage.owner.finds("подзвоніть покупцеві") is None


async def test_what_was_delivered_while_the_bot_was_down_needs_no_call(database_url: str) -> None:
    async with with_sms(database_url, "Sent") as (stage, sms):
        number = await taken_in(stage, do_not_call=True)
        await later(stage, minutes=1)
        await stage.app.stop()
        sms.moves(sms.phone(PHONE)[0], "Delivered")
        stage.clock.goes(**AWAY)
        stage.app = App(
            stage.app.settings, clock=stage.clock, monotonic=stage.clock.monotonic, poll_seconds=5
        )
        await stage.app.start()
        await calm(stage)
        await later(stage, seconds=1)
        assert RED not in card(stage.owner, number).text
        assert stage.owner.finds("подзвоніть покупцеві") is None


@pytest.mark.parametrize("label", ["Поговорили", "Відправити на свій ризик"])
async def test_who_has_called_or_takes_the_risk_may_dispatch(database_url: str, label: str) -> None:
    async with with_sms(database_url, "Undelivered") as (stage, _):
        number = await confirmed(stage, do_not_call=True)
        await sms_is_sent_and_asked_for(stage)
        await press(stage, stage.owner, "Ввести ТТН", number)
        assert stage.owner.finds("Посилку можуть не забрати") is not None
        assert (await stage.state(number))["status"] == "confirmed"
        await stage.owner.presses("Подзвонити").answered()
        await calm(stage)
        await stage.owner.presses(label).answered()
        await calm(stage)
        if "надішліть номер ТТН" not in stage.owner.screen.text:
            assert "Ввести ТТН" in [bare(one) for one in card(stage.owner, number).labels]
            await press(stage, stage.owner, "Ввести ТТН", number)
        await types(stage, stage.owner, TTN)
        assert (await stage.state(number))["status"] == "handed_over"
