"""What people in the fake Telegram do, what the bot hears of it, and what they see."""

import asyncio
import sys
from typing import Any

import pytest

from bot.demo.person import NotSeen, Person
from bot.demo.telegram import FakeTelegram
from bot.demo.telegram.shapes import check_of
from bot.tasks import Tasks
from tests.demo.client import Api

CARD = {"inline_keyboard": [
    [{"text": "✅ Беру в роботу", "callback_data": "take:1"}, {"text": "Відкрити", "url": "https://ya.ua/1"}],
    [{"text": "Копіювати ТТН", "copy_text": {"text": "20450123456789"}}],
]}  # fmt: skip


async def news(api: Api, clock: Any) -> list[dict[str, Any]]:
    """What the bot hears, confirmed."""
    clock.goes(10)
    updates: list[dict[str, Any]] = await api("getUpdates")
    if updates:
        clock.goes(10)
        assert await api("getUpdates", offset=updates[-1]["update_id"] + 1) == []
    return updates


async def heard(api: Api, clock: Any) -> list[Any]:
    return [list(update)[1] for update in await news(api, clock)]


# ---------------------------------------------------------------- who may write to whom


async def test_the_bot_cannot_write_first(api: Api, fake: FakeTelegram, stranger: Person) -> None:
    refused = await api.refusal("sendMessage", chat_id=stranger.id, text="x")
    assert (refused.code, refused.description) == (400, "Bad Request: chat not found")
    fake.group("Склад", [stranger])
    refused = await api.refusal("sendMessage", chat_id=stranger.id, text="x")
    assert (refused.code, refused.description) == (
        403,
        "Forbidden: bot can't initiate conversation with a user",
    )
    stranger.types("/start")
    await api("sendMessage", chat_id=stranger.id, text="вітаю")
    refused = await api.refusal("sendMessage", chat_id=fake.world.bot.id, text="x")
    assert refused.description == "Forbidden: bot can't send messages to bots"


async def test_who_blocks_the_bot_is_heard_once_and_never_written_to(
    api: Api, clock: Any, olena: Person
) -> None:
    olena.blocks_bot()
    olena.blocks_bot()
    update = (await news(api, clock))[0]["my_chat_member"]
    assert (update["old_chat_member"]["status"], update["new_chat_member"]["status"]) == ("member", "kicked")
    assert update["chat"]["id"] == update["from"]["id"] == olena.id
    refused = await api.refusal("sendMessage", chat_id=olena.id, text="x")
    assert (refused.code, refused.description) == (403, "Forbidden: bot was blocked by the user")
    with pytest.raises(ValueError, match="blocked the bot"):
        olena.types("x")
    olena.unblocks_bot()
    assert (await news(api, clock))[0]["my_chat_member"]["new_chat_member"]["status"] == "member"
    await api("sendMessage", chat_id=olena.id, text="x")


async def test_who_left_telegram_is_found_out_by_a_refusal(api: Api, clock: Any, olena: Person) -> None:
    olena.deletes_account()
    assert await heard(api, clock) == []
    refused = await api.refusal("sendMessage", chat_id=olena.id, text="x")
    assert (refused.code, refused.description) == (403, "Forbidden: user is deactivated")
    with pytest.raises(ValueError, match="no account"):
        olena.types("x")


# ---------------------------------------------------------------- what she does


async def test_words_become_updates(api: Api, clock: Any, olena: Person) -> None:
    first = olena.types("  /start abc_DEF-1 \n")
    second = olena.types("дзвоніть", reply_to=first)
    olena.edits(second, "не дзвоніть")
    begun, said, edited = await news(api, clock)
    assert begun["message"]["text"] == "/start abc_DEF-1"
    assert begun["message"]["entities"] == [{"type": "bot_command", "offset": 0, "length": 6}]
    assert begun["message"]["from"] == {
        "id": olena.id, "is_bot": False, "first_name": "Олена", "username": "olena_k", "language_code": "uk",
    }  # fmt: skip
    assert said["message"]["reply_to_message"]["message_id"] == first.id
    assert (edited["edited_message"]["text"], "edit_date" in edited["edited_message"]) == (
        "не дзвоніть",
        True,
    )
    with pytest.raises(ValueError, match="empty"):
        olena.types(" \n ")
    with pytest.raises(ValueError, match="several"):
        olena.types("x" * 4097)
    with pytest.raises(ValueError, match="themselves"):
        olena.edits(fake_message(olena), "x")


