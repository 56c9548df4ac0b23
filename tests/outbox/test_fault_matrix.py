"""Every channel fails in every way, before it has taken a message and after: the buyer is told, or the seller is
warned, and nobody is left untold in silence (issue 5, point 3; RC10, RC16, R51, C14).

What must come of each row is written down by hand: `told` are the ways by which the buyer knows at the end, `warned`
whether the seller has been told to call and the card is red. A mail in a mailbox tells nobody (C14).
"""

import shutil
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import pytest

from bot.demo.telegram.faults import Kind as Telegram
from bot.demo.viber import Person as ViberPerson
from bot.demo.viber.faults import Kind as Viber
from models.people import Messenger
from models.ways import EMAIL, FALLBACKS, SMS
from tests.outbox.buyers import MAIL, PHONE, World, open_world

CHAT = "chat"
FOR_EVER = None
Plan = Callable[[World], Awaitable[None] | None]
LETTERS = {Messenger.TELEGRAM: "sendMessage", Messenger.VIBER: "send_message"}


@dataclass(frozen=True)
class Row:
    """`letters`, `texts`, `mails`: how many messages the buyer holds at the end. A messenger cannot tell a repeat and
    marks it; TurboSMS can by its sequence_id; a mailbox knows it by its Message-ID."""

    fault: str
    breaks: Plan
    told: set[str]
    warned: bool
    letters: int = 0
    texts: int = 0
    mails: int = 0


def strikes(kind: Telegram | Viber, *, after: bool = False, times: int | None = FOR_EVER) -> Plan:
    """The messenger fails at this buyer's chat and at no other."""

    def plan(world: World) -> None:
        assert world.buyer is not None
        method = LETTERS[Messenger.TELEGRAM if isinstance(kind, Telegram) else Messenger.VIBER]
        world.stage.fake.faults.script(
            kind,  # type: ignore[arg-type] # each fake has the kinds of its own
            method=method,
            chat=world.buyer.chat.id,
            after=after,
            times=times,
            retry_after=3600,
            seconds=2.0,
        )

    return plan


def phone(does: Callable[[ViberPerson], object]) -> Plan:
    return lambda world: (does(cast(ViberPerson, world.buyer)), None)[1]


def _no_receipts(buyer: ViberPerson) -> None:
    buyer.user.devices = 0


async def _away(world: World) -> None:
    await world.stage.fake.goes_away()


