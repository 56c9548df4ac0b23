"""SMS over the wire: what a phone gets, what a repeat does, and each of TurboSMS's codes in the outbox's bits."""

import time
from collections.abc import AsyncIterator

import pytest

from bot.demo.turbosms import TOKEN, FakeTurboSms
from bot.http import Http
from bot.messengers.base import Undeliverable
from bot.messengers.pacing import Limits, Pace
from bot.messengers.plain import plain
from bot.messengers.sms_text import fitted, parts
from bot.messengers.turbosms import SmsChannel
from bot.messengers.turbosms_codes import SmsState, SmsStatus, sorted_code, sorted_status

OLENA = "380671234567"


@pytest.fixture
async def fake() -> AsyncIterator[FakeTurboSms]:
    async with FakeTurboSms() as turbosms:
        yield turbosms
        assert turbosms.violations == []


@pytest.fixture
async def http() -> AsyncIterator[Http]:
    http = Http(seconds=5)
    yield http
    await http.close()


@pytest.fixture
def sms(fake: FakeTurboSms, http: Http) -> SmsChannel:
    return channel(fake, http)


def channel(fake: FakeTurboSms, http: Http, token: str = TOKEN, viber_seconds: int = 900) -> SmsChannel:
    pace = Pace(time.monotonic, Limits(1000, 1000))
    return SmsChannel(http, fake.url, token, "Samovar", pace, viber_seconds=viber_seconds)


async def fault(sms: SmsChannel, once: str | None = "ob-1") -> Undeliverable:
    with pytest.raises(Undeliverable) as raised:
        await sms.send(OLENA, "Замовлення №17", None, once=once)
    return raised.value


async def test_one_request_carries_viber_and_sms_in_plain_words(fake: FakeTurboSms, sms: SmsChannel) -> None:
    await sms.send(OLENA, '<b>№17</b> &lt;3: <a href="https://a.example/b/x">ваше замовлення</a>', None)
    (message,) = fake.phone(OLENA)
    assert message.viber == message.sms == "№17 <3: ваше замовлення (https://a.example/b/x)"
    assert fake.requests[0][1]["viber"]["is_transactional"] == 1


async def test_without_viber_the_sms_goes_alone(fake: FakeTurboSms, http: Http) -> None:
    await channel(fake, http, viber_seconds=0).send(OLENA, "№17", None)
    assert [message.kind for message in fake.phone(OLENA)] == ["sms"]


async def test_a_viber_half_without_a_template_goes_by_sms(fake: FakeTurboSms, sms: SmsChannel) -> None:
    fake.template = False
    await sms.send(OLENA, "№17", None, once="ob-1")
    assert [message.kind for message in fake.phone(OLENA)] == ["sms"]


@pytest.mark.parametrize("planted", ["deaf", "drop", "500", "html", 999, 500])
async def test_what_may_have_gone_is_ambiguous_and_its_repeat_goes_once(
    fake: FakeTurboSms, sms: SmsChannel, planted: int | str
) -> None:
    fake.planted.append(planted)
    assert (await fault(sms)).ambiguous
    sent = await sms.send(OLENA, "Замовлення №17", None, once="ob-1")
    assert len(fake.phone(OLENA)) == 1
    assert sent.message_id == fake.phone(OLENA)[0].id.replace("-", "")


async def test_who_is_not_there_is_away(fake: FakeTurboSms, sms: SmsChannel) -> None:
    await fake.stop()
    assert (await fault(sms)).away
    await fake.start()
    await sms.send(OLENA, "№17", None)
    fake.planted.append(503)
    assert (await fault(sms)).away


async def test_haste_pauses_all(fake: FakeTurboSms, sms: SmsChannel) -> None:
    fake.planted.append("429")
    assert (await fault(sms)).pause == 5.0
    assert sms.opens_in() > 4


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        (103, "turbosms_unauthorised"),
        (105, "turbosms_unauthorised"),
        (106, "turbosms_inactive"),
        (203, "turbosms_no_money"),
        (301, "turbosms_unauthorised"),
        (302, "turbosms_sender"),
        (400, "turbosms_sender"),
        (401, "turbosms_sender"),
    ],
)
async def test_the_accounts_trouble_pauses_all_and_is_named_until_it_is_over(
    fake: FakeTurboSms, sms: SmsChannel, code: int, reason: str
) -> None:
    fake.account = code
    found = await fault(sms)
    assert (found.reason, found.pause, found.for_good, sms.trouble) == (reason, 60.0, False, reason)
    assert sms.opens_in() > 50
    fake.account = None
    await sms.send(OLENA, "№17", None)
    assert sms.trouble is None


async def test_a_token_that_is_not_known_is_trouble(fake: FakeTurboSms, http: Http) -> None:
    sms = channel(fake, http, token="f" * 40)
    with pytest.raises(Undeliverable, match="turbosms_unauthorised"):
        await sms.ping()
    await channel(fake, http).ping()


