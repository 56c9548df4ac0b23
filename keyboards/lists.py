"""The lists of orders: a menu with counters, a page of a list, who holds what."""

from collections.abc import Sequence
from typing import Annotated
from zoneinfo import ZoneInfo

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton
from pydantic import Field

from bot.l10n import Words
from keyboards.callbacks import Key, LookButton, Shop
from keyboards.clock import until
from keyboards.order import status_name
from keyboards.screen import Screen, compose, keyboard, one_line, said, unlinked
from models.lanes import Lane
from models.listing import PAGE, Asked, Held, Holders, Overview, Page, Row
from models.shop import Shop as AShop
from models.terms import schedule_of

HOLDERS_A_PAGE = 8


class ListButton(CallbackData, prefix="q"):
    """A place in the lists: a lane by its word, `menu`, `holders`, `shops`. `shop` 0 is all of them; `holder` concerns
    the lane `held`, 0 is nobody."""

    to: Key
    shop: Shop = 0
    page: Annotated[int, Field(ge=0, lt=100_000)] = 0
    holder: Annotated[int, Field(ge=0, lt=2**31)] = 0


_MENU = (
    (Lane.BURNING, Lane.NEW),
    (Lane.MINE, Lane.IN_WORK),
    (Lane.TO_SEND, Lane.UNPAID),
    (Lane.ON_WAY, Lane.AT_POINT),
)


def menu_screen(overview: Overview, words: Words) -> Screen:
    """All lists with how many orders each has."""
    shop = overview.shop.id if overview.shop is not None else 0
    title = _title(words("lists-title"), overview.shop, words)
    now = words.clock(overview.at, _zone(overview.shop or overview.shops[0]))
    lanes = [
        [_go(_counted(words(f"lane-{lane}"), overview.counts[lane], words), lane, shop) for lane in line]
        for line in _MENU
    ]
    leading = [_go(words("button-holders"), "holders", shop)] if overview.leads else []
    return Screen(
        compose(
            [
                title,
                words("lists-open", count=overview.open, now=now) if overview.open else words("lists-none"),
            ]
        ),
        keyboard(
            *lanes, leading, _choice(overview, shop, words), [_go(words("button-refresh"), "menu", shop)]
        ),
    )


def _choice(overview: Overview, shop: int, words: Words) -> list[InlineKeyboardButton]:
    if len(overview.shops) < 2:
        return []
    if overview.shop is None:
        return [_go(words("button-shop-all"), "shops", shop)]
    name = one_line(overview.shop.name, 30)
    return [_go(words("button-shop-one", shop=name), "shops", shop)]