TELEGRAM = (
    # before it has taken the message
    Row("blocked", strikes(Telegram.BLOCKED), {SMS}, False, texts=1),
    Row("no such chat", strikes(Telegram.NO_CHAT), {SMS}, False, texts=1),
    Row("refused for what it says", strikes(Telegram.CANT_PARSE), {SMS}, False, texts=1),
    Row("too many", strikes(Telegram.TOO_MANY), {SMS}, False, texts=1),
    Row("too many, once", strikes(Telegram.TOO_MANY, times=1), {SMS}, False, texts=1),
    Row("500", strikes(Telegram.SERVER_ERROR), {SMS}, False, texts=1),
    Row("500, twice", strikes(Telegram.SERVER_ERROR, times=2), {CHAT}, False, letters=1),
    Row("502", strikes(Telegram.BAD_GATEWAY), {SMS}, False, texts=1),
    Row("an empty answer", strikes(Telegram.EMPTY), {SMS}, False, texts=1),
    Row("half an answer", strikes(Telegram.HALF), {SMS}, False, texts=1),
    Row("the connection is cut", strikes(Telegram.RESET), {SMS}, False, texts=1),
    Row("it hangs", strikes(Telegram.HANG), {SMS}, False, texts=1),
    Row("it is too slow", strikes(Telegram.SLOW), {SMS}, False, texts=1),
    # after: nobody knows, and a second one says so
    Row("taken, 500", strikes(Telegram.SERVER_ERROR, after=True, times=1), {CHAT}, False, letters=2),
    Row("taken, 502", strikes(Telegram.BAD_GATEWAY, after=True, times=1), {CHAT}, False, letters=2),
    Row("taken, an empty answer", strikes(Telegram.EMPTY, after=True, times=1), {CHAT}, False, letters=2),
    Row("taken, half an answer", strikes(Telegram.HALF, after=True, times=1), {CHAT}, False, letters=2),
    Row("taken, cut", strikes(Telegram.RESET, after=True, times=1), {CHAT}, False, letters=2),
    Row("taken, it hangs", strikes(Telegram.HANG, after=True, times=1), {CHAT}, False, letters=2),
    Row("taken, nonsense", strikes(Telegram.UNDECODABLE), {CHAT}, False, letters=1),
)
VIBER = (
    Row("nobody is there", _away, {SMS}, False, texts=1),
    Row("not registered", strikes(Viber.NOT_REGISTERED), {SMS}, False, texts=1),
    Row("not subscribed", strikes(Viber.NOT_SUBSCRIBED), {SMS}, False, texts=1),
    Row("no device", strikes(Viber.NO_DEVICE), {SMS}, False, texts=1),
    Row("bad data", strikes(Viber.BAD_DATA), {SMS}, False, texts=1),
    Row("too old a phone", strikes(Viber.API_VERSION), {SMS}, False, texts=1),
    Row("the country", strikes(Viber.UNSUPPORTED_COUNTRY), {SMS}, False, texts=1),
    Row("too many", strikes(Viber.TOO_MANY), {SMS}, False, texts=1),
    Row("500", strikes(Viber.SERVER_ERROR), {SMS}, False, texts=1),
    Row("500, twice", strikes(Viber.SERVER_ERROR, times=2), {CHAT}, False, letters=1),
    Row("502", strikes(Viber.BAD_GATEWAY), {SMS}, False, texts=1),
    Row("an empty answer", strikes(Viber.EMPTY), {SMS}, False, texts=1),
    Row("half an answer", strikes(Viber.HALF), {SMS}, False, texts=1),
    Row("the connection is cut", strikes(Viber.RESET), {SMS}, False, texts=1),
    Row("it hangs", strikes(Viber.HANG), {SMS}, False, texts=1),
    Row("the buyer has left", phone(ViberPerson.blocks_bot), {SMS}, False, texts=1),
    Row("the account is gone", phone(ViberPerson.deletes_account), {SMS}, False, texts=1),
    # after
    Row("taken, 500", strikes(Viber.SERVER_ERROR, after=True, times=1), {CHAT}, False, letters=2),
    Row(
        "taken, no number", strikes(Viber.EMPTY, after=True, times=1), {CHAT, SMS}, False, letters=1, texts=1
    ),
    Row("taken, half an answer", strikes(Viber.HALF, after=True, times=1), {CHAT}, False, letters=2),
    Row("taken, cut", strikes(Viber.RESET, after=True, times=1), {CHAT}, False, letters=2),
    Row("taken, it hangs", strikes(Viber.HANG, after=True, times=1), {CHAT}, False, letters=2),
    Row("taken, not shown", phone(ViberPerson.rejects), {SMS}, False, texts=1),
    Row("taken, the phone is off", phone(ViberPerson.turns_off), {SMS}, False, texts=1),
    Row("shown, no receipt ever", phone(_no_receipts), {CHAT, SMS}, False, letters=1, texts=1),
)


def sms(**values: object) -> Plan:
    def plan(world: World) -> None:
        for name, value in values.items():
            setattr(world.sms, name, value)

    return plan


def fate(word: str | None) -> Plan:
    return lambda world: setattr(world, "fate", word)


def sms_half(word: str) -> Plan:
    def plan(world: World) -> None:
        world.fallen, world.fate = True, word

    return plan


def refused(code: int) -> Plan:
    return lambda world: world.sms.refusals.update({PHONE: code})


async def _no_sms(world: World) -> None:
    await world.sms.stop()


