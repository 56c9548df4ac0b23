"""What machines that watch are told: figures without anybody in them, and each reason why we are not ready."""

import asyncio
import tomllib
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy import event
from sqlalchemy.orm import Session

from bot import VERSION
from bot.condition import Condition
from bot.demo.telegram import Kind
from bot.metrics import Metrics
from models.db import Database
from models.disk import Space
from models.figures import figures as read_figures
from models.worktime import WorkSchedule
from tests.conversation.hands import calm, later, press, taken_in
from tests.operators.world import World
from tests.privacy import leaks
from tests.stage import TOKEN, Stage, TheClock, order

ROOT = Path(__file__).parents[2]
LABELS = {"route", "status", "source", "channel", "outcome", "reason", "state", "le", "version", "database"}


async def text(stage: Stage) -> str:
    async with stage.http.get(f"{stage.app.url}/metrics") as answer:
        assert answer.status == 200
        return await answer.text()


async def figures(stage: Stage) -> dict[str, float]:
    """Sample (with its labels' values) -> value, histograms by their count."""
    found = {}
    for family in text_string_to_metric_families(await text(stage)):
        for sample in family.samples:
            labels = [value for name, value in sorted(sample.labels.items()) if name != "le"]
            found[" ".join([sample.name.removeprefix("orderbell_"), *labels])] = sample.value
    return found


async def get(stage: Stage, path: str) -> tuple[int, dict[str, object]]:
    async with stage.http.get(f"{stage.app.url}{path}") as answer:
        return answer.status, await answer.json(content_type=None)


async def test_an_orders_life_is_counted_where_it_happens(stage: Stage) -> None:
    number = await taken_in(stage)
    await stage.post(order(number=number))
    await press(stage, stage.owner, "Беру в роботу", number)
    await later(stage, minutes=130)
    found = await figures(stage)
    assert found["orders_accepted_total cart"] == 1
    assert found["message_wait_seconds_count telegram"] >= 2
    assert found["reminder_late_seconds_count"] >= 1
    assert found["updates_total handled"] >= 2
    assert found["updates_total dead"] == 0
    assert found["commit_seconds_count"] == found["commit_units_count"] > 3
    assert found["commit_units_sum"] >= found["commit_units_count"]
    assert found["database_up"] == 1
    assert found[f"build_info {stage.app.db.url.get_backend_name()} {VERSION}"] == 1
    assert found["process_open_fds"] > 0


async def test_what_waits_is_told_with_how_long_it_waits(stage: Stage) -> None:
    await stage.fake.goes_away()
    for _ in range(3):
        await stage.orders()
    stage.clock.goes(minutes=4)
    found = await figures(stage)
    assert found["outbox_messages queued"] + found["outbox_messages sending"] == 3
    assert (found["outbox_due_messages"], found["outbox_oldest_due_seconds"]) == (3, 240)
    assert found["inbox_updates"] == found["inbox_oldest_seconds"] == 0
    assert found["messages_untold_total telegram later unreachable"] >= 1
    await stage.fake.comes_back()
    await later(stage, minutes=2)
    found = await figures(stage)
    assert (found["outbox_due_messages"], found["outbox_oldest_due_seconds"]) == (0, 0)


async def test_what_is_held_is_told_by_its_reason_and_a_buyer_without_a_chat_is_not(stage: Stage) -> None:
    number = await taken_in(stage)
    await stage.happens(number, type="status_changed", status="confirmed")
    stage.fake.faults.script(Kind.CANT_PARSE, method="sendMessage", times=2)
    await taken_in(stage)
    found = await figures(stage)
    assert {name: value for name, value in found.items() if "held" in name} == {
        "outbox_held_messages refused": 1
    }
    assert found["messages_untold_total telegram refused refused"] == 1


async def test_dead_letters_are_counted_as_long_as_they_lie_there(stage: Stage) -> None:
    stage.fake.push({"update_id": stage.fake.next_update_id, "message": {"text": "Непийвода"}})
    await calm(stage)
    found = await figures(stage)
    assert (found["inbox_dead_letters"], found["updates_total dead"]) == (1, 1)


@pytest.mark.case("K3")
async def test_no_figure_and_no_answer_about_our_state_names_anybody(stage: Stage) -> None:
    buyer = await stage.buyer("Тарас Непийвода", await stage.orders())
    await calm(stage)
    other = await stage.app.shops.open("Пектораль", "rozetka", WorkSchedule.parse("Mon-Fri 09:00-18:00"))
    await stage.post(order(), key=other.api_key)
    await stage.get("812345678-nothing-of-ours")
    async with stage.http.get(f"{stage.app.url}/no/such/{TOKEN}") as answer:
        pages = [await answer.text()]
    for path in ("/metrics", "/healthz", "/readyz"):
        async with stage.http.get(f"{stage.app.url}{path}") as answer:
            pages.append(await answer.text())
    everything = "\n".join(pages)
    assert leaks(everything) == []
    for word in (TOKEN, "Непийвода", "Пектораль", "Самовар", "Traceback", str(buyer.id), str(stage.owner.id)):
        assert word not in everything
    labels = {
        name
        for family in text_string_to_metric_families(pages[1])
        for sample in family.samples
        for name in sample.labels
    }
    assert labels <= LABELS


