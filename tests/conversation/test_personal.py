"""What each member decides alone: shift, sound, quiet hours, the name that buyers read, and to leave."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.demo.person import Person
from models.duty import answering, covered, hushed, on_duty, quiet_at
from models.errors import NoSuchOrder, NotAllowed
from models.people import Account, Messenger
from models.roles import Role
from models.shop import Member
from models.worktime import WorkSchedule
from models.worktime_text import HoursError, read_span
from tests.conversation.hands import (
    bare,
    calm,
    card,
    count,
    forge,
    is_on_viber,
    later,
    press,
    taken_in,
    told,
    types,
)
from tests.conversation.team import NO_ACCESS, heard, place_of, removes, settles, taps
from tests.conversation.test_team_settings import account_of
from tests.hostile.texts import HOSTILE
from tests.stage import Stage, TheClock, open_stage

BEHIND = "у кабінеті ще не змінено"
OF_SOUND = ["Вимкнути звук", "Тихі години"]


def rung(number: str, *people: Person) -> list[int]:
    return [sum(f"№{number}" in text for text in heard(person)) for person in people]


# ------------------------------------------------------------ whose
@pytest.mark.case("M2")
@pytest.mark.parametrize(
    ("role", "words"),
    [
        (
            Role.MANAGER,
            ["Я не на зміні", "Вимкнути звук", "Тихі години", "Мій підпис", "Мова", "Вийти з команди"],
        ),
        (
            Role.PACKER,
            ["Я не на зміні", "Вимкнути звук", "Тихі години", "Мій підпис", "Мова", "Вийти з команди"],
        ),
        (Role.OBSERVER, ["Я не на зміні", "Вимкнути звук", "Тихі години", "Мова", "Вийти з команди"]),
    ],
)
async def test_everybody_who_is_no_owner_finds_just_their_own(
    stage: Stage, role: Role, words: list[str]
) -> None:
    ivan = await stage.hires("Іван", role)
    own = await types(stage, ivan, "/settings")
    if is_on_viber(ivan):
        words = [word for word in words if word not in OF_SOUND]
    assert [bare(label) for label in own.labels] == words
    if role is Role.OBSERVER:
        for to in ("sign", "unsign"):
            assert "роль" in await forge(stage, ivan, f"me:{stage.shop.shop.id}:{to}")


OWN = (
    "look",
    "on",
    "off",
    "aloud",
    "mute",
    "quiet",
    "unquiet",
    "sign",
    "unsign",
    "leave",
    "leave_yes",
    "shops",
)


@pytest.mark.case("C2", "C3", "M1")
async def test_nobody_sets_anything_in_a_shop_where_they_do_not_work(stage: Stage) -> None:
    gone = await stage.hires("Колишня")
    await settles(stage, gone, "Мій підпис")
    shown = await types(stage, gone, "Галя")
    await removes(stage, stage.owner, gone)
    rival = stage.fake.person("Суперник")
    other = await stage.app.shops.open("Чужий", "rozetka", WorkSchedule.parse("Mon-Sun 00:00-24:00"))
    await types(stage, rival, f"/start {other.invite.start}")
    for to in OWN:
        for person in (gone, rival):
            assert await forge(stage, person, f"me:{stage.shop.shop.id}:{to}") == NO_ACCESS, to
    assert "вже не діє" in await gone.presses("Зберегти", on=shown).answered(20)
    place = await place_of(stage, gone)
    assert (place.sound, place.quiet_from, place.signature) == (True, None, None)
    shops, shop, by = stage.app.shops, stage.shop.shop.id, await account_of(stage, rival)
    for asked in (
        shops.own(shop, by),
        shops.set_shift(shop, by, on=False),
        shops.set_sound(shop, by, on=False),
        shops.set_quiet(shop, by, (0, 1)),
        shops.set_signature(shop, by, "Я"),
        shops.leave(shop, by, cause="c"),
    ):
        with pytest.raises(NoSuchOrder):
            await asked


async def test_use_cases_look_at_what_they_are_given(stage: Stage) -> None:
    shops, shop, by = stage.app.shops, stage.shop.shop.id, await account_of(stage, stage.owner)
    for name in ("", "1 2 3", "я" * 41, "а\nб"):
        with pytest.raises(NotAllowed, match="bad_signature"):
            await shops.set_signature(shop, by, name)
    for span in ((60, 60), (-1, 5), (0, 1440)):
        with pytest.raises(NotAllowed, match="bad_quiet"):
            await shops.set_quiet(shop, by, span)


async def test_who_works_in_several_shops_says_which_and_sets_each_alone(stage: Stage) -> None:
    second = await stage.app.shops.open("Друга", "own", WorkSchedule.parse("Mon 9-18"))
    ivan = await stage.hires("Іван")
    await types(stage, ivan, f"/start {second.invite.start}")
    asked = await types(stage, ivan, "/settings")
    shops = ["Самовар · ROZETKA", "Друга · сайт магазину"]
    assert asked.labels == shops
    own = await taps(stage, ivan, "Самовар", "Я не на зміні")
    assert "Самовар · ви менеджер" in own.text
    assert "⚪️ Ви не на зміні" in own.text
    menu = await taps(stage, ivan, "Назад", "Друга")
    assert "Години роботи" in " ".join(menu.labels), "there he is the owner"
    own = await taps(stage, ivan, "Мої налаштування")
    assert "Друга · ви власник" in own.text
    assert "🟢 Ви на зміні" in own.text
    assert (await taps(stage, ivan, "Назад", "Назад")).labels == shops


# ------------------------------------------------------------ shift
async def test_who_is_off_shift_is_not_rung_and_who_is_on_is(stage: Stage) -> None:
    ivan, petro = await stage.hires("Іван"), await stage.hires("Петро")
    own = await settles(stage, ivan, "Я не на зміні")
    assert "дзвонять тим, хто на зміні" in own.text
    number = await taken_in(stage)
    assert rung(number, stage.owner, ivan, petro) == [1, 0, 1]
    await later(stage, minutes=90)
    assert rung(number, stage.owner, ivan, petro) == [2, 0, 2]
    await later(stage, minutes=30)
    await taps(stage, ivan, "Я на зміні")
    assert rung(await taken_in(stage), stage.owner, ivan, petro) == [1, 1, 1]


async def test_where_nobody_is_on_shift_everybody_is_rung_and_told_so(stage: Stage) -> None:
    ivan, packer = await stage.hires("Іван"), await stage.hires("Петро", Role.PACKER)
    own = await settles(stage, ivan, "Я не на зміні")
    assert "нікого" not in own.text
    own = await settles(stage, stage.owner, "Мої налаштування", "Я не на зміні")
    assert "Зараз на зміні нікого, хто міг би взяти замовлення, тому дзвонить усім" in own.text
    assert "дзвонять тим, хто на зміні" not in own.text
    assert "тому дзвонить усім" in (await settles(stage, stage.owner, "Команда")).text
    number = await taken_in(stage)
    assert rung(number, stage.owner, ivan, packer) == [1, 1, 1], "a packer alone can take nothing"
    await settles(stage, stage.owner, "Мої налаштування", "Я на зміні")
    assert rung(await taken_in(stage), stage.owner, ivan, packer) == [1, 0, 1]
    stage.owner.blocks_bot()
    await calm(stage)
    assert rung(await taken_in(stage), ivan, packer) == [1, 1], "on shift, and yet out of reach"


async def test_who_holds_an_order_and_goes_off_shift_leaves_its_reminders_to_who_is_on(stage: Stage) -> None:
    ivan = await stage.hires("Іван")
    answer = await stage.orders()
    await calm(stage)
    number = answer["number"]
    await press(stage, ivan, "Беру в роботу", number)
    await settles(stage, ivan, "Я не на зміні")
    maria = await stage.buyer("Марія", answer)
    await types(stage, maria, "А можна синій?")
    await later(stage, minutes=90)
    assert [count(person, BEHIND) for person in (stage.owner, ivan)] == [1, 0]
    assert [count(person, "А можна синій?") for person in (stage.owner, ivan)] == [1, 0]
    assert "Веде: Іван" in card(ivan, number).text, "it is still his"


async def test_the_holder_is_reminded_all_the_same_where_nobody_else_is_on(stage: Stage) -> None:
    ivan = await stage.hires("Іван")
    number = await taken_in(stage)
    await press(stage, ivan, "Беру в роботу", number)
    await settles(stage, ivan, "Я не на зміні")
    await settles(stage, stage.owner, "Мої налаштування", "Я не на зміні")
    await later(stage, minutes=90)
    assert [count(person, BEHIND) for person in (stage.owner, ivan)] == [0, 1]


async def test_an_owner_off_shift_hears_what_owners_hear(stage: Stage) -> None:
    ivan = await stage.hires("Іван")
    own = await settles(stage, stage.owner, "Мої налаштування", "Я не на зміні")
    assert "вам як власнику приходять завжди" in own.text
    number = await taken_in(stage)
    await press(stage, ivan, "Беру в роботу", number)
    await later(stage, hours=2)
    assert BEHIND in stage.owner.screen.text, "the term is over: the owner hears of it"
    await stage.hires("Новенький")


def staff(*people: tuple[int, Role, bool]) -> list[Member]:
    return [Member(id=number, role=role, on_shift=on) for number, role, on in people]


OWNER, MANAGER, PACKER, OBSERVER = Role.OWNER, Role.MANAGER, Role.PACKER, Role.OBSERVER


@pytest.mark.parametrize(
    ("people", "ringing", "held_by_2"),
    [
        ([(1, OWNER, True), (2, MANAGER, True)], [1, 2], [2]),
        ([(1, OWNER, True), (2, MANAGER, False)], [1], [1]),
        ([(1, OWNER, False), (2, MANAGER, True)], [2], [2]),
        ([(1, OWNER, False), (2, MANAGER, False)], [1, 2], [2]),
        ([(1, OWNER, False), (2, PACKER, True)], [1, 2], [2]),
        ([(1, OWNER, False), (2, PACKER, False), (3, OBSERVER, True)], [1, 2, 3], [2]),
        ([(1, OWNER, True), (3, OBSERVER, False)], [1], [1]),
        ([(1, OWNER, False), (3, MANAGER, False)], [1, 3], [1, 3]),
        ([], [], []),
    ],
)
def test_who_is_rung_by_whom_is_on_shift(
    people: list[tuple[int, Role, bool]], ringing: list[int], held_by_2: list[int]
) -> None:
    members = staff(*people)
    assert [member.id for member in on_duty(members)] == ringing
    assert [member.id for member in answering(members, 2)] == held_by_2


@given(st.lists(st.tuples(st.sampled_from(Role), st.booleans()), min_size=1, max_size=6), st.integers(0, 6))
def test_somebody_is_always_rung(people: list[tuple[Role, bool]], holder: int) -> None:
    members = staff(*((number, role, on) for number, (role, on) in enumerate(people)))
    assert on_duty(members)
    assert answering(members, holder)
    if covered(members):
        assert all(member.on_shift for member in on_duty(members))
        assert all(member.on_shift for member in answering(members, holder))


# ------------------------------------------------------------ sound
SILENCE = pytest.mark.only_on("telegram", "Viber has no messages without a sound")


@pytest.mark.only_on("viber", "where messages can be silent, they are")
async def test_on_viber_no_silence_is_offered_and_who_wants_some_is_told_what_helps(stage: Stage) -> None:
    ivan = await stage.hires("Іван")
    for to in ("look", "mute", "quiet"):  # of a screen of old
        own = await forge(stage, ivan, f"me:{stage.shop.shop.id}:{to}")
        assert "вимикайте його для цього чату в самому Viber" in own
        assert not set(OF_SOUND) & {bare(label) for label in ivan.screen.labels}
    assert (await place_of(stage, ivan)).sound
    for command in ("/help", "/stop"):
        assert "тихі" not in (await types(stage, ivan, command)).text.lower()


def test_a_wish_for_silence_from_before_puts_nothing_off_on_viber() -> None:
    now = datetime(2026, 3, 2, 20, tzinfo=UTC)
    for messenger in Messenger:
        member = Member(account=Account(messenger=messenger), sound=False)
        assert hushed(member, now) is (messenger is Messenger.TELEGRAM)


@SILENCE
async def test_without_sound_everything_comes_at_its_moment_and_silently(stage: Stage) -> None:
    ivan = await stage.hires("Іван")
    own = await settles(stage, ivan, "Вимкнути звук")
    assert "🔕 Звук вимкнено: усе приходить вчасно, але беззвучно." in own.text
    number = await taken_in(stage)
    assert [card(person, number).silent for person in (stage.owner, ivan)] == [False, True]
    await later(stage, minutes=90)
    assert [card(person, number).silent for person in (stage.owner, ivan)] == [False, True]
    assert await told(stage, number, "untouched") == [("sent", None)] * 2
    await taps(stage, ivan, "Увімкнути звук")
    assert not card(ivan, await taken_in(stage)).silent


@SILENCE
async def test_quiet_hours_are_silent_by_the_shops_clock_over_midnight(database_url: str) -> None:
    """Open day and night, so that nothing else is silent; 19:59 UTC is 21:59 in Kyiv."""
    clock = TheClock(datetime(2026, 3, 2, 19, 59, tzinfo=UTC))
    async with open_stage(database_url, hours="Mon-Sun 00:00-24:00", clock=clock) as stage:
        ivan = await stage.hires("Іван")
        await settles(stage, ivan, "Тихі години")
        shown = await types(stage, ivan, "22-8")
        assert "Самовар: без звуку 22:00–08:00. Зберегти?" in shown.text
        own = await taps(stage, ivan, "Зберегти")
        assert "✅ Збережено." in own.text
        assert "🌙 Тихі години 22:00–08:00" in own.text

        async def silent() -> list[bool]:
            number = await taken_in(stage)
            return [card(person, number).silent for person in (stage.owner, ivan)]

        assert await silent() == [False, False]
        await later(stage, minutes=1)
        assert await silent() == [False, True]
        await later(stage, hours=9, minutes=59)
        assert await silent() == [False, True]
        await later(stage, minutes=1)
        assert await silent() == [False, False]
        await settles(stage, ivan, "Тихі години", "Без тихих годин")
        await later(stage, hours=14)
        assert await silent() == [False, False]


@SILENCE
async def test_many_at_once_are_as_silent_as_one(stage: Stage) -> None:
    ivan = await stage.hires("Іван")
    await settles(stage, ivan, "Вимкнути звук")
    for _ in range(7):
        await stage.orders()
    await later(stage, minutes=90)
    assert "7 сповіщень одним списком" in ivan.screen.text
    assert ivan.screen.silent
    assert not stage.owner.screen.silent


SPANS = [
    ("22:00-08:00", (1320, 480)),
    ("22-8", (1320, 480)),
    ("з 22 до 8", (1320, 480)),
    ("22.00 – 8.00", (1320, 480)),
    ("від 22:30 до 7:15", (1350, 435)),
    ("2200 0800", (1320, 480)),
    ("22:00–24:00", (1320, 0)),
    ("13 14", (780, 840)),
    ("  0:00-6:00\n", (0, 360)),
]
NO_SPANS = [
    ("", "empty"),
    (" - ", "empty"),
    ("22", "unreadable"),
    ("22-8, 13-14", "unreadable"),
    ("22-22", "unreadable"),
    ("0-24", "unreadable"),
    ("вночі", "unreadable"),
    ("25-8", "unreadable"),
    ("22:75-8", "unreadable"),
    ("Пн 22-8", "unreadable"),
    ("цілодобово", "unreadable"),
    ("<b>22</b>", "unreadable"),
]


@pytest.mark.parametrize(("text", "span"), SPANS)
def test_quiet_hours_are_read_as_people_write_them(text: str, span: tuple[int, int]) -> None:
    assert read_span(text) == span


@pytest.mark.parametrize(("text", "kind"), NO_SPANS)
def test_what_are_no_quiet_hours_is_refused(text: str, kind: str) -> None:
    with pytest.raises(HoursError) as wrong:
        read_span(text)
    assert wrong.value.kind == kind


@given(st.text(max_size=60))
def test_any_text_is_a_span_or_refused(text: str) -> None:
    try:
        start, end = read_span(text)
    except HoursError:
        return
    assert 0 <= start < 1440
    assert 0 <= end < 1440
    assert start != end


@given(st.integers(0, 1439), st.integers(0, 1439), st.integers(0, 1439))
def test_a_minute_is_quiet_if_one_meets_it_on_the_way_from_start_to_end(
    minute: int, start: int, end: int
) -> None:
    if start != end:
        assert quiet_at(minute, start, end) == ((minute - start) % 1440 < (end - start) % 1440)


# ------------------------------------------------------------ typing
@SILENCE
async def test_what_cannot_be_understood_is_explained_and_asked_for_again(stage: Stage) -> None:
    ivan = await stage.hires("Іван")
    await settles(stage, ivan, "Тихі години")
    for text, said in (
        ("вночі", "Не зрозуміли «вночі»"),
        ("-", "Тут немає часу"),
        ("8-8", "Не зрозуміли «8-8»"),
    ):
        answer = await types(stage, ivan, text)
        assert said in answer.text
        assert "22:00-08:00" in answer.text
    ivan.sends_sticker()
    await calm(stage)
    assert "лише текст" in ivan.screen.text
    await types(stage, ivan, "23:00-07:00")
    assert "🌙 Тихі години 23:00–07:00" in (await taps(stage, ivan, "Зберегти")).text


async def test_typed_anew_the_newer_counts_and_what_was_left_does_not(stage: Stage) -> None:
    ivan = await stage.hires("Іван")
    await settles(stage, ivan, "Мій підпис")
    first = await types(stage, ivan, "Іванко")
    second = await types(stage, ivan, "Іван")
    assert "вже не діє" in await ivan.presses("Зберегти", on=first).answered(20)
    await ivan.presses("Назад", on=second).answered(20)
    assert "вже не діє" in await forge(stage, ivan, "v:000000000000")
    assert (await place_of(stage, ivan)).signature is None
    await settles(stage, ivan, "Мій підпис")
    await types(stage, ivan, "/cancel")
    assert "Не зрозуміли повідомлення" in (await types(stage, ivan, "Іван")).text
    assert (await place_of(stage, ivan)).signature is None


async def test_a_question_of_the_shops_settings_is_another_than_ones_own(stage: Stage) -> None:
    """Walking from one into the other, what is typed answers the last that was asked."""
    await settles(stage, stage.owner, "Мої налаштування", "Мій підпис")
    asked = stage.owner.screen
    await settles(stage, stage.owner, "Години роботи", "Змінити")
    assert "Зрозуміли так: щодня 08:00–22:00" in (await types(stage, stage.owner, "щодня 8-22")).text
    await stage.owner.presses("Назад", on=asked).answered(20)
    assert "Не зрозуміли повідомлення" in (await types(stage, stage.owner, "щодня 8-22")).text


# ------------------------------------------------------------ the signature
@pytest.mark.rule("G09")
async def test_a_buyer_reads_the_name_that_the_member_chose_and_never_an_accounts(stage: Stage) -> None:
    ivan = await stage.hires("Рахунок Івана")
    answer = await stage.orders()
    maria = await stage.buyer("Марія", answer)
    await calm(stage)

    async def writes(text: str) -> str:
        await press(stage, ivan, "Написати покупцю", answer["number"])
        asked = ivan.screen.text
        await types(stage, ivan, text)
        title, _, said = (await maria.sees(text)).text.partition("\n")
        assert said == text
        signed = title.partition(" · ")[2].removesuffix(":")
        assert f"підпис: {signed}." in asked or signed.startswith("Ваш магазин")
        return signed

    assert await writes("Раз") == "Ваш магазин «Самовар»"
    await settles(stage, ivan, "Мій підпис")
    shown = await types(stage, ivan, "  Олена \n Іванівна\u202e ")
    assert "Покупець побачить: Олена Іванівна, магазин «Самовар». Зберегти?" in shown.text
    own = await taps(stage, ivan, "Зберегти")
    assert "Ваш підпис для покупців: Олена Іванівна, магазин «Самовар»" in own.text
    assert await writes("Два") == "Олена Іванівна, магазин «Самовар»"
    await settles(stage, ivan, "Мій підпис", "Без мого імені")
    assert await writes("Три") == "Ваш магазин «Самовар»"
    assert count(maria, "Рахунок") == 0


async def test_a_signature_is_a_name_and_hostile_ones_are_shown_to_the_letter(stage: Stage) -> None:
    answer = await stage.orders()
    maria = await stage.buyer("Марія", answer)
    await calm(stage)
    for at, word in enumerate([*HOSTILE, "я" * 40, "я" * 41, "12"]):
        await settles(stage, stage.owner, "Мої налаштування", "Мій підпис")
        shown = await types(stage, stage.owner, word)
        if "Зберегти?" not in shown.text:
            assert "Підпис — це ім'я до 40 знаків" in shown.text, word
            continue
        await taps(stage, stage.owner, "Зберегти")
        name = (await place_of(stage, stage.owner)).signature
        assert name is not None
        await press(stage, stage.owner, "Написати покупцю", answer["number"])
        await types(stage, stage.owner, f"слово {at}")
        assert f"{name}, магазин «Самовар»" in (await maria.sees(f"слово {at}")).text
    assert stage.app.worker is not None
    assert stage.app.worker.dead == 0


# ------------------------------------------------------------ leaving
@pytest.mark.case("C2", "M6", "K14")
async def test_who_leaves_is_out_at_once_and_his_orders_are_everybodys(stage: Stage) -> None:
    ivan = await stage.hires("Іван")
    number = await taken_in(stage)
    await press(stage, ivan, "Беру в роботу", number)
    asked = await settles(stage, ivan, "Вийти з команди")
    assert "Повернутися можна лише за новим запрошенням" in asked.text
    await taps(stage, ivan, "Ні")
    assert (await place_of(stage, ivan)).active
    left = await settles(stage, ivan, "Вийти з команди", "Так, вийти")
    assert left.text.startswith("Ви більше не в команді магазину «Самовар».")
    assert left.labels == []
    assert await press(stage, ivan, "Дані підтверджено", number) == NO_ACCESS
    assert "за власним бажанням" in stage.owner.screen.text
    await later(stage, minutes=90)
    assert [count(person, BEHIND) for person in (stage.owner, ivan)] == [1, 0]
    assert count(ivan, "Вас прибрано") == 0, "he knows"