BY_SMS = (
    Row("the number is on the stop list", refused(404), set(), True, mails=1),
    Row("no such number", refused(305), set(), True, mails=1),
    Row("not this country", refused(406), set(), True, mails=1),
    Row("an unknown refusal", refused(431), set(), True, mails=1),
    Row("the token", sms(account=301), set(), True, mails=1),
    Row("no money", sms(account=203), set(), True, mails=1),
    Row("nobody is there", _no_sms, set(), True, mails=1),
    Row("503 in the answer", sms(always=503), set(), True, mails=1),
    Row("999 in the answer", sms(always=999), set(), True, mails=1),
    Row("429", sms(always="429"), set(), True, mails=1),
    Row("500", sms(always="500"), set(), True, mails=1),
    Row("500, once", sms(planted=["500"]), {SMS}, False, texts=1),
    Row("a page", sms(always="html"), set(), True, mails=1),
    Row("cut", sms(always="drop"), set(), True, mails=1),
    Row("it hangs", sms(always="hang"), set(), True, mails=1),
    Row("no template for Viber's half", sms(template=False), {SMS}, False, texts=1),
    # after
    Row("taken, cut once", sms(planted=["deaf"]), {SMS}, False, texts=1),
    Row("taken, always cut", sms(always="deaf"), {SMS}, True, texts=1, mails=1),
    Row("undelivered", fate("Undelivered"), set(), True, texts=1, mails=1),
    Row("rejected", fate("Rejected"), set(), True, texts=1, mails=1),
    Row("Viber's half expired, the SMS arrived", sms_half("Delivered"), {SMS}, False, texts=1),
    Row("Viber's half expired, no receipt ever", sms_half("Sent"), set(), True, texts=1, mails=1),
    Row("cancelled", fate("Cancelled"), set(), True, texts=1, mails=1),
    Row("failed", fate("Failed"), set(), True, texts=1, mails=1),
    Row("expired", fate("Expired"), set(), True, texts=1, mails=1),
    Row("sent, no receipt ever", fate("Sent"), set(), True, texts=1, mails=1),
    Row("queued, no receipt ever", fate(None), set(), True, texts=1, mails=1),
    Row("read", fate("Read"), {SMS}, False, texts=1),
)


def mail(**values: object) -> Plan:
    def plan(world: World) -> None:
        world.sms.refusals[PHONE] = 404
        for name, value in values.items():
            setattr(world.mail, name, value)

    return plan


async def _no_mail(world: World) -> None:
    world.sms.refusals[PHONE] = 404
    await world.mail.stop()


BY_MAIL = (
    Row("it is taken", mail(), set(), True, mails=1),
    Row("no mailbox", mail(refusals={MAIL: "550 5.1.1 no such user"}), set(), True),
    Row("the mailbox is full", mail(refusals={MAIL: "552 5.2.2 full"}), set(), True),
    Row("not now", mail(refusals={MAIL: "451 4.3.0 later"}), set(), True),
    Row("the sender is refused", mail(sender_refused="550 5.7.1 not you"), set(), True),
    Row("a user is wanted", mail(sender_refused="530 5.7.0 who are you"), set(), True),
    Row("the words are refused", mail(data_refused="554 5.7.1 spam"), set(), True),
    Row("the words wait", mail(data_refused="451 4.7.1 greylisted"), set(), True),
    Row("nobody is there", _no_mail, set(), True),
    Row("cut at MAIL", mail(drops="MAIL"), set(), True),
    Row("cut at RCPT", mail(drops="RCPT"), set(), True),
    Row("it hangs", mail(hangs="RCPT"), set(), True),
    Row("taken, cut", mail(drops="DATA"), set(), True, mails=1),
    Row("taken, it hangs", mail(hangs="DATA"), set(), True, mails=1),
)


def broken(row: Row) -> Row:
    """The same where all that comes after fails, too: who was told by the chat was told, and for all others the
    seller is warned."""

    async def breaks(world: World) -> None:
        world.sms.refusals[PHONE] = 404
        world.mail.refusals[MAIL] = "550 5.1.1 no such user"
        if (done := row.breaks(world)) is not None:
            await done

    told = row.told - {SMS}
    return Row(row.fault, breaks, told, SMS in row.told, letters=row.letters)