def fake_message(person: Person) -> Any:
    return person.world.post(person.chat, person.world.bot, "від бота")


async def test_contacts_are_her_own_another_s_or_of_nobody(
    api: Api, clock: Any, olena: Person, stranger: Person
) -> None:
    olena.shares_contact()
    olena.shares_contact(stranger)
    olena.shares_contact(False)
    olena.shares_contact(forwarded=True)
    own, other, nobody, forwarded = [update["message"] for update in await news(api, clock)]
    assert own["contact"] == {"phone_number": olena.phone, "first_name": "Олена", "user_id": olena.id}
    assert other["contact"]["user_id"] == stranger.id
    assert "user_id" not in nobody["contact"]
    assert forwarded["forward_origin"]["sender_user"]["id"] == olena.id
    assert "forward_origin" not in own


async def test_everything_that_is_no_text(api: Api, clock: Any, olena: Person) -> None:
    olena.sends_photo(caption="накладна")
    olena.sends_document(b"%PDF", "чек.pdf")
    olena.sends_voice()
    olena.sends_video_note()
    olena.sends_sticker()
    olena.sends_location(50.45, 30.52)
    olena.sends({"poll": {"id": "1"}})
    album = olena.sends_album(b"1", b"2", b"3", caption="три фото")
    messages = [update["message"] for update in await news(api, clock)]
    kinds = ["photo", "document", "voice", "video_note", "sticker", "location", "poll"]
    assert all(kind in message for kind, message in zip(kinds, messages, strict=False))
    assert messages[0]["caption"] == "накладна"
    assert len({message["media_group_id"] for message in messages[7:]}) == 1
    assert [message.text for message in album] == ["три фото", "", ""]


async def test_deep_links_are_followed(fake: FakeTelegram, olena: Person) -> None:
    assert olena.opens(f"https://t.me/{fake.username}?start=buyer-1").text == "/start buyer-1"
    assert olena.opens(f"tg://resolve?domain={fake.username}&start=x").text == "/start x"
    assert olena.opens(f"https://t.me/{fake.username}").text == "/start"
    with pytest.raises(ValueError, match="does not lead"):
        olena.opens("https://t.me/somebody?start=x")
    with pytest.raises(ValueError, match="payload"):
        olena.opens(f"https://t.me/{fake.username}?start={'x' * 65}")


async def test_a_link_adds_the_bot_to_a_group_and_says_its_payload_there(
    api: Api, clock: Any, fake: FakeTelegram, olena: Person, stranger: Person
) -> None:
    link = f"https://t.me/{fake.username}?startgroup=shop-1"
    group = fake.group("Склад", [olena], bot_status="left")
    olena.adds_bot(group, link=link)
    assert await heard(api, clock) == ["my_chat_member", "message", "message"]
    assert group.messages[-1].text == f"/start@{fake.username} shop-1"
    olena.adds_bot(group, link=link)
    assert await heard(api, clock) == ["message"], "it was in already"
    with pytest.raises(ValueError, match="does not lead"):
        olena.adds_bot(group, link="https://t.me/somebody?startgroup=x")
    with pytest.raises(ValueError, match="is not in"):
        stranger.adds_bot(group, link=link)


async def test_forwarding_to_a_person_is_unseen_by_the_bot(
    api: Api, clock: Any, olena: Person, stranger: Person
) -> None:
    await api("sendMessage", chat_id=olena.id, text="замовлення 812", reply_markup=CARD)
    letter = olena.forwards(olena.screen, to=stranger)
    assert stranger.letters == [letter]
    assert (letter.text, letter.labels) == ("замовлення 812", ["Відкрити"])
    assert await heard(api, clock) == []
    olena.forwards(olena.screen)
    message = (await news(api, clock))[0]["message"]
    assert message["forward_origin"]["sender_user"]["username"] == "orderbell_bot"


# ---------------------------------------------------------------- buttons


async def test_a_press_is_answered(api: Api, fake: FakeTelegram, clock: Any, olena: Person) -> None:
    await api("sendMessage", chat_id=olena.id, text="замовлення 812", reply_markup=CARD)
    press = olena.presses("Беру в роботу")
    query = (await news(api, clock))[0]["callback_query"]
    assert (query["data"], query["from"]["id"], query["message"]["text"]) == (
        "take:1",
        olena.id,
        "замовлення 812",
    )
    assert press.toast is None
    tasks = Tasks()
    answered = tasks.start(press.answered(), name="answered")
    await api("answerCallbackQuery", callback_query_id=query["id"], text="Взято", show_alert=True)
    assert await answered == "Взято"
    assert (press.is_alert, len(press.answers)) == (True, 1)
    again = olena.replays(press)
    assert (again.data, again.query.id != query["id"]) == ("take:1", True)
    with pytest.raises(NotSeen, match="was not answered"):
        await again.answered(within=0.01)
    await api("answerCallbackQuery", callback_query_id=again.query.id)
    assert await again.answered() == ""
    assert fake.violations == []


