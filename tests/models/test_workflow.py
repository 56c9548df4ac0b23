"""Laws that every marketplace's table obeys, whoever writes the next one; the machinery that reads tables."""

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise

import pytest

from models.workflow import (
    CARRIERS,
    CONFIRMING,
    Action,
    Actor,
    Ask,
    DeliveryKind,
    NotInWorkflow,
    Status,
    Workflow,
    transition,
    wants_no_call,
)
from models.workflows import WORKFLOWS
from tests.made_up import MADE_UP, Facts

TABLES = [*WORKFLOWS.values(), MADE_UP]
every_table = pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)

BESIDES = {
    *(Action.FIX_TTN, Action.UNDO, Action.TICK, Action.AGREE),
    *(Action.BUYER_CONFIRM, Action.BUYER_ASK, Action.FOLLOW),
}
"""What changes no status, or is no row of a table."""


def arrows(table: Workflow) -> Iterator[tuple[str, str]]:
    """Every step from state to state that a row, or a reason of a row, can take."""
    for row in table.transitions:
        for source in row.sources:
            if Ask.REASON in row.asks:
                yield from ((source, reason.state) for reason in table.reasons_from(source))
            yield from pairwise((source, *row.path))


# ------------------------------------------------------------ the tables
def test_a_marketplace_is_registered_under_its_own_name() -> None:
    assert {name: table.name for name, table in WORKFLOWS.items()} == {name: name for name in WORKFLOWS}


@every_table
def test_no_state_is_there_twice(table: Workflow) -> None:
    assert [key for key, times in Counter(state.key for state in table.states).items() if times > 1] == []


@every_table
def test_no_id_of_the_marketplace_means_two_things(table: Workflow) -> None:
    ids = Counter(state.id for state in table.states if state.id is not None)
    assert [number for number, times in ids.items() if times > 1] == []


@every_table
def test_an_order_begins_as_new(table: Workflow) -> None:
    assert table.first.status is Status.NEW
    assert not table.first.final


@every_table
def test_every_state_can_be_reached(table: Workflow) -> None:
    """By rows, by reasons, or because the marketplace itself says so: what it sets, it has an id for."""
    reached, fresh = set[str](), {table.first.key}
    fresh |= {
        state.key for state in table.states if state.id is not None or state is table.main(state.status)
    }
    while fresh:
        reached |= fresh
        fresh = {after for before, after in arrows(table) if before in reached} - reached
    assert {state.key for state in table.states} - reached == set()


@every_table
def test_an_end_can_be_reached_from_everywhere(table: Workflow) -> None:
    final = {state.key for state in table.states if state.final}
    ends, size = set(final), 0
    while size != len(ends):
        size = len(ends)
        ends |= {before for before, after in arrows(table) if after in ends}
    assert {state.key for state in table.states} - ends == set()


@every_table
def test_nothing_leads_out_of_a_final_state(table: Workflow) -> None:
    final = {state.key for state in table.states if state.final}
    assert [(row.action, key) for row in table.transitions for key in row.sources if key in final] == []
    assert [reason.state for reason in table.reasons if final & set(reason.sources)] == []


@every_table
def test_rows_reasons_and_limits_name_states_that_there_are(table: Workflow) -> None:
    named = {key for row in table.transitions for key in (*row.sources, *row.path)}
    named |= {row.cabinet for row in table.transitions if row.cabinet is not None}
    named |= {key for reason in table.reasons for key in (reason.state, *reason.sources)}
    named |= {key for limit in table.limits for key in limit.states}
    assert named - set(table.by_key) == set()


@every_table
def test_what_changes_no_status_is_no_row(table: Workflow) -> None:
    assert {row.action for row in table.transitions} & BESIDES == set()


@every_table
def test_every_row_has_a_source_an_actor_and_somewhere_to_go(table: Workflow) -> None:
    for row in table.transitions:
        assert row.sources, row
        assert row.actors, row
        assert bool(row.path) != (Ask.REASON in row.asks), "a reason decides where, or the row does"
        assert len(set(row.sources)) == len(row.sources), row


@every_table
def test_what_passes_through_states_ends_nowhere_on_the_way(table: Workflow) -> None:
    for row in table.transitions:
        assert [key for key in row.path[:-1] if table.by_key[key].final] == []


@every_table
def test_one_press_has_one_row(table: Workflow) -> None:
    """For no order at all two rows answer to the same action: the second would never be seen."""
    for order in orders():
        for state in table.states:
            for actor in Actor:
                offered = Counter(row.action for row in table.available(state.key, order, actor))
                assert [action for action, times in offered.items() if times > 1] == []


