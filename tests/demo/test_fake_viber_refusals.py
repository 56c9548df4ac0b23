"""What Viber refuses, as a table over one running fake."""

from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
import pytest_asyncio
from aiohttp import web

from bot.demo.viber import FakeViber, Person
from tests.demo.viber import SENDER, Bot, button, card, keyboard

Json = dict[str, Any]


def keys(*buttons: Json, **more: Any) -> Json:
    return {"keyboard": keyboard(*buttons, **more)}


def file(**more: Any) -> Json:
    return {"type": "file", "media": "https://x.ua/a", "size": 5, "file_name": "a.pdf"} | more


TABLE: list[tuple[Json, int, str]] = [
    ({"text": "я" * 7000}, 0, ""),
    ({"text": "я" * 7001}, 3, "text: longer than 7000"),
    ({"text": ""}, 4, "text is missing"),
    ({"text": 5}, 3, "text: instance type does not match"),
    ({"type": "txt"}, 3, "type: instance value not found in enum"),
    ({"type": None}, 4, "type is missing"),
    ({"sender": None}, 4, "sender is missing"),
    ({"sender": {"name": ""}}, 4, "sender.name is missing"),
    ({"sender": {"name": "x" * 29}}, 3, "sender.name: longer than 28"),
    ({"tracking_data": "x" * 4001}, 3, "tracking_data: longer than 4000"),
    ({"min_api_version": "7"}, 3, "min_api_version: instance type does not match"),
    ({"txt": "x"}, 0, "Viber has no such field"),
    ({"type": "picture", "media": "https://x.ua/a.JPG?v=1", "text": "x" * 768}, 0, ""),
    ({"type": "picture", "media": "https://x.ua/a.webp", "text": ""}, 3, "media: must end with"),
    ({"type": "picture", "media": "a.png"}, 3, "media: is no address"),
    ({"type": "picture", "media": "https://x.ua/a.png", "text": "x" * 769}, 3, "text: longer than 768"),
    (file(), 0, ""),
    (file(size=None), 4, "size is missing"),
    (file(file_name="накладна"), 3, "file_name: has no extension"),
    (file(file_name="a.exe"), 3, "file_name: .exe is forbidden"),
    ({"type": "video", "media": "https://x.ua/a.mp4"}, 4, "size is missing"),
    ({"type": "contact", "contact": {"name": "Іван"}}, 4, "contact.phone_number is missing"),
    ({"type": "location", "location": {"lat": "91", "lon": "30"}}, 3, "location.lat: must be from"),
    ({"type": "url", "media": "https://x.ua/" + "x" * 2000}, 3, "media: longer than 2000"),
    ({"type": "sticker"}, 4, "sticker_id is missing"),
    (keys(button()), 0, ""),
    ({"keyboard": {"Buttons": [button()]}}, 4, "keyboard.Type is missing"),
    ({"keyboard": []}, 3, "keyboard: an object was expected"),
    (keys(), 3, "keyboard.Buttons: at least one is needed"),
    (keys(button(Columns=7)), 3, "Columns: must be from 1 to 6"),
    (keys(button(Rows=3)), 3, "Rows: must be from 1 to 2"),
    (keys(button(Columns="2")), 3, "Columns: instance type does not match"),
    (keys(button(Colums=2)), 0, "Viber has no such field"),
    (keys(*[button(Columns=2)] * 36), 0, ""),
    (keys(*[button(Columns=4)] * 13), 0, "more than 12 rows"),
    (keys(button("x" * 251)), 3, "Text: longer than 250"),
    (keys(button("<b>Так</b><br>&lt;ні&gt;")), 0, ""),
    (keys(button('<font color="#fff000" size=\'12\'>Так</font>')), 0, ""),
    (keys(button("чай & кава")), 3, "an unescaped &"),
    (keys(button("a < b")), 3, "an unescaped <"),
    (keys(button("<a>Так</a>")), 3, "the tag a is not allowed"),
    (keys(button("<b>Так")), 3, "<b> is left open"),
    (keys(button(ActionType="call")), 3, "ActionType: instance value not found in enum"),
    (keys(button(ActionBody="")), 4, "ActionBody is missing"),
    (keys(button(ActionType="none", ActionBody="")), 0, ""),
    (keys(button(ActionBody="x" * 251)), 0, "ActionBody: longer than 250"),
    (keys(button(ActionType="open-url", ActionBody="ya")), 0, "ActionBody is no address"),
    (keys(button(BgColor="red")), 0, "BgColor is no colour"),
    (keys(button(ActionType="share-phone")), 3, "ActionType: instance value not found in enum"),
    (keys(button(ActionType="share-phone")) | {"min_api_version": 3}, 0, ""),
    (keys(button(ActionType="location-picker", ActionBody="")) | {"min_api_version": 3}, 4, "ActionBody"),
    (keys(button(), InputFieldState="hidden"), 14, "InputFieldState needs min_api_version 4"),
    (keys(button(), InputFieldState="hidden") | {"min_api_version": 4}, 0, ""),
    (card(button()), 0, ""),
    (card(button()) | {"min_api_version": 1}, 14, "rich_media needs min_api_version 2"),
    (card(button()) | {"alt_text": None}, 0, "alt_text"),
    (card(button(), ButtonsGroupRows=8), 3, "ButtonsGroupRows: must be from 1 to 7"),
    (card(button(), ButtonsGroupColumns=7), 3, "ButtonsGroupColumns: must be from 1 to 6"),
    (card(*[button(Rows=4)] * 7), 0, "more than 6 cards"),
]  # fmt: skip


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def bot() -> AsyncIterator[Bot]:
    async def taken(_: web.Request) -> web.Response:
        return web.Response()

    async with FakeViber(seed=1) as fake, aiohttp.ClientSession() as session:
        app = web.Application()
        app.router.add_post("/viber", taken)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        bot = Bot(fake, session)
        bot.url = f"http://127.0.0.1:{runner.addresses[0][1]}/viber"
        await bot.hooks()
        yield bot
        await fake.callbacks.remove()
        await runner.cleanup()


