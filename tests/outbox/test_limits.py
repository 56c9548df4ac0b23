"""At the real limits of Telegram and the product's own pace (R6)."""

import asyncio

import pytest
from sqlalchemy import insert
from sqlalchemy.orm import Session

from bot.demo.telegram.limits import Limits as FakeLimits
from bot.messengers.pacing import Limits as PaceLimits
from models.outbox import Notice, Notification, NotificationState
from models.people import Account, Messenger
from models.roles import Role
from models.shop import Member
from models.worktime import WorkSchedule
from tests.stage import PATIENCE, Stage, TheClock, open_stage, order


class StandingClock(TheClock):
    """The second of Telegram's pace passes only when told, too."""

    def monotonic(self) -> float:
        return self._leapt


async def _shops(stage: Stage, count: int) -> list[str]:
    """Shops with an owner each, who has come in long ago; their API keys."""
    keys = []
    for at in range(count):
        shop = await stage.app.shops.open(
            f"Крамниця {at}", "rozetka", WorkSchedule.parse("Mon-Sun 00:00-24:00")
        )
        person = stage.fake.person(f"Власник {at}")
        person.chat.started = True

        def settle(
            session: Session, at: int = at, shop_id: int = shop.shop.id, chat: str = str(person.id)
        ) -> None:
            account = Account(
                messenger=Messenger.TELEGRAM, external_id=chat, language="uk", created_at=stage.clock()
            )
            session.add(account)
            session.flush()
            session.add(
                Member(shop_id=shop_id, account_id=account.id, role=Role.OWNER, joined_at=stage.clock())
            )

        await stage.app.db.write(settle)
        keys.append(shop.api_key)
    return keys


@pytest.mark.case("F16", "S6")
async def test_a_burst_to_forty_chats_meets_no_429_of_our_own_making(database_url: str) -> None:
    async with open_stage(database_url, limits=FakeLimits(), pace=PaceLimits()) as stage:
        keys = await _shops(stage, 40)
        bodies = [order() for _ in range(300)]
        answers = await asyncio.gather(
            *(stage.post(body, key=keys[at % 40]) for at, body in enumerate(bodies))
        )
        assert {answer.status for answer in answers} == {202}
        await asyncio.wait_for(stage.quiet(), 60)
        words = "\n".join(call.params["text"] for call in stage.fake.calls.of("sendMessage") if call.accepted)
        assert [body["number"] for body in bodies if words.count(f"№{body['number']}") != 1] == []
        assert stage.fake.too_many == 0


@pytest.mark.case("S6")
async def test_an_urgent_ring_overtakes_what_can_wait(database_url: str) -> None:
    """Ten thousand notices of no urgency wait for a hundred chats; hardly one goes before the order that came last."""
    async with open_stage(database_url, limits=FakeLimits(), pace=PaceLimits()) as stage:
        chats = [stage.fake.person(f"Сусід {at}") for at in range(100)]
        for person in chats:
            person.chat.started = True
        await asyncio.sleep(1.1)

        def crowd(session: Session) -> None:
            now = stage.clock()
            session.execute(
                insert(Notification),
                [
                    {
                        "dedupe": f"crowd:{at}",
                        "kind": Notice.DEAD_LETTER,
                        "recipient": "admin",
                        "channel": "telegram",
                        "chat": str(chats[at % 100].id),
                        "priority": 1,
                        "facts": {"update": f"u{at}", "error": "E"},
                        "created_at": now,
                        "due_at": now,
                        "at": now,
                        "attempts": 0,
                        "repeat": False,
                        "state": NotificationState.QUEUED,
                    }
                    for at in range(10_000)
                ],
            )

        await stage.app.db.write(crowd)
        assert stage.app.delivery is not None
        stage.app.delivery.nudge()
        await asyncio.sleep(0.5)
        number = (await stage.orders())["number"]
        told_before = sum(len(person.messages) for person in chats)
        await stage.owner.sees(number, PATIENCE)
        between = sum(len(person.messages) for person in chats) - told_before
        assert between <= 2 * PaceLimits().bot_per_second, "a second's worth, and what was on its way"
        assert stage.fake.too_many == 0

        def clear(session: Session) -> None:
            from sqlalchemy import update

            session.execute(
                update(Notification)
                .where(Notification.state == NotificationState.QUEUED)
                .values(state=NotificationState.SKIPPED)
            )

        await stage.app.db.write(clear)


async def test_the_answer_to_a_tap_waits_for_nobody_and_others_wait_for_it(database_url: str) -> None:
    clock = StandingClock()
    async with open_stage(database_url, pace=PaceLimits(), clock=clock) as stage:
        olena = stage.owner
        await stage.goes(seconds=2)
        olena.types("/help")
        await olena.sees("Нові замовлення приходять", PATIENCE)
        number = (await stage.orders())["number"]
        olena.types("/help")
        await olena.sees("Нові замовлення приходять", PATIENCE, after=olena.screen)
        await asyncio.sleep(0.3)
        assert [message for message in olena.messages if number in message.text] == []
        clock.goes(seconds=1.5)
        await olena.sees(number, PATIENCE)
