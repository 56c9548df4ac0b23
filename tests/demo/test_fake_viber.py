"""A fake Viber at work: what the bot hears, what people see, what costs money, what goes wrong."""

from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from bot.demo.viber import FakeViber, Kind, Limits, NotSeen, Person
from tests.demo.conftest import Clock
from tests.demo.viber import SENDER, Bot, button, card, keyboard

WELCOME = {"type": "text", "text": "вітаємо, №812", "sender": SENDER, "keyboard": keyboard(button("Так"))}


@pytest.fixture
async def viber(clock: Clock) -> AsyncIterator[FakeViber]:
    async with FakeViber(wall=clock, scale=0.0001, answer_within=0.2, seed=1) as fake:
        yield fake


@pytest.fixture
async def bot(viber: FakeViber) -> AsyncIterator[Bot]:
    async with aiohttp.ClientSession() as session:
        bot = Bot(viber, session)
        app = web.Application()
        app.router.add_post("/viber", bot.serve)
        runner = web.AppRunner(app, access_log=None, handler_cancellation=True, shutdown_timeout=0.1)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        bot.url = f"http://127.0.0.1:{runner.addresses[0][1]}/viber"
        yield bot
        await viber.callbacks.remove()
        await runner.cleanup()


@pytest.fixture
async def maria(viber: FakeViber, bot: Bot) -> Person:
    """She has written to the bot, which has a webhook and took note of it."""
    await bot.hooks()
    person = viber.person("Марія", phone="380671234567")
    person.types("добрий день")
    await bot.idle()
    bot.got.clear()
    return person


# ---------------------------------------------------------------- the webhook


async def test_a_webhook_is_called_at_once_and_must_say_200(bot: Bot, viber: FakeViber) -> None:
    bot.verdicts = [404]
    refused = await bot("set_webhook", url=bot.url)
    assert (refused["status"], refused["status_message"]) == (1, "invalidUrl: Result is not 200 OK: 404")
    assert viber.callbacks.hook is None
    taken = await bot("set_webhook", url=bot.url, event_types=["delivered"])
    assert (taken["status"], taken["event_types"]) == (
        0,
        ["delivered", "message", "subscribed", "unsubscribed", "webhook"],
    )
    assert [event["event"] for event in bot.got] == ["webhook", "webhook"]
    assert bot.signed == [True, True]
    assert (await bot("get_account_info"))["webhook"] == bot.url
    assert (await bot("set_webhook", url=""))["status"] == 0
    assert (await bot("set_webhook", url="http://example.com/x"))["status"] == 1
    assert viber.violations == []


@pytest.mark.parametrize("verdict", [500, 404, 302, "hang"])
async def test_an_event_comes_again_with_its_token_until_it_is_taken(
    bot: Bot, maria: Person, viber: FakeViber, verdict: Any
) -> None:
    bot.verdicts = [verdict, verdict]
    maria.types("раз")
    await bot.has(3)
    await bot.idle()
    assert len({event["message_token"] for event in bot.got}) == 1
    assert (len(bot.got), all(bot.signed)) == (3, True)


async def test_after_an_hour_of_silence_an_event_is_lost(bot: Bot, maria: Person, viber: FakeViber) -> None:
    bot.verdicts = [500] * 7
    maria.types("раз")
    await bot.idle()
    assert (len(bot.got), viber.callbacks.lost) == (7, 1)


async def test_any_event_can_be_injected(bot: Bot, maria: Person, viber: FakeViber) -> None:
    assert (await viber.inject({"event": "нове"})).status == 200
    await viber.inject(b'{"event": "failed"}', signature=None)
    await viber.inject({"event": "seen"}, signature="00")
    viber.push({"event": "client_status", "message_token": 7})
    await bot.idle()
    assert [event["event"] for event in bot.got] == ["нове", "failed", "seen", "client_status"]
    assert bot.signed[-4:] == [True, False, False, True]


# ---------------------------------------------------------------- coming and going