def somebody(bot: Bot, **about: Any) -> Person:
    person = bot.fake.person("Марія", **about)
    person.user.subscribed = True
    bot.fake.violations.clear()
    return person


@pytest.mark.parametrize(("body", "status", "problem"), TABLE)
@pytest.mark.asyncio(loop_scope="module")
async def test_the_product_s_own_faults_are_refused_and_noted(
    bot: Bot, body: Json, status: int, problem: str
) -> None:
    whole = {"receiver": somebody(bot).id, "sender": SENDER, "type": "text"} | body
    if whole["type"] == "text" and "text" not in whole:
        whole["text"] = "x"
    answer = await bot("send_message", **{name: value for name, value in whole.items() if value is not None})
    assert answer["status"] == status, answer
    told = [str(violation) for violation in bot.fake.violations]
    assert len(told) == bool(problem), told
    assert problem in "".join(told)
    if status:
        assert problem in answer["status_message"]


@pytest.mark.asyncio(loop_scope="module")
async def test_the_state_of_the_world_is_nobody_s_fault(bot: Bot) -> None:
    person, old = somebody(bot), somebody(bot, api_version=2)
    bare = somebody(bot, suitable=False)
    stranger = bot.fake.person("Хтось")
    assert (await bot.sends(stranger))["status"] == 6
    assert (await bot("send_message", receiver="AAAA", sender=SENDER, type="text", text="x"))["status"] == 5
    assert (await bot.sends(bare))["status"] == 11
    assert (await bot.sends(old, min_api_version=3))["status"] == 13
    assert (await bot.sends(old, min_api_version=2))["status"] == 0
    assert (await bot("post", **{"from": "x"}))["status"] == 18
    assert (await bot("get_account_info", headers={}))["status"] == 2
    assert (await bot("get_account_info", headers={"X-Viber-Auth-Token": "x"}))["status"] == 2
    assert (await bot("get_account_info", headers={}, auth_token=bot.fake.token))["status"] == 0
    assert (await bot("get_online", ids=[person.id]))["users"][0]["online_status"] == 0
    hook, bot.fake.callbacks.hook = bot.fake.callbacks.hook, None
    assert (await bot.sends(person))["status"] == 10
    bot.fake.callbacks.hook = hook
    assert bot.fake.violations == []


@pytest.mark.asyncio(loop_scope="module")
async def test_a_request_is_json_of_thirty_kilobytes_at_most(bot: Bot) -> None:
    person = somebody(bot)
    assert (await bot.sends(person, keyboard=keyboard(*[button(Image="x" * 900)] * 32)))["status"] == 3
    headers = {"X-Viber-Auth-Token": bot.fake.token}
    async with bot.session.post(f"{bot.fake.url}/send_message", data=b"{", headers=headers) as answer:
        assert (answer.status, (await answer.json())["status"]) == (200, 3)
    async with bot.session.post(f"{bot.fake.url}/edit_message", data=b"{}", headers=headers) as answer:
        assert answer.status == 404
    assert (await bot("set_webhook", url=bot.url, event_types=["sold"]))["status"] == 3
    assert len(bot.fake.violations) == 4