def shops_screen(overview: Overview, page: int, words: Words) -> Screen:
    """Whose orders the lists show: of one shop, or of all together."""
    shown = overview.shops[page * HOLDERS_A_PAGE : (page + 1) * HOLDERS_A_PAGE]
    choices = [[_go(one_line(shop.name, 40), "menu", shop.id)] for shop in shown]
    turning = _turning("shops", 0, 0, page, -(-len(overview.shops) // HOLDERS_A_PAGE), words)
    return Screen(
        words("lists-which-shop"),
        keyboard([_go(words("button-all-shops"), "menu", 0)], *choices, turning),
    )


def page_screen(asked: Asked, page: Page, words: Words) -> Screen:
    """One page of a list: a row an order, and a button to open each."""
    name = _lane_name(asked, page, words)
    parts = [f"<b>{_counted(name, page.count, words)}</b>"]
    if page.shop is not None:
        parts.append(words("list-shop", shop=said(page.shop.name, 40)))
    if page.pages > 1:
        parts.append(words("list-page", page=page.page + 1, pages=page.pages))
    if page.rows:
        parts.append(words("list-now", now=words.clock(page.at, _zone(page.rows[0].order.shop))))
    text = compose([" · ".join(parts), *row_lines(page, words)])
    if not page.rows:
        text = compose([text, words(f"empty-{asked.lane}")])
    above = "holders" if asked.lane is Lane.HELD else "menu"
    return Screen(
        text,
        keyboard(
            *openers(page, words),
            _turning(asked.lane, asked.shop, asked.holder, page.page, page.pages, words),
            [
                _go(words("button-refresh"), asked.lane, asked.shop, page.page, asked.holder),
                _go(words("button-back" if above == "holders" else "button-lists"), above, asked.shop),
            ],
        ),
    )


def holders_screen(holders: Holders, page: int, words: Words) -> Screen:
    """Who holds how many orders; a tap shows which."""
    shop = holders.shop.id if holders.shop is not None else 0
    shown = holders.held[page * HOLDERS_A_PAGE : (page + 1) * HOLDERS_A_PAGE]
    choices = [
        [
            _go(
                _counted(_holder_name(held, holders.several, words), held.count, words),
                Lane.HELD,
                shop,
                holder=held.member.id if held.member is not None else 0,
            )
        ]
        for held in shown
    ]
    title = _title(words("holders-title"), holders.shop, words)
    return Screen(
        compose([title, None if holders.held else words("holders-none")]),
        keyboard(
            *choices,
            _turning("holders", shop, 0, page, -(-len(holders.held) // HOLDERS_A_PAGE), words),
            [
                _go(words("button-refresh"), "holders", shop, page),
                _go(words("button-lists"), "menu", shop),
            ],
        ),
    )


def row_lines(page: Page, words: Words, *, names: bool = False) -> list[str]:
    """An order's row, over two lines: number, sum and what to mind; then its nearest limit, holder and shop. `names`:
    the buyer's too, where the reader may see it."""
    return [
        "\n".join(
            (
                " · ".join(_first(page.page * PAGE + at, row, words)),
                " · ".join(_second(row, page, names, words)),
            )
        )
        for at, row in enumerate(page.rows, 1)
    ]


def _first(at: int, row: Row, words: Words) -> list[str]:
    order = row.order
    number = said(order.number, 64)
    parts = [words("list-row", at=str(at), number=number, total=words.money(order.total))]
    if order.pickup_rate:
        parts.append(words(f"list-pickup-{order.pickup_rate}"))
    if order.do_not_call:
        parts.append(words("digest-no-call"))
    return parts


def _second(row: Row, page: Page, names: bool, words: Words) -> list[str]:
    order = row.order
    limit = until(row.clock, order, page.at, words)
    parts = [limit or words("list-status", status=said(status_name(order, words), 80))]
    if row.behind and (row.clock is None or row.clock.limit.kind != "cabinet"):
        parts.append(words("list-cabinet"))
    if order.holder is not None:
        parts.append(words("digest-held", name=said(order.holder.name, 40)))
    if names and row.named:
        parts.append(words("list-buyer", name=unlinked(order.buyer_name, 40)))
    if page.several:
        parts.append(words("list-shop", shop=said(order.shop.name, 40)))
    return parts


def openers(page: Page, words: Words) -> list[list[InlineKeyboardButton]]:
    """A button for each order of the page, two a row."""
    buttons = [
        InlineKeyboardButton(
            text=words("list-opener", at=str(page.page * PAGE + at), number=one_line(row.order.number, 20)),
            callback_data=LookButton(order=row.order.public_id, what="open").pack(),
        )
        for at, row in enumerate(page.rows, 1)
    ]
    return [buttons[at : at + 2] for at in range(0, len(buttons), 2)]


def _lane_name(asked: Asked, page: Page, words: Words) -> str:
    if asked.lane is not Lane.HELD:
        return words(f"lane-{asked.lane}")
    if page.holder is None:
        return words("lane-nobody")
    return words("lane-held", name=said(page.holder.name, 40))


def _holder_name(held: Held, several: bool, words: Words) -> str:
    if held.member is None:
        return words("lane-nobody")
    name = one_line(held.member.name, 30)
    return words("holder-of", name=name, shop=one_line(held.member.shop.name, 20)) if several else name


def _counted(name: str, count: int, words: Words) -> str:
    return words("lane-count", lane=name, count=count)


def _title(title: str, shop: AShop | None, words: Words) -> str:
    name = words("list-shop", shop=said(shop.name, 40)) if shop is not None else None
    return " · ".join(part for part in (f"<b>{title}</b>", name) if part)


def _turning(
    to: str, shop: int, holder: int, page: int, pages: int, words: Words
) -> Sequence[InlineKeyboardButton]:
    turning = []
    if page > 0:
        turning.append(_go(words("button-page-back"), to, shop, page - 1, holder))
    if page + 1 < pages:
        turning.append(_go(words("button-page-on"), to, shop, page + 1, holder))
    return turning


def _go(text: str, to: str, shop: int, page: int = 0, holder: int = 0) -> InlineKeyboardButton:
    return InlineKeyboardButton(
        text=text, callback_data=ListButton(to=to, shop=shop, page=page, holder=holder).pack()
    )


def _zone(shop: AShop) -> ZoneInfo:
    return ZoneInfo(schedule_of(shop).zone)
