"""Strangers, groups, forged buttons and old ones: everything is answered, nothing is changed, nothing is kept."""

import itertools
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.dialogue import Dialogue
from models.order import OrderEvent
from models.people import Account
from models.roles import Role
from models.workflow import Action
from tests.conversation.hands import (
    buttons,
    calm,
    card,
    count,
    data_of,
    forge,
    is_answer,
    press,
    taken_in,
    types,
)
from tests.stage import Stage


def kept(session: Session) -> tuple[list[str], int, int]:
    """Whom we know, how many dialogues are open, how many things have happened to orders."""
    return (
        sorted(session.scalars(select(Account.name))),
        session.scalar(select(func.count()).select_from(Dialogue)) or 0,
        session.scalar(select(func.count(OrderEvent.id))) or 0,
    )


async def dead_letters(stage: Stage) -> int:
    assert stage.app.worker is not None
    return stage.app.worker.dead


@pytest.mark.case("C1", "L2")
async def test_a_stranger_gets_one_neutral_sentence_and_nothing_is_kept_about_him(stage: Stage) -> None:
    number = await taken_in(stage)
    before = await stage.app.db.read(kept)
    stranger = stage.fake.person("Незнайко")
    for said in ("/start", "Добрий день", f"№{number}", "/help", "/cancel", "/orders"):
        answer = await types(stage, stranger, said)
        assert answer.text == (
            "Вітаємо! Цей бот сповіщає про замовлення. Відкрийте посилання, яке дав вам магазин."
        )
    stranger.sends_photo()
    await calm(stage)
    take = card(stage.owner, number).button("Беру в роботу")
    assert take is not None
    assert "Немає доступу" in await forge(stage, stranger, data_of(take))
    assert await stage.app.db.read(kept) == before
    assert (await stage.state(number))["status"] == "new"


@pytest.mark.only_on("telegram", "Viber has no groups with bots")
@pytest.mark.case("D20", "D9", "B17")
async def test_a_group_is_no_place_to_get_in(stage: Stage) -> None:
    guest = stage.fake.person("Гість")
    group = stage.fake.group("Чат", [guest, stage.owner])
    start = (await stage.app.shops.invite(stage.shop.shop.id, Role.MANAGER, binds_at_once=True)).start
    answer = await stage.orders()
    before = await stage.app.db.read(kept)
    guest.types(f"/start {start}", chat=group)
    guest.types(f"/start {answer['buyer']['start']}", chat=group)
    stage.owner.types("/start", chat=group)
    await calm(stage)
    assert [message.sender.is_bot for message in group.messages].count(True) == 0
    assert await stage.app.db.read(kept) == before
    assert "Вітаємо у магазині" in (await types(stage, guest, f"/start {start}")).text


@pytest.mark.case("C7", "C8")
async def test_an_old_button_changes_nothing_says_what_is_now_and_the_card_is_drawn_anew(
    stage: Stage,
) -> None:
    ivan = await stage.hires("Іван")
    number = await taken_in(stage)
    old = {
        bare: data_of(card(ivan, number).button(bare)) for bare in ("Беру в роботу", "Скасувати замовлення")
    }
    await press(stage, stage.owner, "Беру в роботу", number)
    await press(stage, stage.owner, "Дані підтверджено", number)
    for data in old.values():
        answer = await forge(stage, ivan, data, card(ivan, number))
        assert is_answer(answer, f"Вже змінено: №{number} — «Дані підтверджені. Очікує відправлення».")
        assert "Ввести ТТН" in buttons(ivan, number)
    state = await stage.state(number)
    assert [event["action"] for event in state["history"]] == ["follow", "take", "confirm"]


