"""The privacy notice, the consent that is written down, the data to take along, and what must not go out."""

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import make_url, select
from sqlalchemy.orm import Session

from bot import notify
from bot.app import words_in
from bot.demo.person import Person
from bot.recipients import RULES, Audience, Rule
from bot.secret import open_to_others
from models.order import Order
from models.outbox import Notice, Notification, NotificationState
from models.people import NOTICE_VERSION, Account
from tests.conversation.hands import account_of, bare, calm, count, in_database, is_on_viber, press, types
from tests.privacy import leaks
from tests.stage import MONDAY, Stage, open_stage

DIGESTS = {"2026-03": "cd4807483ae96a49"}
"""What each version of the notice said: whoever changes its words gives it a new version."""


def stored(session: Session, person: Person) -> Account:
    return session.scalars(select(Account).where(account_of(person))).one()


def test_other_words_are_another_version() -> None:
    said = words_in("uk")("privacy-text", version="")
    assert hashlib.sha256(said.encode()).hexdigest()[:16] == DIGESTS[NOTICE_VERSION]


async def test_anybody_may_read_the_notice_and_a_buyer_sees_whose_it_is(stage: Stage) -> None:
    nobody = stage.fake.person("Хтось")
    text = (await types(stage, nobody, "/privacy")).text
    for part in ("Володілець", "Розпорядник", "Які дані", "Навіщо", "Скільки зберігаємо", "Ваші права"):
        assert part in text
    for command in ("/stop", "/forget"):
        assert command in text
    assert nobody.screen.labels == []
    taken = await stage.orders()
    maria = await stage.buyer("Марія", taken)
    shown = await types(stage, maria, "/privacy")
    assert "Ваші дані тут обробляють: «Самовар»" in shown.text
    assert [bare(label) for label in shown.labels] == [
        "Мої дані",
        "Вимкнути повідомлення",
        "Видалити мої дані",
    ]
    await maria.presses("Видалити мої дані").answered(20)
    await maria.sees("Видалити ваші дані з бота?")
    await types(stage, maria, "/privacy")
    await maria.presses("Вимкнути повідомлення").answered(20)
    await maria.sees("Повідомлення вимкнено")


@pytest.mark.case("K10")
@pytest.mark.parametrize("asked", [True, False])
async def test_the_first_message_names_the_notice_and_its_version_and_time_are_kept(
    stage: Stage, asked: bool
) -> None:
    taken = await stage.orders(do_not_call=asked)
    maria = await stage.buyer("Марія", taken)
    await calm(stage)
    first = next(message for message in maria.messages if message.sender is not maria.user)
    assert "/privacy" in first.text
    account = await in_database(stage, lambda session: stored(session, maria))
    assert (account.notice_version, account.notice_at) == (NOTICE_VERSION, MONDAY)
    again = await stage.orders(do_not_call=asked)
    await types(stage, maria, f"/start {again['buyer']['start']}")
    assert count(maria, "/privacy") == 1


async def test_a_hundred_goods_and_the_notice_fit_into_one_message(stage: Stage) -> None:
    lines = [{"title": "Чайник «Пектораль» " + "я" * 140, "quantity": 1, "price": "1.00"}] * 100
    taken = await stage.orders(do_not_call=True, lines=lines)
    maria = await stage.buyer("Марія", taken)
    await calm(stage)
    assert "/privacy" in maria.screen.text
    assert "Все правильно?" in maria.screen.text


# ------------------------------------------------------------ the data to take along


def newest_file(person: Person) -> dict[str, Any]:
    """On Viber."""
    return dict(next(m.content["file"] for m in person.chat.newest_first() if "file" in m.content))


async def taken_along(stage: Stage, person: Person) -> dict[str, Any]:
    """The newest file in her chat."""
    if is_on_viber(person):
        file = newest_file(person)
        assert file["file_name"] == "orderbell-data.json"
        async with stage.http.get(file["media"]) as answer:
            return dict(await answer.json(content_type=None))
    message = next(m for m in person.chat.newest_first() if "document" in m.content)
    stored = stage.fake.world.files.by_id(message.content["document"]["file_id"])
    assert stored.name == "orderbell-data.json"
    return dict(json.loads(stored.data))


async def asks_for_data(stage: Stage, person: Person) -> dict[str, Any]:
    await types(stage, person, "/privacy")
    await person.presses("Мої дані").answered(20)
    await calm(stage)
    return await taken_along(stage, person)


HOME = {
    "buyer": {"name": "Марія Непийвода", "phone": "+380671234567", "email": "maria@example.com"},
    "delivery": {"carrier": "own", "address": "Київ, вул. Пектораль, 7"},
    "comment": "чохол до чайника",
}


