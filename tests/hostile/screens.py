"""Every screen of the house, and how a hostile world draws it. `test_screens.py` says when one is missing."""

import inspect
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module
from pkgutil import iter_modules
from types import FunctionType

import keyboards
from bot.l10n import Words
from bot.recipients import RULES, Audience
from keyboards import (
    buyer,
    choices,
    clock,
    contact,
    draft,
    group,
    holding,
    keys,
    language,
    link,
    lists,
    members,
    notes,
    notices,
    operators,
    order,
    own,
    privacy,
    reasons,
    screen,
    settings,
    several,
    short,
    templates,
    typed,
    unreached,
    waiting,
)
from keyboards.help import help_screen
from keyboards.screen import Screen
from models.draft import Part
from models.faces import Faces
from models.limits import Limit
from models.message import Direction
from models.outbox import Notice
from models.people import Messenger
from models.roles import Role
from models.template_text import Text
from models.terms import schedule_of
from models.ways import PATIENCE
from models.workflow import Action, Ask
from tests.hostile.things import World

UK = Words("uk")
MARK = "a" * 12
START = "b" * 37
URL = f"https://t.me/orderbell_bot?start={START}"
VIBER_URL = f"viber://pa?chatURI=orderbell&context={START}"

Draw = Callable[[World], Screen | None]


@dataclass(frozen=True, slots=True)
class Row:
    """`number`: whose it is stands in the first line; `phone`: the buyer's can be read and tapped, where it is to be
    seen. None drawn: there is no such screen in this world."""

    draw: Draw
    number: bool = True
    phone: Callable[[World], bool] = lambda world: False


def _beside(draw: Draw) -> Row:
    """About no one order."""
    return Row(draw, number=False)


def _there(world: World) -> bool:
    """The order still tells who its buyer is."""
    return world.order.erased_at is None


def screens_of_the_house() -> Iterator[str]:
    """The public functions of the package `keyboards` that return a screen: read off the code."""
    for module in iter_modules(keyboards.__path__):
        room = import_module(f"keyboards.{module.name}")
        for name, made in vars(room).items():
            if not isinstance(made, FunctionType) or made.__module__ != room.__name__ or name.startswith("_"):
                continue
            if "Screen" in str(inspect.signature(made, eval_str=False).return_annotation):
                yield f"{module.name}.{name}"


def _matter(world: World, kind: Notice) -> notices.Matter:
    card = world.card(in_group=world.coin())
    return notices.Matter(
        world.row(kind),
        "uk",
        order=world.order,
        card=card,
        message=world.message(Direction.TO_BUYER if kind in OF_BUYERS else Direction.FROM_BUYER),
        shop=world.shop,
        clock=card.clock,
        may_take=world.coin(),
    )


OF_PEOPLE = (
    Notice.MEMBER_ASKS,
    Notice.MEMBER_JOINED,
    Notice.MEMBER_UNREACHABLE,
    Notice.MEMBER_REMOVED,
    Notice.ROLE_CHANGED,
    Notice.TEAM_CHANGED,
    Notice.GROUP_ENDED,
    Notice.GROUP_LOST,
    Notice.ONE_BELL,
    Notice.VIBER_CAP,
    Notice.SMS_CAP,
    Notice.DEAD_LETTER,
    Notice.RESTORED,
)
OF_BUYERS = [kind for kind, rule in RULES.items() if rule.to is Audience.BUYER]
OF_ORDERS = [kind for kind in Notice if kind not in (*OF_PEOPLE, *OF_BUYERS)]
ROUTED = sorted(PATIENCE)
IN_DIGESTS = [kind for kind, rule in RULES.items() if rule.line]


def _about_people(world: World) -> Screen:
    row = world.row(world.dice.choice(OF_PEOPLE))
    return notices.draw(notices.Matter(row, "uk", shop=world.shop), UK)


def _digest(world: World) -> Screen:
    kinds = world.dice.choices(IN_DIGESTS, k=world.dice.choice((1, 3)))
    matters = [_matter(world, kind) for kind in kinds]
    return notices.draw_digest(matters * world.dice.choice((1, 30)), UK, world.now)[0]


def _taken(world: World) -> Screen:
    many = world.orders * world.dice.choice((1, 20))
    by = world.maybe(world.ink.any(200)) or ""
    return notices.taken_screen([(one, world.coin()) for one in many], UK, by=by, first=1)


def _masked(world: World) -> Screen | None:
    return group.masked_notice(world.row(world.dice.choice(list(Notice))), world.card(in_group=True), UK)