async def test_a_link_opens_the_chat_and_the_answer_is_the_welcome(bot: Bot, viber: FakeViber) -> None:
    await bot.hooks(send_name=True)
    maria = viber.person("Марія")
    bot.welcome = WELCOME
    maria.types("/start buyer-1")
    assert (await maria.sees("№812", 5)).labels == ["Так"]
    opened = bot.got[0]
    assert (opened["event"], opened["context"], opened["subscribed"]) == (
        "conversation_started",
        "buyer-1",
        False,
    )
    assert opened["user"]["name"] == "Марія"
    assert opened["message_token"] > 2**53
    assert (await bot.sends(maria))["status"] == 6
    maria.presses("Так")
    await bot.idle()
    assert "subscribed" not in [event["event"] for event in bot.got]
    assert (await bot.sends(maria))["status"] == 0
    maria.opens("viber://pa?chatURI=orderbell&context=x&text=y")
    await bot.idle()
    assert (bot.got[-2]["context"], bot.got[-2]["subscribed"], maria.draft) == ("x", True, "y")
    with pytest.raises(ValueError, match="does not lead"):
        maria.opens("viber://pa?chatURI=other&context=x")
    assert (maria.charged, viber.violations) == (0, [])


@pytest.mark.parametrize(
    ("welcome", "problem"),
    [
        (WELCOME | {"receiver": "x"}, "a welcome has no receiver"),
        ([], "the answer is no JSON object"),
        ({"type": "text", "text": "без відправника"}, "missingData: sender is missing"),
    ],
)
async def test_a_wrong_welcome_is_not_shown(bot: Bot, viber: FakeViber, welcome: Any, problem: str) -> None:
    await bot.hooks()
    bot.welcome = welcome
    maria = viber.person("Марія")
    maria.opens("x")
    await bot.idle()
    assert maria.messages == []
    assert [violation.problem for violation in viber.violations] == [problem]


async def test_who_leaves_is_heard_and_not_written_to(bot: Bot, maria: Person) -> None:
    maria.blocks_bot()
    maria.blocks_bot()
    assert await bot.has(1) == ["unsubscribed"]
    assert (await bot.sends(maria))["status"] == 6
    maria.unblocks_bot()
    assert await bot.has(2) == ["unsubscribed", "subscribed"]
    assert (await bot.sends(maria))["status"] == 0
    maria.deletes_account()
    assert (await bot.sends(maria))["status"] == 5


# ---------------------------------------------------------------- what is sent, and what comes of it


async def test_a_message_is_delivered_once_a_device_and_seen_when_looked_at(
    bot: Bot, viber: FakeViber, maria: Person
) -> None:
    maria.user.devices = 2
    maria.turns_off()
    sent = await bot.sends(maria, "пізно")
    assert (sent["status"], sent["message_token"] > 2**53, maria.finds("пізно")) == (0, True, None)
    maria.turns_on()
    maria.reads()
    maria.reads()
    await bot.idle()
    assert [event["event"] for event in bot.got] == ["delivered", "delivered", "seen"]
    assert {event["message_token"] for event in bot.got} == {sent["message_token"]}


async def test_what_only_the_client_rejects_fails_later(bot: Bot, viber: FakeViber, maria: Person) -> None:
    sent = await bot.sends(maria, "багато", keyboard=keyboard(*[button()] * 13))
    assert sent["status"] == 0
    maria.rejects()
    await bot.sends(maria, "просто так")
    viber.world.desc = ""
    await bot.sends(maria, card(*[button("x", Rows=7)] * 7)["alt_text"], **card(*[button("x", Rows=7)] * 7))
    await bot.idle()
    assert [event["event"] for event in bot.got] == ["failed"] * 3
    assert ["desc" in event for event in bot.got] == [False, False, True]
    assert bot.got[0]["message_token"] == sent["message_token"]
    assert [v.problem for v in viber.violations] == [
        "keyboard: more than 12 rows",
        "rich_media: more than 6 cards",
    ]
    assert [m.text for m in maria.messages] == ["добрий день"]


