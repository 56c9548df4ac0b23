"""A direct answer to a tap that Telegram finds too hasty: it comes when Telegram admits it, and is not lost."""

import pytest

from bot.demo.telegram import Kind
from tests.stage import Stage


@pytest.mark.case("F2")
async def test_a_prompt_that_is_refused_for_haste_comes_a_little_later(stage: Stage) -> None:
    taken = await stage.orders(do_not_call=True)
    await stage.owner.sees(taken["number"])
    await stage.owner.presses("Взяти й підтвердити").answered()
    await stage.owner.sees_button("Ввести ТТН")
    await stage.quiet()
    stage.fake.faults.script(Kind.TOO_MANY, method="sendMessage", chat=stage.owner, times=2, retry_after=1)
    before = len(stage.fake.calls.of("sendMessage", chat=stage.owner))
    await stage.owner.presses("Ввести ТТН").answered()
    await stage.owner.sees("надішліть номер ТТН", within=5)
    asked = stage.fake.calls.of("sendMessage", chat=stage.owner)[before:]
    assert len(asked) == 3
    assert asked[2].at - asked[0].at >= 1.9
    assert stage.app.worker is not None
    await stage.app.worker.idle()
    assert stage.app.worker.dead == 0