async def test_buttons_are_pressed_only_where_they_are_seen(api: Api, olena: Person) -> None:
    with pytest.raises(NotSeen, match="no message of the bot"):
        _ = olena.screen
    sent = await api("sendMessage", chat_id=olena.id, text="старе", reply_markup=CARD)
    await api("sendMessage", chat_id=olena.id, text="нове", reply_markup=CARD)
    old = olena.messages[1]
    assert olena.presses("Беру").message is olena.screen
    assert olena.presses("Беру", on=old).message is old
    assert olena.link("Відкрити") == "https://ya.ua/1"
    assert olena.copies("Копіювати") == "20450123456789"
    for wrong in (olena.presses, olena.copies):
        with pytest.raises(NotSeen, match="Відкрити"):
            wrong("Відкрити")
    with pytest.raises(NotSeen, match="leads nowhere"):
        olena.link("Беру")
    with pytest.raises(NotSeen) as unseen:
        olena.presses("Скасувати")
    assert "'✅ Беру в роботу', 'Відкрити', 'Копіювати ТТН'" in str(unseen.value)
    assert "#3 Orderbell Bot: нове\n    [✅ Беру в роботу] [Відкрити]\n    [Копіювати ТТН]" in str(
        unseen.value
    )
    await api("deleteMessage", chat_id=olena.id, message_id=sent["message_id"])
    with pytest.raises(NotSeen):
        olena.presses("Беру", on=old)


async def test_a_hostile_client_sends_any_data_on_any_message(
    api: Api, clock: Any, olena: Person, stranger: Person
) -> None:
    await api("sendMessage", chat_id=olena.id, text="замовлення 812", reply_markup=CARD)
    card = olena.screen
    stranger.forges("take:2", card)
    olena.forges("x" * 5000)
    await api("deleteMessage", chat_id=olena.id, message_id=card.id)
    olena.forges("take:1", card)
    theirs, long, gone = [update["callback_query"] for update in await news(api, clock)]
    assert (theirs["from"]["id"], theirs["message"]["chat"]["id"]) == (stranger.id, olena.id)
    assert len(long["data"]) == 5000
    assert gone["message"] == {"chat": theirs["message"]["chat"], "message_id": card.id, "date": 0}


async def test_the_keys_of_a_reply_keyboard(api: Api, clock: Any, fake: FakeTelegram, olena: Person) -> None:
    keys = [
        [{"text": "Мій номер", "request_contact": True}],
        [{"text": "Де я", "request_location": True}, {"text": "Меню"}],
    ]
    await api("sendMessage", chat_id=olena.id, text="номер?", reply_markup={"keyboard": keys})
    assert "contact" in olena.taps("Мій номер").content
    assert "location" in olena.taps("Де я").content
    assert olena.taps("Меню").text == "Меню"
    with pytest.raises(NotSeen, match="<Мій номер>"):
        olena.taps("Немає")
    group = fake.group("Склад", [olena])
    refused = await api.refusal("sendMessage", chat_id=group.id, text="?", reply_markup={"keyboard": keys})
    assert refused.description == "Bad Request: phone number can be requested in private chats only"


# ---------------------------------------------------------------- what she sees


async def test_she_waits_for_what_comes(api: Api, olena: Person) -> None:
    tasks = Tasks()
    waiting = tasks.start(olena.sees("812345678"), name="sees")
    pressed = tasks.start(olena.sees_button("Беру"), name="sees_button")
    await asyncio.sleep(0)
    olena.types("812345678?")
    sent = await api("sendMessage", chat_id=olena.id, text="замовлення №…", reply_markup=CARD)
    assert not waiting.done()
    await api("editMessageText", chat_id=olena.id, message_id=sent["message_id"], text="замовлення 812345678")
    assert (await waiting).id == (await pressed).id == sent["message_id"]
    assert olena.finds("замовлення", after=olena.screen) is None