@pytest.mark.case("K9")
async def test_a_buyer_takes_along_their_own_data_and_nobody_elses(stage: Stage) -> None:
    maria = stage.fake.person("Марія", phone="380671234567")
    mine = [await stage.orders(**HOME) for _ in range(2)]
    for taken in mine:
        await types(stage, maria, f"/start {taken['buyer']['start']}")
    other = await stage.orders(buyer={"name": "Петро Інший", "phone": "+380501112233"})
    petro = await stage.buyer("Петро", other)
    await types(stage, petro, "Це пише Петро")
    await types(stage, maria, "/orders")
    await asks_for_data(stage, maria)
    if not is_on_viber(maria):  # there a number proves nothing, and the shop tells the rest
        maria.taps("Надіслати мій номер")
        await calm(stage)
    data = await taken_along(stage, maria)
    assert [order["number"] for order in data["orders"]] == [taken["number"] for taken in mine]
    for order in data["orders"]:
        assert order["total"] == "640.00"
        if is_on_viber(maria):
            continue
        assert order["buyer"] == {
            "name": "Марія Непийвода",
            "phone": "+380671234567",
            "email": "maria@example.com",
            "pickup_rate": None,
        }
        assert order["delivery"]["address"] == "Київ, вул. Пектораль, 7"
        assert order["comment"] == "чохол до чайника"
    text = json.dumps(data, ensure_ascii=False)
    for foreign in ("Петро", "501112233", other["number"], "Олена"):
        assert foreign not in text
    assert data["you"]["messenger_id"] == str(maria.id)
    assert data["you"]["privacy_notice"]["version"] == NOTICE_VERSION


@pytest.mark.case("K9")
async def test_who_only_has_the_link_is_not_told_who_the_buyer_is(stage: Stage) -> None:
    """Whoever opened a link may be a stranger with a wrong number (rules 1.8.9)."""
    taken = await stage.orders(**HOME)
    petro = stage.fake.person("Петро", phone="380501112233")
    await types(stage, petro, f"/start {taken['buyer']['start']}")
    data = await asks_for_data(stage, petro)
    asked = "назвати лише магазин" if is_on_viber(petro) else "підтвердьте, що номер із замовлення ваш"
    await petro.sees(asked)
    hidden = ("Непийвода", "671234567", "maria@example.com", "вул. Пектораль", "чохол")
    assert not any(word in json.dumps(data, ensure_ascii=False) for word in hidden)
    assert data["orders"][0]["buyer"]["phone"] == "...4567"
    maria = stage.fake.person("Марія", phone="380671234567")
    petro.shares_contact(maria)
    if is_on_viber(petro):
        await calm(stage)
        await asks_for_data(stage, petro)
    else:
        await petro.sees("Це не ваш контакт")
        petro.taps("Надіслати мій номер")
        await petro.sees("На цей номер тут замовлень немає")
    again = await taken_along(stage, petro)
    if is_on_viber(petro):  # what he has handed in himself is his own
        (talk,) = (order.pop("messages") for order in again["orders"])
        assert "671234567" in json.dumps(talk)
    assert again["orders"][0]["buyer"]["phone"] == "...4567"
    assert not any(word in json.dumps(again, ensure_ascii=False) for word in hidden)


async def test_who_wants_no_more_says_so_and_other_words_go_to_the_shop(stage: Stage) -> None:
    maria = await stage.buyer("Марія", await stage.orders())
    await asks_for_data(stage, maria)
    if not is_on_viber(maria):
        maria.taps("Не потрібно")
        await maria.sees("Гаразд.")
        await asks_for_data(stage, maria)
    await types(stage, maria, "Коли відправите?")
    await stage.owner.sees("Коли відправите?")


async def test_the_file_is_taken_back_when_the_buyer_is_forgotten(stage: Stage) -> None:
    maria = await stage.buyer("Марія", await stage.orders())
    await asks_for_data(stage, maria)
    asked = await types(stage, maria, "/forget")
    await maria.presses("Так, видалити", on=asked).answered(20)
    await calm(stage)
    await stage.goes(seconds=6)
    if is_on_viber(maria):  # which takes nothing back: so it is said that the person does
        assert "видаліть цей чат самі, разом із файлом" in maria.screen.text
    assert not [message for message in maria.messages if "document" in message.content]


