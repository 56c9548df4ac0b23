"""The lists share the open orders out among them, whatever the marketplace."""

import pytest

from models.lanes import OPEN_STATUSES, STATUSES, Lane, lane_of
from models.order import BEFORE_DISPATCH
from models.workflow import Status, Workflow
from models.workflows import WORKFLOWS

every_workflow = pytest.mark.parametrize("workflow", WORKFLOWS.values(), ids=WORKFLOWS)


@every_workflow
def test_what_is_not_final_is_open_and_the_other_way_round(workflow: Workflow) -> None:
    assert {state.key for state in workflow.states if state.final} == {
        state.key for state in workflow.states if state.status not in OPEN_STATUSES
    }


@pytest.mark.parametrize("unpaid", [True, False])
@pytest.mark.parametrize("status", Status)
def test_an_open_order_stands_in_one_list_and_a_closed_one_in_none(status: Status, unpaid: bool) -> None:
    lane = lane_of(status, unpaid=unpaid)
    assert (lane is not None) == (status in OPEN_STATUSES)
    if lane is not None:
        assert status in STATUSES[lane]


def test_an_order_that_waits_for_its_payment_is_not_among_those_to_send() -> None:
    assert lane_of(Status.CONFIRMED, unpaid=True) is Lane.UNPAID
    assert lane_of(Status.CONFIRMED, unpaid=False) is Lane.TO_SEND


@every_workflow
def test_terms_run_before_dispatch_alone_save_the_cabinets(workflow: Workflow) -> None:
    """The lists weigh the terms of what is not sent yet, and let the database order all the rest."""
    timed = {
        workflow.by_key[key].status
        for limit in workflow.limits
        if limit.term is not None
        for key in limit.states
    }
    assert timed <= BEFORE_DISPATCH
    anywhere = {limit.kind for limit in workflow.limits if limit.term is not None and not limit.states}
    assert anywhere <= {"cabinet"}