@every_table
def test_a_seller_who_cancels_has_reasons_and_each_leads_to_an_end(table: Workflow) -> None:
    rows = [row for row in table.transitions if Ask.REASON in row.asks]
    assert {row.action for row in rows} <= {Action.CANCEL}
    for row in rows:
        assert [key for key in row.sources if not table.reasons_from(key)] == []
    for reason in table.reasons:
        assert table.by_key[reason.state].final, reason.state
        assert table.by_key[reason.state].status is Status.CANCELLED, reason.state
        assert [key for key in reason.sources if not any(key in row.sources for row in rows)] == []


@every_table
def test_reasons_are_a_flat_list_or_all_of_them_in_groups(table: Workflow) -> None:
    assert len({reason.group is None for reason in table.reasons}) <= 1


@every_table
def test_only_what_is_asked_can_be_left_out_and_a_reason_never(table: Workflow) -> None:
    assert [row.action for row in table.transitions if not row.optional <= set(row.asks) - {Ask.REASON}] == []


@every_table
def test_the_buyer_can_only_call_it_off_and_confirm_what_needs_no_call(table: Workflow) -> None:
    rows = [row for row in table.transitions if Actor.BUYER in row.actors]
    confirming = [row for row in rows if row.action in CONFIRMING]
    calling_off = [row for row in rows if row not in confirming]
    assert {row.action for row in calling_off} == {Action.BUYER_CANCEL}
    assert {table.by_key[row.path[-1]].status for row in calling_off} == {Status.BUYER_CANCELLED}
    assert {table.by_key[row.path[-1]].status for row in confirming} <= {Status.CONFIRMED}
    assert {row.when for row in confirming} <= {wants_no_call}
    assert {key for row in confirming for key in row.sources if table.by_key[key].final} == set()
    assert table.buyer_may_confirm is (table.name in ("rozetka", "own"))  # C26: there the seller presses


@every_table
def test_nobody_but_a_person_of_the_shop_is_asked_anything(table: Workflow) -> None:
    asking = [row for row in table.transitions if row.asks]
    assert [row.action for row in asking if row.actors != {Actor.SELLER}] == []


@every_table
def test_only_a_seller_takes_a_press_back(table: Workflow) -> None:
    assert [row.action for row in table.transitions if row.undoable and Actor.SELLER not in row.actors] == []


@every_table
@pytest.mark.rule("RC14", "RC15")
def test_nothing_is_dispatched_past_the_payment_gate(table: Workflow) -> None:
    for order in orders(prepaid=True, payment_status="pending"):
        for state in table.states:
            for action in (Action.SHIP, Action.COURIER, Action.READY):
                with pytest.raises(NotInWorkflow):
                    table.transition(action, state.key, order, Actor.SELLER)


@every_table
def test_an_order_can_be_dispatched_whatever_its_delivery(table: Workflow) -> None:
    kinds = {DeliveryKind.CARRIER, DeliveryKind.PICKUP} | (
        {DeliveryKind.OWN} if any(row.action is Action.COURIER for row in table.transitions) else set()
    )
    for kind in kinds:
        order = Facts(delivery_kind=kind)
        ways = {
            row.action
            for state in table.states
            for row in table.available(state.key, order, Actor.SELLER)
            if row.action in (Action.SHIP, Action.COURIER, Action.READY)
        }
        assert len(ways) == 1, (kind, ways)


@every_table
def test_limits_have_terms_and_names_of_their_own(table: Workflow) -> None:
    assert all(limit.term is None or limit.term > timedelta() for limit in table.limits)
    assert all(limit.steps and list(limit.steps) == sorted(limit.steps) for limit in table.limits)
    assert all(step <= limit.term for limit in table.limits if limit.term for step in limit.steps)
    assert all(not table.by_key[key].final for limit in table.limits for key in limit.states)
    assert max(Counter(limit.kind for limit in table.limits).values(), default=0) <= 1


# ------------------------------------------------------------ the machinery
def test_what_the_table_does_not_know_is_refused_with_its_reason() -> None:
    def reason(action: Action, state: str, order: Facts, actor: Actor = Actor.SELLER) -> str:
        with pytest.raises(NotInWorkflow) as refusal:
            MADE_UP.transition(action, state, order, actor)
        return refusal.value.reason

    assert reason(Action.SHIP, "dropped_in", Facts()) == "not_now"
    assert reason(Action.TAKE, "home", Facts()) == "final"
    assert reason(Action.TAKE, "dropped_in", Facts(), Actor.BUYER) == "not_now"
    assert reason(Action.SHIP, "boxed", Facts(delivery_kind=DeliveryKind.PICKUP)) == "not_now"
    assert reason(Action.SHIP, "boxed", Facts(prepaid=True, payment_status="held")) == "payment_held"