async def test_what_she_does_not_see_is_told_with_her_chat(api: Api, olena: Person) -> None:
    await api("sendMessage", chat_id=olena.id, text="замовлення 812\nсума 5", reply_markup=CARD)
    with pytest.raises(NotSeen) as unseen:
        await olena.sees("813", within=0.01)
    assert "Олена did not see '813' within 0.01 s" in str(unseen.value)
    assert "замовлення 812\n    сума 5\n    [✅ Беру в роботу]" in str(unseen.value)
    with pytest.raises(NotSeen, match="did not see a button"):
        await olena.sees_button("Скасувати", within=0.01)
    await olena.sees_no("813", for_seconds=0.01)
    with pytest.raises(NotSeen, match="should not"):
        await olena.sees_no("812")
    with pytest.raises(NotSeen, match="still sees"):
        await olena.sees_gone("812", within=0.01)
    await api("deleteMessage", chat_id=olena.id, message_id=olena.screen.id)
    await olena.sees_gone("812")


# ---------------------------------------------------------------- groups


async def test_a_bot_in_a_group_hears_only_what_is_for_it(
    api: Api, fake: FakeTelegram, clock: Any, olena: Person
) -> None:
    group = fake.group("Склад", [olena])
    assert await heard(api, clock) == ["my_chat_member", "message"]
    await api("sendMessage", chat_id=group.id, text="замовлення 812", reply_markup=CARD)
    card = group.messages[-1]
    for text in ("усім привіт", "/help@other_bot", "@orderbell_botik", "пошта /start"):
        olena.types(text, chat=group)
    olena.sends_photo(chat=group)
    assert await heard(api, clock) == []
    for text in ("/help", "/help@Orderbell_Bot так", "агов @orderbell_bot!"):
        olena.types(text, chat=group)
    olena.types("готово", reply_to=card)
    assert [update["message"]["text"] for update in await news(api, clock)][-1] == "готово"
    assert olena.presses("Беру", chat=group).message is card
    assert (await olena.sees("812", chat=group)) is card
    assert await heard(api, clock) == ["callback_query"]
    fake.world.reads_all = True
    olena.types("усім привіт", chat=group)
    assert await heard(api, clock) == ["message"]


async def test_a_group_becomes_a_supergroup(api: Api, fake: FakeTelegram, clock: Any, olena: Person) -> None:
    group = fake.group("Склад", [olena])
    await news(api, clock)
    bigger = fake.upgrade(group)
    away, here = [update["message"] for update in await news(api, clock)]
    assert (away["chat"]["id"], away["migrate_to_chat_id"]) == (group.id, bigger.id)
    assert (here["chat"]["id"], here["migrate_from_chat_id"]) == (bigger.id, group.id)
    refused = await api.refusal("sendMessage", chat_id=group.id, text="x")
    assert refused.description == "Bad Request: group chat was upgraded to a supergroup chat"
    assert refused.parameters == {"migrate_to_chat_id": bigger.id}
    await api("sendMessage", chat_id=bigger.id, text="x")
    assert str(bigger.id).startswith("-100")
    assert olena.types("/help", chat=group).chat is bigger
    with pytest.raises(ValueError, match="cannot be upgraded"):
        fake.upgrade(group)


@pytest.mark.parametrize("supergroup", [False, True])
async def test_a_bot_is_thrown_out_and_taken_back(
    api: Api, fake: FakeTelegram, clock: Any, olena: Person, supergroup: bool
) -> None:
    group = fake.group("Склад", [olena], supergroup=supergroup)
    await news(api, clock)
    olena.removes_bot(group)
    olena.types("/help", chat=group)
    assert await heard(api, clock) == ["my_chat_member"]
    refused = await api.refusal("sendMessage", chat_id=group.id, text="x")
    kind = "supergroup" if supergroup else "group"
    assert (refused.code, refused.description) == (403, f"Forbidden: bot was kicked from the {kind} chat")
    olena.adds_bot(group, admin=True)
    olena.types("просто так", chat=group)
    assert await heard(api, clock) == ["my_chat_member", "message", "message"]
    assert (await api("getChatMember", chat_id=group.id, user_id=fake.world.bot.id))[
        "status"
    ] == "administrator"
    assert await api("leaveChat", chat_id=group.id) is True
    refused = await api.refusal("sendMessage", chat_id=group.id, text="x")
    assert refused.description == f"Forbidden: bot is not a member of the {kind} chat"