async def test_a_day_after_her_last_word_a_message_costs_money(
    bot: Bot, viber: FakeViber, clock: Clock, maria: Person
) -> None:
    clock.goes(24 * 3600 - 1)
    assert (await bot.sends(maria))["billing_status"] == 1
    clock.goes(1)
    assert (await bot.sends(maria))["billing_status"] == 5
    maria.opens("x")
    assert (await bot.sends(maria))["billing_status"] == 5
    maria.types("так")
    assert (await bot.sends(maria))["billing_status"] == 1
    assert (maria.charged, viber.charged) == (2, 2)


async def test_a_hundred_an_hour_without_a_reply(
    bot: Bot, viber: FakeViber, clock: Clock, maria: Person
) -> None:
    viber.limits = Limits(hourly=3)
    assert [(await bot.sends(maria))["status"] for _ in range(4)] == [0, 0, 0, 12]
    maria.types("так")
    assert [(await bot.sends(maria))["status"] for _ in range(4)] == [0, 0, 0, 12]
    clock.goes(3600)
    assert (await bot.sends(maria))["status"] == 0
    assert viber.too_many == 2


async def test_a_broadcast_names_whom_it_did_not_reach(bot: Bot, viber: FakeViber, maria: Person) -> None:
    body: dict[str, Any] = {"type": "text", "text": "усім", "sender": SENDER}
    sent = await bot("broadcast_message", broadcast_list=[maria.id, "nobody"], **body)
    assert [(row["receiver"], row["status"]) for row in sent["failed_list"]] == [("nobody", 5)]
    assert maria.screen.text == "усім"
    viber.limits = Limits(broadcasts=0)
    assert (await bot("broadcast_message", broadcast_list=[maria.id], **body))["status"] == 20
    assert (await bot("broadcast_message", broadcast_list=["x"] * 301, **body))["status"] == 3


async def test_a_person_is_asked_about_twice_in_half_a_day(bot: Bot, clock: Clock, maria: Person) -> None:
    answers = [await bot("get_user_details", id=maria.id) for _ in range(3)]
    assert [answer["status"] for answer in answers] == [0, 0, 12]
    assert answers[0]["user"]["name"] == "Марія"
    clock.goes(12 * 3600)
    assert (await bot("get_user_details", id=maria.id))["status"] == 0


# ---------------------------------------------------------------- what people see and press


async def test_there_is_one_keyboard_and_cards_stay(bot: Bot, viber: FakeViber, maria: Person) -> None:
    for number in (1, 2):
        words = button(f"<b>№{number}</b> &lt;чай&gt;", ActionType="none")
        await bot.sends(maria, **card(words, button("Беру", ActionBody=f"take:{number}", Silent=True)))
    await bot.sends(maria, "*перше* _x_ a*b*c", keyboard=keyboard(button("Меню", ActionBody="menu")))
    await bot.sends(maria, "друге")
    first, second, third, fourth = maria.messages[1:]
    assert (first.text, first.labels) == ("№1 <чай>", ["Беру"])
    assert (third.text, third.labels, fourth.labels) == ("перше x a*b*c", [], ["Меню"])
    assert maria.presses("Беру").message is second
    maria.presses("Беру", on=first)
    maria.presses("Меню")
    await bot.idle()
    heard = [(e["message"]["text"], e["silent"]) for e in bot.got if e["event"] == "message"]
    assert heard == [("take:2", True), ("take:1", True), ("menu", False)]
    assert [m.text for m in maria.messages[5:]] == ["Меню"], "a silent press leaves no trace"
    await bot("send_message", receiver=maria.id, sender=SENDER, keyboard=keyboard(button("Назад")))
    assert (maria.keyboard, maria.screen.text, maria.screen.labels) == (["Назад"], "друге", ["Назад"])
    with pytest.raises(NotSeen, match="Назад"):
        maria.presses("Меню")
    assert viber.violations == []