async def test_the_number_of_series_does_not_grow_with_orders_shops_or_people(stage: Stage) -> None:
    async def more() -> None:
        shop = await stage.app.shops.open("Праска", "globus", WorkSchedule.parse("Mon-Fri 09:00-18:00"))
        await stage.post(order(), key=shop.api_key)
        await stage.buyer("Тарас", await stage.orders())
        await calm(stage)
        await text(stage)

    await more()
    before = set(await figures(stage))
    for _ in range(5):
        await more()
    assert set(await figures(stage)) == before


# ---------------------------------------------------------------- readiness and health
async def test_ready_while_all_is_well(stage: Stage) -> None:
    assert await get(stage, "/readyz") == (200, {"status": "ready"})
    assert await get(stage, "/healthz") == (200, {"status": "alive"})


async def test_not_ready_while_the_oldest_due_message_is_older_than_five_minutes(stage: Stage) -> None:
    await stage.fake.goes_away()
    await stage.orders()
    stage.clock.goes(minutes=5)
    assert (await get(stage, "/readyz"))[0] == 200
    stage.clock.goes(seconds=1)
    status, said = await get(stage, "/readyz")
    assert (status, said["reason"]) == (503, "notifications_late")
    assert (await get(stage, "/healthz"))[0] == 200
    await stage.fake.comes_back()
    await later(stage, minutes=2)
    assert (await get(stage, "/readyz"))[0] == 200


@pytest.mark.case("B14")
async def test_not_ready_while_a_webhook_keeps_updates_from_us(world: World, database_url: str) -> None:
    async with aiohttp.ClientSession() as http:
        api = f"{world.telegram_url}/bot{TOKEN}"
        async with world.life(database_url) as stage:
            async with http.post(f"{api}/setWebhook", json={"url": "http://127.0.0.1:9/x"}) as answer:
                assert answer.status == 200
            await comes_to(stage, (503, "webhook_set"))
            assert (await get(stage, "/healthz"))[1] == {"status": "degraded", "reasons": ["webhook_set"]}
            assert (await stage.post(order())).status == 202
            async with http.post(f"{api}/deleteWebhook") as answer:
                assert answer.status == 200
            await comes_to(stage, (200, None))


async def comes_to(stage: Stage, wanted: tuple[int, str | None]) -> None:
    async with asyncio.timeout(90):
        while True:
            status, said = await get(stage, "/readyz")
            if (status, said.get("reason")) == wanted:
                return
            await asyncio.sleep(0.1)


async def test_a_database_that_does_not_answer_is_the_reason_and_the_figures_say_so() -> None:
    """No door hangs or breaks for it."""
    broken = Database("postgresql+asyncpg://bot@127.0.0.1:9/bot")
    metrics, space = Metrics(VERSION, "postgresql"), Space(broken.url)
    condition = Condition(broken, TheClock(), space, metrics, converses=False)
    assert await condition.ready() == "database"
    assert await condition.amiss() == ["database"]
    await condition.measure()
    assert metrics.registry.get_sample_value("orderbell_database_up") == 0
    await broken.stop()


@pytest.mark.case("F5")
async def test_a_shop_whose_people_are_all_out_of_reach_makes_health_degraded(stage: Stage) -> None:
    """Its order says so, and so do the figures; nothing is restarted for it."""
    await taken_in(stage)
    stage.owner.blocks_bot()
    await calm(stage)
    number = (await stage.orders())["number"]
    assert await get(stage, "/healthz") == (200, {"status": "degraded", "reasons": ["nobody_to_tell"]})
    assert (await get(stage, "/readyz"))[0] == 200
    assert (await figures(stage))["unheard_shops"] == 1
    (ring,) = (await stage.state(number))["notifications"]
    assert (ring["state"], ring["reason"]) == ("held", "no_recipient")
    stage.owner.unblocks_bot()
    stage.owner.types("/start")
    await calm(stage)
    stage.clock.goes(hours=25)
    assert (await get(stage, "/healthz"))[1] == {"status": "alive"}


async def test_a_shop_without_orders_needs_nobody(stage: Stage) -> None:
    await stage.app.shops.open("Праска", "globus", WorkSchedule.parse("Mon-Fri 09:00-18:00"))
    assert (await get(stage, "/healthz"))[1] == {"status": "alive"}


async def test_no_figure_reads_what_is_over(stage: Stage) -> None:
    """A scrape every few seconds must not go through a million sent messages: each figure has its index."""
    if stage.app.db.url.get_backend_name() != "sqlite":
        pytest.skip("SQLite tells its plan without figures of its own")

    def plans(session: Session) -> list[str]:
        asked: list[tuple[str, object]] = []

        def note(*call: Any) -> None:
            asked.append((call[2], call[3]))

        connection = session.connection()
        event.listen(connection, "before_cursor_execute", note)
        read_figures(session, stage.clock.now)
        event.remove(connection, "before_cursor_execute", note)
        return [
            str(row[3])
            for statement, parameters in asked
            for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)  # type: ignore[arg-type]
        ]

    steps = await stage.app.db.read(plans)
    assert len(steps) >= 8
    assert [
        step for step in steps if step.startswith("SCAN") and "INDEX" not in step and "shops" not in step
    ] == []


def test_the_version_is_that_of_the_package() -> None:
    assert tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"] == VERSION