async def test_members_come_and_go(
    api: Api, fake: FakeTelegram, clock: Any, olena: Person, stranger: Person
) -> None:
    group = fake.group("Склад", [olena])
    await news(api, clock)
    with pytest.raises(ValueError, match="is not in"):
        stranger.types("/help", chat=group)
    stranger.joins(group)
    assert (await api("getChatMember", chat_id=group.id, user_id=stranger.id))["status"] == "member"
    stranger.leaves(group)
    assert (await api("getChatMember", chat_id=group.id, user_id=stranger.id))["status"] == "left"
    assert (await api("getChatMember", chat_id=group.id, user_id=olena.id))["status"] == "creator"
    joined, left = [update["message"] for update in await news(api, clock)]
    assert (joined["new_chat_members"][0]["id"], left["left_chat_member"]["id"]) == (stranger.id, stranger.id)
    hers = olena.types("/help", chat=group)
    refused = await api.refusal("deleteMessage", chat_id=group.id, message_id=hers.id)
    assert refused.description == "Bad Request: message can't be deleted"
    assert (await api("getChat", chat_id=group.id))["title"] == "Склад"
    fake.deletes(group)
    refused = await api.refusal("sendMessage", chat_id=group.id, text="x")
    assert refused.description == "Forbidden: the group chat was deleted"


# ---------------------------------------------------------------- a product elsewhere

BOT = """
import json, sys, urllib.request
def api(method, **params):
    body, headers = json.dumps(params).encode(), {"Content-Type": "application/json"}
    request = urllib.request.Request(sys.argv[1] + method, body, headers)
    return json.load(urllib.request.urlopen(request))["result"]
update, = api("getUpdates", timeout=20)
api("sendMessage", chat_id=update["message"]["chat"]["id"], text="чую: " + update["message"]["text"])
"""


async def test_the_product_may_live_in_another_process(fake: FakeTelegram, olena: Person) -> None:
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", BOT, f"{fake.url}/bot{fake.token}/")
    olena.types("привіт")
    assert (await olena.sees("чую: привіт", within=20)).sender.is_bot
    assert await process.wait() == 0


# ---------------------------------------------------------------- the truth of it


async def test_whatever_the_fake_says_is_described_by_the_bot_api(
    api: Api, fake: FakeTelegram, clock: Any, olena: Person, stranger: Person
) -> None:
    said = [olena.types("/start https://ya.ua"), olena.sends_photo(caption="x")]
    olena.shares_contact(forwarded=True)
    olena.sends_document(b"%PDF")
    olena.sends_voice()
    olena.sends_video_note()
    olena.sends_sticker()
    olena.sends_location(50.45, 30.52)
    olena.sends_album(b"1", b"2")
    olena.edits(said[0], "інше")
    words = f'<a href="tg://user?id={olena.id}">Олено</a> <a href="https://ya.ua">тут</a> <pre>код</pre>'
    reply = {"message_id": said[1].id}
    card = {"text": words, "parse_mode": "HTML", "reply_markup": CARD, "reply_parameters": reply}
    sent = await api("sendMessage", chat_id=olena.id, **card)
    copied = await api("copyMessage", chat_id=olena.id, from_chat_id=olena.id, message_id=said[1].id)
    olena.presses("Беру")
    olena.forwards(olena.messages[-2])
    gone = olena.chat.history[sent["message_id"]]
    await api("deleteMessage", chat_id=olena.id, message_id=gone.id)
    olena.forges("x", gone)
    group = fake.group("Склад", [olena, stranger])
    olena.types("/help", chat=group)
    bigger = fake.upgrade(group)
    stranger.leaves(bigger)
    olena.removes_bot(bigger)
    olena.adds_bot(bigger, admin=True)
    olena.blocks_bot()
    updates = await news(api, clock)
    assert len(updates) == 24
    for update in updates:
        check_of("Update")(update, "update")
    check_of("Message")(sent, "sent")
    check_of("MessageId")(copied, "copied")
    for chat in (olena.chat, bigger):
        check_of("ChatFullInfo")(await api("getChat", chat_id=chat.id), "chat")
    for user in (olena.id, stranger.id, fake.world.bot.id):
        check_of("ChatMember")(await api("getChatMember", chat_id=bigger.id, user_id=user), "member")
    check_of("User")(await api("getMe"), "me")
    check_of("WebhookInfo")(await api("getWebhookInfo"), "hook")
    check_of("File")(await api("getFile", file_id=said[1].content["photo"][0]["file_id"]), "file")
