"""The page behind a buyer's link: what a stranger may see, escaped, and the way on into Telegram."""

import base64
import hashlib
import re
from collections.abc import AsyncIterator
from html import unescape
from typing import Any

import pytest
from aiohttp import ClientSession

from bot.l10n import Words
from handlers.web.auth import REMEMBERED, Pace
from handlers.web.buyer_page import BuyerPage
from models.glimpse import Glimpse
from models.roles import Role
from tests.conversation.hands import calm, delivered_by, press
from tests.stage import Stage
from tests.web.stand_in import open_house


class Page:
    """What a browser was given."""

    def __init__(self, status: int, headers: Any, html: str) -> None:
        self.status = status
        self.headers = headers
        self.html = html

    @property
    def text(self) -> str:
        """What a person reads."""
        return unescape(re.sub(r"<[^>]+>", "\n", self.html.partition("<body>")[2]))


async def opens(stage: Stage, path: str, method: str = "GET") -> Page:
    async with stage.http.request(method, f"{stage.app.url}{path}") as answer:
        return Page(answer.status, answer.headers, await answer.text())


async def page(stage: Stage, **changes: Any) -> Page:
    answer = await stage.orders(**changes)
    return await opens(stage, f"/b/{answer['buyer']['start']}")


@pytest.mark.rule("R07", "R08")
async def test_a_stranger_sees_number_goods_sum_and_branch_and_neither_name_nor_phone(stage: Stage) -> None:
    answer = await stage.orders(
        lines=[
            {"title": "Чайник «Пектораль»", "quantity": 2, "price": "640.00"},
            {"title": "Чашка", "quantity": 1, "price": "99.50"},
        ],
        comment="Непийвода",
    )
    shown = await opens(stage, f"/b/{answer['buyer']['start']}")
    assert shown.status == 200
    for seen in (
        f"Замовлення №{answer['number']}",
        "Магазин «Самовар», ROZETKA",
        "Чайник «Пектораль» × 2 — 1\u00a0280\u00a0₴",
        "Чашка × 1 — 99,50\u00a0₴",
        "Вартість: 1\u00a0379,50\u00a0₴",
        "Нова пошта, Київ, Відділення №4",
        "Відкрити в Telegram",
    ):
        assert seen in shown.text
    for hidden in ("Непийвода", "Тарас", "4567", "Viber"):
        assert hidden not in shown.html
    assert f'href="{answer["buyer"]["telegram"]}"' in shown.html


@pytest.mark.rule("R11")
@pytest.mark.parametrize("carrier", ["own", "nova_poshta"])
async def test_of_somebodys_door_the_town_alone_is_said(stage: Stage, carrier: str) -> None:
    shown = await page(stage, delivery=delivered_by(carrier, "Київ, вул. Садова, 7, кв. 3"))
    assert "Київ" in shown.text
    assert "Садова" not in shown.html


@pytest.mark.case("D18", "E1")
async def test_hostile_words_are_shown_to_the_letter_and_nothing_runs(stage: Stage) -> None:
    evil = "<img src=x onerror=alert(1)></li><script>alert(2)</script>\u202e&lt;"
    shown = await page(
        stage,
        lines=[{"title": evil, "quantity": 1, "price": "1.00"}],
        delivery=delivered_by("nova_poshta", "Київ, Відділення </p><script>"),
    )
    assert "<img src=x onerror=alert(1)></li><script>alert(2)</script>&lt; × 1" in shown.text
    assert re.findall(r"<(?!/?(?:html|head|meta|title|style|body|main|h1|p|ul|li|a)\b)[^>]*", shown.html) == [
        "<!doctype html"
    ]
    assert "\u202e" not in shown.html