async def test_other_buttons_do_what_they_say(bot: Bot, viber: FakeViber, maria: Person) -> None:
    buttons = [
        button("Номер", ActionType="share-phone"),
        button("Сайт", ActionType="open-url", ActionBody="https://ya.ua/1"),
    ]
    await bot.sends(maria, min_api_version=3, tracking_data="t", keyboard=keyboard(*buttons))
    maria.presses("Номер")
    maria.user.desktop = True
    maria.taps("Номер")
    assert (maria.link("Сайт"), maria.follows("Сайт")) == ("https://ya.ua/1", "https://ya.ua/1")
    with pytest.raises(NotSeen, match="open-url"):
        maria.presses("Сайт")
    await bot.idle()
    heard = [event["message"] for event in bot.got if event["event"] == "message"]
    assert [m["contact"]["phone_number"] for m in heard[:2]] == ["380671234567", ""]
    assert (heard[2]["text"], heard[2]["tracking_data"]) == ("https://ya.ua/1", "t")


async def test_a_press_is_answered_by_the_next_message(bot: Bot, viber: FakeViber, maria: Person) -> None:
    await bot.sends(maria, keyboard=keyboard(button("Беру")))
    press = maria.presses("Беру")
    with pytest.raises(NotSeen, match="was not answered"):
        await press.answered(0.01)
    viber.settled = lambda: bot.idle()  # type: ignore[assignment]
    assert await press.answered() == ""
    await bot.sends(maria, "взято")
    assert await press.answered() == "взято"
    assert (maria.replays(press).data, maria.forges("take:2").data) == ("take", "take:2")


async def test_what_people_send_can_be_fetched_for_an_hour(bot: Bot, clock: Clock, maria: Person) -> None:
    maria.sends_photo(b"jpeg", "накладна")
    maria.sends_document(b"%PDF", "чек.pdf")
    maria.sends_video()
    maria.sends_sticker()
    maria.sends_location(50.45, 30.52)
    maria.sends_url("https://ya.ua")
    maria.shares_contact(False)
    await bot.idle()
    kinds = [event["message"]["type"] for event in bot.got]
    assert kinds == ["picture", "file", "video", "sticker", "location", "url", "contact"]
    for seconds, status in ((3599, 200), (1, 403)):
        clock.goes(seconds)
        async with bot.session.get(bot.got[0]["message"]["media"]) as answer:
            assert answer.status == status


# ---------------------------------------------------------------- what goes wrong


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("kind", list(Kind))
async def test_a_fault_strikes_once_before_or_after(
    bot: Bot, viber: FakeViber, maria: Person, kind: Kind, after: bool
) -> None:
    viber.faults.script(kind, method="send_message", chat=maria, after=after, seconds=0.01)
    body = {"receiver": maria.id, "sender": SENDER, "type": "text", "text": "нове"}
    headers = {"X-Viber-Auth-Token": viber.token}
    wait = aiohttp.ClientTimeout(0.1 if kind is Kind.HANG else 5)
    try:
        async with bot.session.post(
            f"{viber.url}/send_message", json=body, headers=headers, timeout=wait
        ) as told:
            status, raw = told.status, await told.read()
    except (TimeoutError, aiohttp.ClientError):
        assert kind in (Kind.HANG, Kind.RESET, Kind.HALF)
    else:
        assert status == {Kind.SERVER_ERROR: 500, Kind.BAD_GATEWAY: 502}.get(kind, 200)
        if kind.refusal:
            assert f'"status": {kind.refusal[0]},'.encode() in raw
    reached = after or kind is Kind.UNDECODABLE
    assert (maria.finds("нове") is not None) is reached
    assert viber.faults.struck == {f"{kind} {'after' if reached else 'before'}": 1}
    assert (await bot.sends(maria))["status"] == 0


async def test_random_faults_come_from_a_seed_and_nobody_may_be_there(
    bot: Bot, viber: FakeViber, maria: Person
) -> None:
    hands = []
    for _ in range(2):
        viber.faults.at_random(7, before={Kind.TOO_MANY: 0.3}, after={Kind.NO_BALANCE: 0.2})
        hands.append([(await bot.sends(maria))["status"] for _ in range(20)])
    assert hands[0] == hands[1]
    assert set(hands[0]) == {0, 12, 24}
    await viber.goes_away()
    with pytest.raises(aiohttp.ClientError):
        await bot("get_account_info")
    await viber.comes_back()
    assert (await bot("get_account_info"))["status"] == 0