def _link(world: World) -> Screen:
    """As it is read in Telegram, which is where the screens of this table are sent."""
    card = world.card()
    if card.member is not None:
        card.member.account.messenger = Messenger.TELEGRAM
    return link.link_screen(card, START, world.maybe(URL), UK)


def _wish(world: World) -> Screen:
    card = world.maybe(world.card())
    return waiting.wish_screen(world.row(Notice.BUYER_WISH), world.order, card, world.message(), UK)


def _buyers_notice(world: World) -> Screen:
    row, message = world.row(world.dice.choice(OF_BUYERS)), world.message(Direction.TO_BUYER)
    return buyer.notice_screen(row, world.order, message, UK)


def _typed_text(world: World) -> Screen:
    text = world.dice.choice(list(Text))
    return templates.typed_text_screen(world.shop, text, world.template(text), MARK, world.now, UK)


def _history(world: World) -> Screen:
    events = [world.event() for _ in range(world.dice.choice((0, 3, 100)))]
    card = world.card(sees=True)
    some_notes = [world.note() for _ in range(world.dice.choice((0, 20)))]
    return order.history_screen(world.order, events, some_notes, UK, can=card.can)


def _question(world: World) -> Screen:
    part = world.dice.choice(list(Part))
    return draft.question_screen(world.draft, part, world.shop, MARK, UK)


def _limit(world: World) -> Limit:
    return world.dice.choice(settings.chosen_limits(world.shop))


def _limited(draw: Callable[[World, Limit], Screen]) -> Row:
    """Of a shop whose marketplace has limits that can be chosen."""
    return _beside(lambda world: draw(world, _limit(world)) if settings.chosen_limits(world.shop) else None)