@pytest.mark.case("D18")
async def test_the_page_lets_nothing_in_and_is_kept_nowhere(stage: Stage) -> None:
    shown = await page(stage)
    style = re.search(r"<style>(.*)</style>", shown.html, re.DOTALL)
    assert style is not None
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    policy = shown.headers["Content-Security-Policy"]
    assert policy == (
        f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
    assert shown.headers["Cache-Control"] == "no-store"
    assert shown.headers["Referrer-Policy"] == "no-referrer"
    assert shown.headers["X-Content-Type-Options"] == "nosniff"
    assert shown.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert shown.headers["Content-Type"] == "text/html; charset=utf-8"
    assert shown.headers["Server"] == "orderbell"
    assert "Set-Cookie" not in shown.headers
    assert "<script" not in shown.html
    assert 'lang="uk"' in shown.html
    assert "width=device-width" in shown.html


@pytest.mark.case("D2")
async def test_whatever_opens_nothing_is_one_and_the_same_page(stage: Stage) -> None:
    answer = await stage.orders()
    await calm(stage)
    old = answer["buyer"]["start"]
    await press(stage, stage.owner, "Посилання для покупця", answer["number"])
    await stage.owner.presses("Нове посилання").answered(20)
    invite = (await stage.app.shops.invite(stage.shop.shop.id, Role.MANAGER, binds_at_once=False)).start
    said = [
        await opens(stage, f"/b/{payload}")
        for payload in (
            old,
            invite,
            "b" * 37,
            "b" * 65,
            "",
            "%00",
            "%D0%B1",
            "x/y",
            "b%27%20OR%201=1",
            "..%2f",
        )
    ]
    assert {one.status for one in said} == {404}
    assert len({one.html for one in said}) == 1
    assert "Посилання не діє" in said[0].text


async def test_other_methods_are_answered_as_elsewhere(stage: Stage) -> None:
    answer = await stage.orders()
    path = f"/b/{answer['buyer']['start']}"
    looked = await opens(stage, path, "HEAD")
    assert (looked.status, looked.html) == (200, "")
    for method in ("POST", "PUT", "DELETE"):
        refused = await opens(stage, path, method)
        assert (refused.status, refused.headers["Allow"]) == (405, "GET,HEAD")


async def test_before_telegram_has_told_our_name_the_page_says_what_to_type(stage: Stage) -> None:
    stage.app.links.telegram = None
    answer = await stage.orders()
    shown = await opens(stage, f"/b/{answer['buyer']['start']}")
    assert f"/start {answer['buyer']['start']}" in shown.text
    assert "<a " not in shown.html
    stage.app.links.telegram = "orderbell_bot"


async def test_looking_ties_nobody_and_a_long_order_is_counted(stage: Stage) -> None:
    answer = await stage.orders(lines=[{"title": "Ложка", "quantity": 1, "price": "1.00"}] * 8)
    for _ in range(2):
        shown = await opens(stage, f"/b/{answer['buyer']['start']}")
    assert "…і ще 3 позиції" in shown.text
    maria = await stage.buyer("Марія", answer)
    assert f"№{answer['number']}" in maria.screen.text


class Nothing:
    """No link opens anything; counts who asked."""

    def __init__(self) -> None:
        self.asked = 0

    async def glimpse(self, payload: str) -> Glimpse | None:
        self.asked += 1
        return None


@pytest.fixture
async def hasty() -> AsyncIterator[tuple[str, Nothing]]:
    nothing = Nothing()
    door = BuyerPage(nothing, Words("uk"), Pace(1, 3, monotonic=lambda: 0.0))
    async with open_house(routes=door.routes()) as house:
        yield house.url, nothing


@pytest.mark.case("L4")
async def test_ten_times_over_the_quota_is_told_to_wait_without_a_look_at_the_database(
    hasty: tuple[str, Nothing],
) -> None:
    url, nothing = hasty
    async with ClientSession() as session:
        answers = []
        for _ in range(30):
            async with session.get(f"{url}/b/bx") as answer:
                answers.append((answer.status, answer.headers.get("Retry-After"), await answer.text()))
    assert [status for status, _, _ in answers] == [404] * 3 + [429] * 27
    assert nothing.asked == 3
    assert int(answers[-1][1] or 0) >= 1
    assert "Забагато запитів" in answers[-1][2]


@pytest.mark.case("L2")
def test_the_pace_remembers_no_more_addresses_than_it_says() -> None:
    pace = Pace(1, 1, monotonic=lambda: 0.0)
    assert [pace.wait(f"10.0.{n // 256}.{n % 256}") for n in range(REMEMBERED + 10)] == [0] * (
        REMEMBERED + 10
    )
    assert len(pace._states) == REMEMBERED
    assert pace.wait("10.0.0.200") > 0  # remembered
    assert pace.wait("10.0.0.1") == 0  # forgotten