@pytest.mark.only_on("viber", "which fetches files by their address")
@pytest.mark.parametrize("by", ["the buyer", "an owner"])
async def test_the_address_of_a_file_opens_nothing_from_the_moment_on(stage: Stage, by: str) -> None:
    """The export, and what a seller has taken along; of another buyer each goes on to open."""
    owner = stage.owner
    taken = [await stage.orders(), await stage.orders(buyer={"name": "Петро", "phone": "+380501112233"})]
    addresses: list[list[str]] = []
    people = [await stage.buyer("Марія", taken[0]), await stage.buyer("Петро", taken[1])]
    for person, order in zip(people, taken, strict=True):
        await types(stage, person, "Коли відправите?")
        await asks_for_data(stage, person)
        await press(stage, owner, "Історія", order["number"])
        await owner.presses("Листування файлом").answered(20)
        await calm(stage)
        addresses.append([newest_file(one)["media"] for one in (person, owner)])
    assert await opens(stage, addresses) == [[200, 200], [200, 200]]
    if by == "the buyer":
        asked = await types(stage, people[0], "/forget")
        await people[0].presses("Так, видалити", on=asked).answered(20)
    else:
        await stage.happens(taken[0]["number"], type="buyer_cancelled")
        await calm(stage)
        await press(stage, owner, "Історія", taken[0]["number"])
        await owner.presses("Видалити дані покупця").answered(20)
        await owner.presses("Так, видалити").answered(20)
    assert await opens(stage, addresses) == [[404, 404], [200, 200]]


async def opens(stage: Stage, addresses: list[list[str]]) -> list[list[int]]:
    return [[(await stage.http.get(one)).status for one in some] for some in addresses]


# ------------------------------------------------------------ what must not go out


@pytest.mark.case("K11")
@pytest.mark.parametrize(("consent", "state"), [(None, ("held", "no_consent")), (MONDAY, ("sent", None))])
async def test_advertising_goes_only_to_who_agreed(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, consent: object, state: tuple[str, str | None]
) -> None:
    monkeypatch.setitem(RULES, Notice.STILL_WAITING, Rule(Audience.BUYER, marketing=True))
    taken = await stage.orders()
    maria = await stage.buyer("Марія", taken)
    await stage.happens(taken["number"], type="status_changed", status="waiting")
    await calm(stage)

    def advertise(session: Session) -> None:
        stored(session, maria).marketing_at = consent  # type: ignore[assignment]
        order = session.scalars(select(Order)).one()
        notify.tell(session, Notice.STILL_WAITING, order, stage.clock(), generation="ad")

    await in_database(stage, advertise)
    await calm(stage)
    ad = select(Notification).where(Notification.kind == Notice.STILL_WAITING)
    row = await in_database(stage, lambda session: session.scalars(ad).one())
    gone_out = {NotificationState.DELIVERED: "sent"} if is_on_viber(maria) else {}
    assert (gone_out.get(row.state, row.state), row.reason) == state


@pytest.mark.case("K11")
async def test_who_takes_the_consent_back_hears_nothing_that_was_queued(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(RULES, Notice.STILL_WAITING, Rule(Audience.BUYER, marketing=True))
    taken = await stage.orders()
    maria = await stage.buyer("Марія", taken)

    def queued(session: Session) -> None:
        account = stored(session, maria)
        account.marketing_at = MONDAY
        order = session.scalars(select(Order)).one()
        notify.tell(session, Notice.STILL_WAITING, order, stage.clock(), generation="ad")
        account.marketing_at = None

    await in_database(stage, queued)
    await calm(stage)
    ad = select(Notification).where(Notification.kind == Notice.STILL_WAITING)
    row = await in_database(stage, lambda session: session.scalars(ad).one())
    assert (row.state, row.reason) == (NotificationState.HELD, "no_consent")


def test_nothing_advertises_today() -> None:
    assert [notice for notice, rule in RULES.items() if rule.marketing] == []


@pytest.mark.case("K3")
async def test_open_doors_and_error_pages_tell_of_nobody(stage: Stage) -> None:
    await stage.orders(**HOME)
    await calm(stage)
    for path in ("/healthz", "/readyz", "/metrics", "/nowhere", "/api/v1/orders/1", "/b/x"):
        async with stage.http.get(f"{stage.app.url}{path}") as answer:
            text = await answer.text()
        assert leaks(text) == [], path
        assert "Traceback" not in text
    broken = await stage.post(b"{", headers={"X-Name": "Непийвода"})
    assert leaks(json.dumps(broken.body, ensure_ascii=False)) == []


@pytest.mark.case("K4")
async def test_files_that_others_may_read_are_named_at_the_start(
    database_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    url = make_url(database_url)
    path = Path(str(url.database))
    if url.get_backend_name() != "sqlite":
        assert open_to_others(url) == []
        return
    path.chmod(0o600)
    assert open_to_others(url) == []
    path.chmod(0o644)
    async with open_stage(database_url):
        pass
    named = [record.getMessage() for record in caplog.records if "file_open_to_others" in record.getMessage()]
    assert any("'bot.db'" in line for line in named)