def test_the_row_of_a_press_is_found_in_any_marketplace() -> None:
    row = MADE_UP.transition(Action.SHIP, "boxed", Facts(), Actor.SELLER)
    assert (row.to, row.asks, row.undoable) == ("on_the_road", (Ask.TTN,), True)
    assert MADE_UP.transition(Action.CANCEL, "boxed", Facts(), Actor.SELLER).to is None


def test_buttons_come_in_the_order_of_the_table() -> None:
    def offered(state: str, order: Facts, actor: Actor = Actor.SELLER) -> list[Action]:
        return [row.action for row in MADE_UP.available(state, order, actor)]

    assert offered("boxed", Facts()) == [Action.SHIP, Action.CANCEL]
    assert offered("boxed", Facts(delivery_kind=DeliveryKind.PICKUP)) == [Action.READY, Action.CANCEL]
    assert offered("boxed", Facts(delivery_kind=DeliveryKind.OWN)) == [Action.CANCEL]
    assert offered("on_the_road", Facts(), Actor.CARRIER) == [Action.ARRIVE, Action.RECEIVED]
    assert offered("home", Facts()) == []


def test_a_reason_is_offered_only_where_its_row_says() -> None:
    assert [reason.state for reason in MADE_UP.reasons_from("on_the_bench")] == [
        "torn_up",
        "torn_up_otherwise",
    ]
    assert [reason.state for reason in MADE_UP.reasons_from("boxed")] == ["torn_up"]
    assert MADE_UP.reason("torn_up_otherwise", "on_the_bench", Facts()).asks == (Ask.COMMENT,)
    for state, key in (("torn_up_otherwise", "boxed"), ("home", "boxed"), ("never heard of", "boxed")):
        with pytest.raises(NotInWorkflow, match="no_such_reason"):
            MADE_UP.reason(state, key, Facts())


@pytest.mark.rule("R02")
def test_the_source_is_followed_anywhere_but_out_of_an_end_or_back_to_the_start() -> None:
    assert MADE_UP.followed("dropped_in", Status.DELIVERING).key == "on_the_road"
    assert MADE_UP.followed("on_the_road", Status.IN_WORK).key == "on_the_bench"
    assert MADE_UP.followed("boxed", Status.CANCELLED).key == "torn_up"
    for key, word, why in (
        ("home", Status.RECEIVED, "final"),
        ("called_off", Status.IN_WORK, "final"),
        ("on_the_bench", Status.NEW, "not_back"),
        ("dropped_in", Status.NO_CONTACT, "no_such_status"),
        ("home", Status.NO_CONTACT, "no_such_status"),
    ):
        with pytest.raises(NotInWorkflow, match=why):
            MADE_UP.followed(key, word)


def test_a_contract_word_has_one_main_state_the_first_of_the_table() -> None:
    main = MADE_UP.main(Status.CANCELLED)
    assert main is not None
    assert main.key == "torn_up"
    assert MADE_UP.main(Status.HANDED_OVER) is None


def test_a_row_is_written_as_it_is_read() -> None:
    row = transition(Action.TAKE, "a", "b", to=("c", "d"))
    assert (row.sources, row.path, row.to) == (("a", "b"), ("c", "d"), "d")
    assert (row.asks, row.guards, row.when, row.undoable) == ((), (), None, False)
    assert row.actors == {Actor.SELLER}
    assert transition(Action.CANCEL, "a", to=None).path == ()


@pytest.mark.rule("C10", "C29")
def test_every_carrier_of_the_contract_has_a_kind() -> None:
    assert {carrier: kind.value for carrier, kind in CARRIERS.items()} == {
        "nova_poshta": "carrier",
        "meest": "carrier",
        "ukrposhta": "carrier",
        "rozetka": "carrier",
        "justin": "carrier",
        "own": "own",
        "pickup": "pickup",
    }


def orders(*, prepaid: bool | None = None, payment_status: str | None = None) -> Iterator[Facts]:
    """Orders of every kind that a table may tell apart."""
    for kind in DeliveryKind:
        for paid_before in (True, False) if prepaid is None else (prepaid,):
            for status in ("paid", "pending") if payment_status is None else (payment_status,):
                for do_not_call in (True, False):
                    for attempts in (0, 2):
                        yield Facts(kind, paid_before, status, do_not_call, attempts)