@pytest.mark.parametrize("code", [305, 404, 406, 407])
async def test_a_number_that_is_refused_is_so_for_good(
    fake: FakeTurboSms, sms: SmsChannel, code: int
) -> None:
    fake.refusals[OLENA] = code
    found = await fault(sms)
    assert (found.for_good, found.pause, sms.trouble) == (True, None, None)


@pytest.mark.parametrize("code", [104, 201, 300, 304, 413, 777, None, "0"])
def test_any_other_code_is_refused_and_held(code: object) -> None:
    found = sorted_code(code)
    assert (found.reason, found.for_good, found.pause, found.ambiguous, found.away) == (
        "refused",
        False,
        None,
        False,
        False,
    )


async def test_nothing_that_is_out_is_changed(sms: SmsChannel) -> None:
    with pytest.raises(Undeliverable) as edited:
        await sms.edit(OLENA, "1", "№17", None)
    with pytest.raises(Undeliverable) as deleted:
        await sms.delete(OLENA, "1")
    for found in (edited.value, deleted.value):
        assert (found.reason, found.gone, found.for_good) == ("not_editable", False, False)


async def test_a_delivery_is_asked_for_by_the_id_that_was_kept(fake: FakeTurboSms, sms: SmsChannel) -> None:
    kept = (await sms.send(OLENA, "№17", None)).message_id
    assert kept is not None
    assert len(kept) == 32
    (message,) = fake.phone(OLENA)
    assert (await sms.statuses([kept]))[kept].state is SmsState.WAITING
    fake.moves(message, "Rejected", "SRVC_NOT_VIBER_USER")
    assert await sms.statuses([kept, "0" * 32]) == {kept: SmsStatus(SmsState.WAITING, None, "viber")}
    fake.falls_back(message)
    fake.moves(message, "Delivered")
    assert await sms.statuses([kept]) == {kept: SmsStatus(SmsState.DELIVERED, None, "sms")}
    fake.account = 203
    with pytest.raises(Undeliverable):
        await sms.statuses([kept])


@pytest.mark.parametrize(
    ("word", "via", "state"),
    [
        ("Queued", "sms", SmsState.WAITING),
        ("Accepted", "sms", SmsState.WAITING),
        ("Sent", "viber", SmsState.WAITING),
        ("Unknown", "sms", SmsState.WAITING),
        ("Delivered", "viber", SmsState.DELIVERED),
        ("Read", "viber", SmsState.SEEN),
        ("Undelivered", "sms", SmsState.FAILED),
        ("Expired", "sms", SmsState.FAILED),
        ("Failed", "", SmsState.FAILED),
        ("Cancelled", "sms", SmsState.FAILED),
        ("Rejected", "sms", SmsState.FAILED),
        ("Expired", "viber", SmsState.WAITING),
        ("Teleported", "sms", SmsState.WAITING),
        (None, None, SmsState.WAITING),
    ],
)
def test_a_status_in_our_words(word: str | None, via: str | None, state: SmsState) -> None:
    assert sorted_status({"status": word, "type": via, "response_code": 0}).state is state


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 1),
        ("a" * 160, 1),
        ("a" * 161, 2),
        ("a" * 306, 2),
        ("a" * 307, 3),
        ("€" * 80, 1),
        ("a" * 159 + "€", 2),
        ("a" * 152 + "€" + "a" * 151 + "b", 3),  # no letter is torn in two
        ("ї" * 70, 1),
        ("ї" * 71, 2),
        ("ї" * 134, 2),
        ("ї" * 135, 3),
        ("a" * 69 + "😀", 2),
    ],
)
def test_the_parts_of_an_sms(text: str, count: int) -> None:
    assert parts(text) == count


@pytest.mark.parametrize(
    "text", ["слово " * 300, "word " * 800, "ї" * 900, "так https://a.example/" + "x" * 700]
)
def test_a_long_text_is_cut_before_a_word_and_marked(text: str) -> None:
    cut = fitted(text)
    assert parts(cut) <= 10
    assert len(cut) <= (1521 if cut.isascii() else 661)
    assert cut.endswith(("...", "…"))
    assert "https" not in cut
    assert fitted("коротко") == "коротко"
    assert parts(fitted(text, most=2)) <= 2


@pytest.mark.parametrize(
    ("screen", "words"),
    [
        ("<b>а</b> &amp; <i>б</i>", "а & б"),
        ('<a href="https://a.example/">https://a.example/</a>', "https://a.example/"),
        ('<a href="tg://user?id=1">Олена</a>', "Олена"),
        ("а\n\n\n\nб\x00\r", "а\n\nб"),
        ("1 &lt; 2 &lt;b&gt;", "1 < 2 <b>"),
        ("<blockquote>а</blockquote>", "а"),
    ],
)
def test_a_screen_as_plain_words(screen: str, words: str) -> None:
    assert plain(screen) == words