MATRIX: dict[str, tuple[Messenger, bool, tuple[Row, ...]]] = {
    "telegram": (Messenger.TELEGRAM, True, TELEGRAM),
    "telegram, and nothing after it": (Messenger.TELEGRAM, True, tuple(map(broken, TELEGRAM))),
    "viber": (Messenger.VIBER, True, VIBER),
    "viber, and nothing after it": (Messenger.VIBER, True, tuple(map(broken, VIBER))),
    "sms": (Messenger.TELEGRAM, False, BY_SMS),
    "e-mail": (Messenger.TELEGRAM, False, BY_MAIL),
}
"""Where the seller is, whether the buyer has a chat, and what goes wrong."""


IN_TEST_LONG = [name for name in MATRIX if name.endswith("nothing after it")]


@pytest.mark.parametrize(
    "channel", [pytest.param(name, marks=[pytest.mark.long] * (name in IN_TEST_LONG)) for name in MATRIX]
)
async def test_every_buyer_is_told_or_the_seller_is_warned(
    migrated_sqlite: Path, tmp_path: Path, channel: str, record_property: Callable[[str, object], None]
) -> None:
    """On SQLite alone: the ways are the same words on both."""
    messenger, chats, rows = MATRIX[channel]
    told = warned = silent = 0
    wrong = []
    for number, row in enumerate(rows):
        own = shutil.copy(migrated_sqlite, tmp_path / f"{number}.db")
        async with open_world(f"sqlite+aiosqlite:///{own}", messenger=messenger) as world:
            found, problems = await _met(world, row, chats=chats)
        wrong += [f"{row.fault}: {problem}" for problem in problems]
        told += bool(found.told)
        warned += found.warned
        silent += not found.told and not found.warned
    record_property(
        "figures", f"{channel} fails: {len(rows)} rows, {told} told, {warned} warned, {silent} silent"
    )
    assert not wrong, "\n".join(wrong)
    assert silent == 0


async def _met(world: World, row: Row, *, chats: bool) -> tuple[Row, list[str]]:
    if chats:
        await world.chats()
    done = row.breaks(world)
    if done is not None:
        await done
    if chats:
        await world.writes()
    else:
        await world.asks()
    await _long_enough(world)
    found = Row(
        row.fault,
        row.breaks,
        world.told(),
        world.warned(),
        len(world.letters()) if chats else 0,
        len(world.sms.phone(PHONE)),
        len({mail.message["Message-ID"] for mail in world.mail.mailbox(MAIL)}),
    )
    problems = [] if found == row else [f"came as {_shown(found)}, not as {_shown(row)}"]
    if await world.red() is not row.warned:
        problems.append("the card's red line")
    return found, problems + await _order_of(world)


async def _long_enough(world: World) -> None:
    """Until each way has had its time, and long after."""
    for minutes in (*[10] * 12, *[60] * 4):
        await world.goes(minutes=minutes)
    await world.stage.fake.comes_back()  # the seller's messenger is the buyer's
    await world.goes(minutes=10)


async def _order_of(world: World) -> list[str]:
    """One way after another, none begun after the buyer was told."""
    steps = await world.steps()
    ways = [step.channel for step in steps]
    problems = [] if sorted(ways, key=_place) == ways else [f"the order of {ways}"]
    if len(set(ways)) != len(ways):
        problems.append(f"one way twice: {ways}")
    told = [step for step in steps if step.state in ("delivered", "seen")]
    late = [step for step in steps if told and step.created_at > min(one.at for one in told)]
    return problems + [f"{step.channel} after it was told" for step in late]


def _place(way: str) -> int:
    return FALLBACKS.index(way) + 1 if way in FALLBACKS else 0


def _shown(row: Row) -> str:
    ways = ", ".join(sorted(row.told)) or "untold"
    return f"{ways}; warned: {row.warned}; {row.letters} letters, {row.texts} SMS, {row.mails} mails"


def test_the_matrix_has_every_channel_and_both_sides_of_acceptance() -> None:
    rows = sum(len(rows) for _, _, rows in MATRIX.values())
    assert rows >= 120
    assert {SMS, EMAIL} == set(FALLBACKS)
