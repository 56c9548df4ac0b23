"""A shop whose people have all left the chat reads in its mailbox that something waits; what SMS may cost a day."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from bot.demo.smtp import FakeSmtp
from bot.demo.turbosms import TOKEN, FakeTurboSms
from tests.conversation.hands import calm, card, later, taken_in, types
from tests.conversation.team import settles, taps
from tests.stage import Stage, open_stage

MAIL = "samovar@example.com"


@pytest.fixture
async def smtp() -> AsyncIterator[FakeSmtp]:
    async with FakeSmtp() as opened:
        yield opened


@pytest.fixture
async def stage(database_url: str, smtp: FakeSmtp) -> AsyncIterator[Stage]:
    async with FakeTurboSms() as sms:
        on: dict[str, Any] = {
            "turbosms_api_url": sms.url,
            "turbosms_token": TOKEN,
            "turbosms_sender": "Samovar",
        }
        mail: dict[str, Any] = {"smtp_url": smtp.url, "mail_from": "Orderbell <bot@example.com>"}
        async with open_stage(database_url, **on, **mail) as opened:
            yield opened


async def says_its_mailbox(stage: Stage) -> None:
    await settles(stage, stage.owner, "Пошта магазину", "Вказати пошту")
    await types(stage, stage.owner, MAIL)
    await taps(stage, stage.owner, "Зберегти")
    assert f"Зараз: {MAIL}" in stage.owner.screen.text


async def leaves(stage: Stage) -> None:
    """The only person of the shop stops the bot, and the bot finds out by its next message."""
    stage.owner.blocks_bot()
    await calm(stage)


def subjects(smtp: FakeSmtp) -> list[str]:
    return [str(mail.message["Subject"]) for mail in smtp.mails]


async def test_while_somebody_reads_the_chat_no_mail_is_sent(stage: Stage, smtp: FakeSmtp) -> None:
    await says_its_mailbox(stage)
    await taken_in(stage)
    await later(stage, hours=2)
    assert smtp.mails == []


async def test_who_has_no_chat_left_is_written_to_and_no_mail_names_the_buyer(
    stage: Stage, smtp: FakeSmtp
) -> None:
    await says_its_mailbox(stage)
    await leaves(stage)
    number = (await stage.orders())["number"]
    await later(stage, seconds=5)
    await later(stage, hours=2)
    told = subjects(smtp)
    assert f"Самовар: нове замовлення №{number}" in told
    assert f"Самовар: замовлення №{number} ніхто не взяв" in told
    for mail in smtp.mails:
        assert mail.recipient == MAIL
        assert "У чаті бота немає нікого з магазину" in mail.text
        for private in ("Непийвода", "671234567", "Відділення"):
            assert private not in mail.text + str(mail.message["Subject"])
    assert told.count(f"Самовар: нове замовлення №{number}") == 1


async def test_who_comes_back_reads_in_the_chat_again(stage: Stage, smtp: FakeSmtp) -> None:
    await says_its_mailbox(stage)
    await leaves(stage)
    stage.owner.unblocks_bot()
    stage.owner.types("/start")
    await calm(stage)
    number = await taken_in(stage)
    assert card(stage.owner, number)
    assert smtp.mails == []


async def test_without_a_mailbox_the_outbox_says_that_there_is_nobody(stage: Stage, smtp: FakeSmtp) -> None:
    await leaves(stage)
    number = (await stage.orders())["number"]
    await later(stage, seconds=5)
    assert smtp.mails == []
    told = [(row["state"], row["reason"]) for row in (await stage.state(number))["notifications"]]
    assert not {"sent", "delivered"} & {state for state, _ in told}


@pytest.mark.parametrize(
    "typed",
    ["пошта", "a@b", "a b@example.com", "<script>@example.com", "@example.com", "x" * 64 + "@example.com"],
)
async def test_what_is_no_address_is_explained_and_asked_again(stage: Stage, typed: str) -> None:
    await settles(stage, stage.owner, "Пошта магазину", "Вказати пошту")
    answer = await types(stage, stage.owner, typed)
    assert "Не схоже на адресу пошти" in answer.text
    assert "Зберегти" not in " ".join(answer.labels)
    await types(stage, stage.owner, MAIL)
    await taps(stage, stage.owner, "Зберегти")
    assert f"Зараз: {MAIL}" in stage.owner.screen.text


async def test_a_mailbox_that_is_taken_away_gets_nothing(stage: Stage, smtp: FakeSmtp) -> None:
    await says_its_mailbox(stage)
    await taps(stage, stage.owner, "Прибрати")
    assert "не вказано" in stage.owner.screen.text
    await leaves(stage)
    await stage.orders()
    await later(stage, seconds=5)
    assert smtp.mails == []


async def test_what_sms_may_cost_a_day_is_the_owners_to_say(stage: Stage) -> None:
    screen = await settles(stage, stage.owner, "SMS")
    assert "не більше 50 на добу" in screen.text
    assert "Сьогодні надіслано: 0" in screen.text
    for label, said in (
        ("До 200", "не більше 200 на добу"),
        ("Без SMS", "без SMS"),
        ("До 20", "не більше 20 на"),
    ):
        await taps(stage, stage.owner, label)
        assert said in stage.owner.screen.text
