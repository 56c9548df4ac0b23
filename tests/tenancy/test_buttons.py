"""Every button is forged over the wire by those it is not for: nothing changes, nothing is told, and the words are
those for what never was. The list of buttons is the package's own, the expectation is typed here."""

from collections import Counter
from collections.abc import Collection, Sequence

import pytest

from bot.demo.person import Person
from tests.conversation.hands import calm
from tests.conversation.team import NO_ACCESS
from tests.stage import Stage
from tests.tenancy.forgery import button_classes, forged
from tests.tenancy.test_use_cases import PRESSES, touched
from tests.tenancy.world import BUYERS, OUTSIDERS, TEAM, Dump, World, changed, peopled, secrets

ALL = frozenset(TEAM)
SELLERS, HANDS, OWNER = frozenset({"owner", "manager"}), ALL - {"observer"}, frozenset({"owner"})
NOBODY = frozenset[str]()

CHANGES: dict[str, frozenset[str]] = {
    "OrderButton": HANDS,  # a packer's actions are fewer: PRESSES
    "SkipButton": HANDS,
    "ReasonButton": SELLERS,
    "TakeAllButton": SELLERS,
    "HandButton": SELLERS,
    "MomentButton": HANDS,
    "TtnButton": HANDS,
    "UnreachedButton": HANDS,
    "SnoozeButton": HANDS,
    "LinkButton": HANDS,
    "LookButton": HANDS,  # the history says who had the buyer's number shown
    "EraseButton": OWNER,
    "AdmitButton": OWNER,
    "MemberButton": OWNER,
    "RoleButton": OWNER,
    "InviteButton": OWNER,
    "RevokeButton": OWNER,
    "DropDayButton": OWNER,
    "HolidaysButton": OWNER,
    "StepsButton": OWNER,
    "TextButton": OWNER,
    "KeysButton": OWNER,
    "ConfirmingButton": OWNER,
    "OneBellButton": OWNER,
    "SmsButton": OWNER,
    "ViberButton": OWNER,
    "ShopGroupButton": OWNER,
    "OwnButton": ALL,
    # to look, to choose, to turn a page
    "GroupButton": NOBODY,
    "PickButton": NOBODY,
    "ListButton": NOBODY,
    "SettingsButton": NOBODY,
    "TextsButton": NOBODY,
    "TeamButton": NOBODY,
    # the buyer's
    "BuyerButton": NOBODY,
    "UntilButton": NOBODY,
    # an administrator's of the whole bot
    "LetterButton": NOBODY,
}
"""Who of a shop's team may change anything by it."""

OWN = {
    "DraftButton": "the presser's own dialogue, by its mark",
    "SaveButton": "the presser's own dialogue, by its mark",
    "FoundButton": "the presser's own search, by its mark",
    "PageButton": "the presser's own orders",
    "LanguageButton": "the presser's own language",
    "PhoneButton": "the presser's own number",
    "PrivacyButton": "the presser's own data",
}
"""Means something of the presser's alone: whoever presses it comes to nothing of others."""


@pytest.mark.case("M1", "M2")
def test_no_button_is_forgotten() -> None:
    found = {button.__name__ for button in button_classes()}
    known = {*CHANGES, *OWN}
    assert found - known == set(), "say in tests/tenancy/test_buttons.py who may change anything by these"
    assert known - found == set(), "these are no buttons any more"


def test_no_button_is_taken_for_another() -> None:
    """By its prefix and the number of its fields, as aiogram tells them apart."""
    shapes = Counter((button.__prefix__, len(button.model_fields)) for button in button_classes())
    assert [shape for shape, count in shapes.items() if count > 1] == []


def told(person: Person) -> Counter[str]:
    """Every version of every message that the bot has shown in the person's chat, and its buttons."""
    return Counter(
        str((message.id, version))
        for message in person.chat.history.values()
        if message.sender.is_bot
        for version in message.versions
    )


async def forges(stage: Stage, person: Person, every: Sequence[str]) -> tuple[list[str], str]:
    """The answers to all these presses, and whatever else was said to the person meanwhile."""
    before, screen = told(person), person.screen
    presses = [person.forges(data, screen) for data in every]
    answers = [await press.answered(60) for press in presses]
    await calm(stage)
    return answers, "\n".join(told(person) - before)


@pytest.mark.case("M1", "C1", "C2", "C3", "P11")
async def test_to_who_has_nothing_to_do_with_it_the_order_is_as_absent_as_what_never_was(
    stage: Stage,
) -> None:
    world = await peopled(stage)
    ours, never = _every(world, CHANGES), _every(world, CHANGES, absent=True)
    before, wrong = await world.dump(), []
    nowhere, _ = await forges(stage, world.people["rival"], never)
    for who in OUTSIDERS:
        here, said = await forges(stage, world.people[who], ours)
        wrong += [
            f"{who} {data}: {one!r}, of what never was {other!r}"
            for data, one, other in zip(ours, here, nowhere, strict=True)
            if one not in (other, NO_ACCESS)
        ]
        wrong += _leaks(world, who, "\n".join([*here, said]))
        wrong += [f"{who} changed {what}" for what in changed(before, await world.dump())]
    assert wrong == []


@pytest.mark.case("M1", "K9")
async def test_a_button_about_oneself_comes_to_nothing_of_others(stage: Stage) -> None:
    world = await peopled(stage)
    before, wrong = await world.dump(), []
    for who in OUTSIDERS:
        answers, said = await forges(stage, world.people[who], _every(world, OWN))
        wrong += _leaks(world, who, "\n".join([*answers, said]))
    assert wrong == []
    assert touched(world, before, await world.dump()) == []


@pytest.mark.case("M2")
async def test_a_role_changes_only_what_is_its_own(stage: Stage) -> None:
    world = await peopled(stage)
    before, wrong = await world.dump(), []
    for who in TEAM:
        every = [data for name in CHANGES for data in _every(world, {name}) if not _may(who, name, data)]
        _, said = await forges(stage, world.people[who], every)
        wrong += [f"{who} changed {what}" for what in _changed(before, await world.dump())]
        if who == "observer":
            wrong += [f"an observer is told of {word!r}" for word in BUYERS if word in said]
    assert wrong == []


def _every(world: World, names: Collection[str], *, absent: bool = False) -> list[str]:
    every = []
    for button in button_classes():
        if button.__name__ in names:
            data = list(forged(button, world, absent=absent))
            assert data, f"tests/tenancy/forgery.py fills no {button.__name__}"
            every += data
    return every if world.stage.app.db.sqlite else every[::5]  # what is asked of a database is asked alike


def _may(who: str, name: str, data: str) -> bool:
    if name in ("OrderButton", "SkipButton"):
        return data.split(":")[1] in PRESSES[who]
    return who in CHANGES[name]


def _leaks(world: World, who: str, said: str) -> list[str]:
    return [f"{who} is told of {word!r}" for word in secrets(who, world) if word in said]


def _changed(before: Dump, after: Dump) -> list[str]:
    """Which message shows a card changes by looking at it."""
    return [what for what in changed(before, after) if not what.startswith("cards:")]