SCREENS: Mapping[str, Row] = {
    "buyer.confirm_screen": Row(lambda w: buyer.confirm_screen(w.order, UK, repeat=w.coin(), first=w.coin())),
    "buyer.status_screen": Row(lambda w: buyer.status_screen(w.order, UK, first=w.coin())),
    "buyer.peek_screen": Row(lambda w: buyer.peek_screen(w.order, UK)),
    "buyer.cancel_screen": Row(lambda w: buyer.cancel_screen(w.order, UK)),
    "buyer.answer_screen": Row(lambda w: buyer.answer_screen(w.order, "buyer-asked", UK)),
    "buyer.late_screen": Row(lambda w: buyer.late_screen(w.order, "final", UK)),
    "buyer.notice_screen": Row(_buyers_notice),
    "choices.sms_screen": _beside(lambda w: choices.sms_screen(w.shop, 7, UK)),
    "choices.viber_screen": _beside(lambda w: choices.viber_screen(w.shop, 7, UK)),
    "short.short_screen": Row(lambda w: short.short_screen(w.row(w.dice.choice(ROUTED)), w.order, URL)),
    "short.mailbox_notice": Row(
        lambda w: short.mailbox_notice(w.row(w.dice.choice(list(Notice))), w.order, w.shop, URL)
    ),
    "unreached.call_screen": Row(lambda w: unreached.call_screen(w.row(Notice.CALL_BUYER), w.order, UK)),
    "unreached.stop_screen": Row(lambda w: unreached.stop_screen(w.order, Action.SHIP, UK)),
    "unreached.calling_screen": Row(lambda w: unreached.calling_screen(w.order, Action.SHIP, UK)),
    "unreached.number_screen": Row(lambda w: unreached.number_screen(w.order, UK)),
    "unreached.number_kept_screen": Row(lambda w: unreached.number_kept_screen(w.card(sees=True), UK)),
    "choices.confirming_screen": _beside(lambda w: choices.confirming_screen(w.shop, UK)),
    "choices.one_bell_screen": _beside(lambda w: choices.one_bell_screen(w.shop, UK)),
    "clock.snooze_screen": Row(lambda w: clock.snooze_screen(w.order, UK)),
    "clock.moment_screen": Row(lambda w: clock.moment_screen(w.card(), UK)),
    "contact.contact_screen": Row(lambda w: contact.contact_screen(w.card(sees=True), UK), phone=_there),
    "draft.shops_screen": _beside(lambda w: draft.shops_screen([w.shop, w.another_shop()], MARK, UK)),
    "draft.question_screen": _beside(_question),
    "draft.summary_screen": Row(
        lambda w: draft.summary_screen(w.draft, w.shop, MARK, UK), number=False, phone=lambda w: True
    ),
    "draft.offer_screen": Row(
        lambda w: draft.offer_screen(w.draft, MARK, UK), number=False, phone=lambda w: True
    ),
    "group.group_screen": _beside(
        lambda w: group.group_screen(w.shop, w.maybe(w.group), UK, dropped=w.coin())
    ),
    "group.group_link_screen": _beside(lambda w: group.group_link_screen(w.shop, START, w.maybe(URL), UK)),
    "group.drop_group_screen": _beside(lambda w: group.drop_group_screen(w.shop, w.group, UK)),
    "group.masked_notice": Row(_masked),
    "group.asked_screen": Row(lambda w: group.asked_screen(w.card(), w.maybe(w.message()), UK)),
    "help.help_screen": _beside(
        lambda w: help_screen(Faces(frozenset(Role), True), UK, w.dice.choice(list(Messenger)))
    ),
    "holding.colleagues_screen": Row(lambda w: holding.colleagues_screen(w.card(), w.people, UK)),
    "holding.handed_screen": Row(lambda w: holding.handed_screen(w.row(Notice.HANDED_FROM), w.order, UK)),
    "keys.keys_screen": _beside(lambda w: keys.keys_screen(w.shop, w.keys, UK, revoked=w.maybe(1))),
    "keys.key_screen": _beside(
        lambda w: keys.key_screen(w.shop, w.keys[0], "ob_" + "k" * 43, UK, stays=bool(w.maybe(1)))
    ),
    "keys.revoke_screen": _beside(lambda w: keys.revoke_screen(w.shop, w.keys[0], True, UK)),
    "language.language_screen": _beside(lambda w: language.language_screen(UK, shop=1, chosen=w.coin())),
    "link.link_screen": Row(_link),
    "link.untie_screen": Row(lambda w: link.untie_screen(w.order, UK)),
    "link.picture_screen": Row(lambda w: link.picture_screen(w.order, UK)),
    "lists.menu_screen": _beside(lambda w: lists.menu_screen(w.overview(), UK)),
    "lists.shops_screen": _beside(lambda w: lists.shops_screen(w.overview(), 0, UK)),
    "lists.page_screen": _beside(lambda w: lists.page_screen(w.asked(), w.page(), UK)),
    "lists.holders_screen": _beside(lambda w: lists.holders_screen(w.holders(), 0, UK)),
    "members.team_screen": _beside(
        lambda w: members.team_screen(w.shop, [w.member()], w.people, 3, UK, own=w.people[0].id)
    ),
    "members.member_screen": _beside(lambda w: members.member_screen(w.member(), UK, own=w.coin(), page=0)),
    "members.roles_screen": _beside(lambda w: members.roles_screen(w.member(), UK)),
    "members.owner_screen": _beside(lambda w: members.owner_screen(w.member(), UK)),
    "members.remove_screen": _beside(lambda w: members.remove_screen(w.member(), UK)),
    "members.invite_roles_screen": _beside(lambda w: members.invite_roles_screen(w.shop, UK)),
    "members.invitation_screen": _beside(
        lambda w: members.invitation_screen(w.shop, Role.MANAGER, START, w.maybe(URL), w.maybe(VIBER_URL), UK)
    ),
    "members.invites_screen": _beside(lambda w: members.invites_screen(w.shop, w.invites, UK)),
    "notes.ask_note_screen": Row(lambda w: notes.ask_note_screen(w.order, UK)),
    "notes.noted_screen": Row(lambda w: notes.noted_screen(w.order, w.coin(), UK)),
    "notices.draw": Row(lambda w: notices.draw(_matter(w, w.dice.choice([*OF_ORDERS, *OF_BUYERS])), UK)),
    "notices.draw_digest": _beside(_digest),
    "notices.taken_screen": _beside(_taken),
    "operators.letter_screen": _beside(lambda w: operators.letter_screen(1, w.facts(), UK)),
    "operators.restored_screen": _beside(lambda w: operators.restored_screen(w.facts(), w.shop, UK)),
    "order.order_card": Row(
        lambda w: order.order_card(w.card(sees=True), UK, about=w.maybe(w.row(Notice.HANDED_TO))),
        phone=_there,
    ),
    "order.ask_screen": Row(
        lambda w: order.ask_screen(w.order, Action.SHIP, w.dice.choice([Ask.TTN, Ask.COMMENT]), UK)
    ),
    "order.write_screen": Row(lambda w: order.write_screen(w.card(), UK)),
    "order.history_screen": Row(_history),
    "own.own_screen": _beside(lambda w: own.own_screen(w.member(), w.coin(), w.coin(), UK, saved=w.coin())),
    "own.type_own_screen": _beside(
        lambda w: own.type_own_screen(w.member(), w.dice.choice(("sign", "quiet")), UK)
    ),
    "own.typed_own_screen": _beside(
        lambda w: own.typed_own_screen(w.member(), "sign", w.ink.any(40), MARK, UK)
    ),
    "own.leave_screen": _beside(lambda w: own.leave_screen(w.member(), UK)),
    "privacy.notice_screen": _beside(lambda w: privacy.notice_screen(w.orders * 3, UK)),
    "privacy.forget_screen": _beside(lambda w: privacy.forget_screen(w.orders * 3, UK)),
    "privacy.contact_screen": _beside(lambda w: privacy.contact_screen(UK)),
    "privacy.put_away": _beside(lambda w: privacy.put_away(UK("export-more"))),
    "privacy.erase_screen": Row(lambda w: privacy.erase_screen(w.order, UK)),
    "privacy.blanked_screen": Row(lambda w: privacy.blanked_screen(w.order.number, UK)),
    "reasons.reasons_screen": Row(lambda w: reasons.reasons_screen(w.card(), UK)),
    "screen.below": Row(
        lambda w: screen.below(buyer.status_screen(w.order, UK), buyer.asking_row(w.order, UK))
    ),
    "settings.welcome_screen": _beside(lambda w: settings.welcome_screen(w.shop, Role.OWNER, UK)),
    "settings.shops_screen": _beside(lambda w: settings.shops_screen(w.people, UK)),
    "settings.mailbox_screen": _beside(lambda w: settings.mailbox_screen(w.shop, UK)),
    "settings.menu_screen": _beside(
        lambda w: settings.menu_screen(w.shop, w.coin(), UK, ways={"telegram", "viber", "sms", "email"})
    ),
    "settings.hours_screen": _beside(lambda w: settings.hours_screen(w.shop, w.now, UK, saved=w.coin())),
    "settings.type_hours_screen": _beside(lambda w: settings.type_hours_screen(w.shop, UK)),
    "settings.type_mail_screen": _beside(lambda w: settings.type_mail_screen(w.shop, UK)),
    "settings.typed_mail_screen": _beside(lambda w: settings.typed_mail_screen(w.shop, "a@b.ua", MARK, UK)),
    "settings.typed_hours_screen": _beside(
        lambda w: settings.typed_hours_screen(w.shop, schedule_of(w.shop), MARK, UK)
    ),
    "settings.days_screen": _beside(lambda w: settings.days_screen(w.shop, w.now, UK, saved=w.coin())),
    "settings.type_days_screen": _beside(lambda w: settings.type_days_screen(w.shop, UK)),
    "settings.typed_days_screen": _beside(
        lambda w: settings.typed_days_screen(w.shop, {w.day(): ()}, MARK, UK)
    ),
    "settings.holidays_screen": _beside(
        lambda w: settings.holidays_screen(w.shop, w.day(), [(w.day(), w.ink.some(60))], 1, UK)
    ),
    "settings.reminders_screen": _beside(lambda w: settings.reminders_screen(w.shop, UK)),
    "settings.steps_screen": _limited(lambda w, limit: settings.steps_screen(w.shop, limit, UK)),
    "settings.type_steps_screen": _limited(lambda w, limit: settings.type_steps_screen(w.shop, limit, UK)),
    "settings.typed_steps_screen": _limited(
        lambda w, limit: settings.typed_steps_screen(w.shop, limit, [60, 90], MARK, UK)
    ),
    "several.several_screen": _beside(lambda w: several.several_screen(w.orders, 0, 2, UK, asking=w.coin())),
    "templates.texts_screen": _beside(lambda w: templates.texts_screen(w.shop, UK)),
    "templates.text_screen": _beside(
        lambda w: templates.text_screen(w.shop, w.dice.choice(list(Text)), w.now, UK, saved=w.coin())
    ),
    "templates.type_text_screen": _beside(
        lambda w: templates.type_text_screen(w.shop, w.dice.choice(list(Text)), UK)
    ),
    "templates.typed_text_screen": _beside(_typed_text),
    "typed.found_screen": _beside(lambda w: typed.found_screen(w.page(), w.ink.some(4000), MARK, 60, UK)),
    "typed.which_screen": Row(lambda w: typed.which_screen(w.orders, w.order.number, UK)),
    "typed.words_screen": Row(lambda w: typed.words_screen(w.card(), w.ink.some(4000), UK)),
    "typed.ttn_screen": Row(lambda w: typed.ttn_screen(w.order, "20450000000001", UK)),
    "waiting.postpone_screen": Row(lambda w: waiting.postpone_screen(w.order, w.day(), UK, past=w.coin())),
    "waiting.refuse_screen": Row(lambda w: waiting.refuse_screen(w.order, UK)),
    "waiting.wished_screen": Row(
        lambda w: waiting.wished_screen(w.order, "postpone", UK, until=w.maybe(w.day()))
    ),
    "waiting.wish_screen": Row(_wish),
}