FORGED = [
    "x",
    "o",
    "o:",
    "o:take",
    "o:take:{id}",
    "o:take:{id}:",
    "o:take:{id}:abc",
    "o:take:{id}:-1",
    "o:take:{id}:99999999999999999999999999",
    "o:take:{id}:0:0",
    "o:fly:{id}:0",
    "o:follow:{id}:0",
    "o:buyer_confirm:{id}:0",
    "o:depart:{id}:0",
    "o:take:\x00\x00:0",
    "o:take:' OR 1=1 --:0",
    "o:take:AAAAAAAAAAAA:0",
    "r:{id}:0:changed_mind:x",
    "r:{id}:0:\x00",
    "r:{id}:0:new",
    "r:{id}:0:received",
    "r:{id}:0:no_contact_cancelled",
    "l:{id}:link:-1",
    "l:{id}:reasons:99999999999999999999999999999999999",
    "l:{id}:reasons:-7",
    "l:{id}:reasons:98",
    "l:{id}:nothing:0",
    "m:1:1:1",
    "m:0:1",
    "m:99999999999999999999999:1",
    "m:2147483647:1",
    "m:abc:1",
    "m:1:maybe",
    "b:{id}:yes",
    "b:\x00:yes",
    "b:{id}:",
    "b:{id}:fly",
    "🎉" * 16,
    ":" * 64,
    "o" * 64,
]


@pytest.mark.case("C3", "C8", "B6")
async def test_forged_buttons_are_answered_and_change_nothing(stage: Stage) -> None:
    number = await taken_in(stage)
    order_id = (await stage.state(number))["order_id"]
    before = await stage.app.db.read(kept)
    presses = [stage.owner.forges(data.replace("{id}", order_id)) for data in FORGED]
    for one in presses:
        await one.answered(20)
    await calm(stage)
    assert (await stage.app.db.read(kept))[2] == before[2]
    assert (await stage.state(number))["status"] == "new"
    assert await dead_letters(stage) == 0


@pytest.mark.case("C8", "M2")
async def test_no_action_forged_in_any_status_does_more_than_the_table_allows(stage: Stage) -> None:
    """Every action on every status: what the card does not offer is refused, and is no dead letter."""
    number = await taken_in(stage)
    order_id = (await stage.state(number))["order_id"]
    seq = itertools.count()
    for status in ("new", "in_work", "no_contact", "confirmed", "delivering", "waiting", "received"):
        if status != "new":
            await stage.happens(number, type="status_changed", status=status)
            await calm(stage)
        at = next(seq)
        shown = card(stage.owner, number)
        offered = {data_of(b) for row in shown.buttons for b in row}
        forged = {f"o:{action}:{order_id}:{at}" for action in Action} - offered
        presses = [stage.owner.forges(data, shown) for data in sorted(forged)]
        assert "" not in [await one.answered(20) for one in presses]
        await calm(stage)
        assert (await stage.state(number))["status"] == status
    assert await dead_letters(stage) == 0


@pytest.mark.only_on("viber", "Telegram's own are pushed below")
async def test_what_is_no_message_of_a_person_on_viber_is_passed_over_in_silence(stage: Stage) -> None:
    olena = stage.owner
    said = count(olena, "")
    client: dict[str, Any] = {"user_id": str(olena.id), "message_token": 1, "timestamp": 1}
    for event in ("client_status", "webhook", "delivered", "what comes next year"):
        stage.fake.push(client | {"event": event})
    await calm(stage)
    assert count(olena, "") == said
    assert await dead_letters(stage) == 0


@pytest.mark.only_on("telegram", "Viber edits no message, and its bots are in no channel or group")
async def test_what_is_no_private_message_of_a_person_is_passed_over_in_silence(stage: Stage) -> None:
    olena = stage.owner
    said = count(olena, "")
    for body in (
        {"edited_message": {"message_id": 1, "date": 1, "chat": {"id": olena.id, "type": "private"}}},
        {
            "message": {
                "message_id": 2,
                "date": 1,
                "chat": {"id": -100123, "type": "channel"},
                "text": "/start",
            }
        },
    ):
        stage.fake.push({"update_id": 0} | body)
    await calm(stage)
    assert count(olena, "") == said
    assert await dead_letters(stage) == 0
