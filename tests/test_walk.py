"""The main road from ring to waybill, walked by its people over the real wire."""

from tests.stage import Stage


async def test_an_order_rings_is_claimed_confirmed_shipped_and_the_buyer_gets_the_ttn(stage: Stage) -> None:
    taken = await stage.orders(do_not_call=True)
    number = taken["number"]
    olena = stage.owner
    await olena.sees(f"№{number} · «Нове замовлення»")
    maria = await stage.buyer("Марія", taken)
    await maria.sees("Все правильно?")

    assert await olena.presses("Беру в роботу").answered() == "Взято в роботу"
    await olena.sees("«Обробляється менеджером»")
    await maria.presses("Все вірно").answered()
    await maria.sees("замовлення підтверджено")
    await olena.sees("Дзвонити не треба")
    await olena.presses("Дані підтверджено").answered()
    await olena.sees_button("Ввести ТТН")
    await olena.presses("Ввести ТТН").answered()
    await olena.sees("надішліть номер ТТН")
    olena.types("20 4500 0000 0001")
    await olena.sees("«Передано в службу доставки»")
    await stage.goes(seconds=11)

    told = await maria.sees("ТТН 20450000000001")
    assert "2 березня" in told.text
    assert maria.link("Відстежити посилку").endswith("20450000000001")
    state = await stage.state(number)
    assert (state["status"], state["buyer_answer"]) == ("handed_over", "confirmed")
