"""The page behind a buyer's link, for SMS and QR: what a stranger may see, and the way on into the messenger.

No script, nothing from elsewhere, no cookie; everybody's words are escaped. What opens nothing, for whatever
reason, is one and the same page.
"""

import hashlib
from base64 import b64encode
from dataclasses import dataclass

from aiohttp import hdrs, web

from bot.l10n import Words
from handlers.web.auth import Pace
from handlers.web.ports import GlimpsePort
from keyboards.text import escape, said
from models.glimpse import Glimpse, Item
from models.links import PAGE

SHOWN = 5
"""Lines of an order; more are counted, so that the way on is not scrolled off a small phone."""

STYLE = """
:root{color-scheme:light dark}
body{margin:0;font:17px/1.45 system-ui,sans-serif;background:#f3f4f6;color:#111827}
main{max-width:26rem;margin:0 auto;padding:1.25rem 1rem 2rem}
h1{font-size:1.3rem;line-height:1.25;margin:0 0 .25rem;overflow-wrap:anywhere}
p,ul{margin:.75rem 0}
ul{list-style:none;padding:.25rem 1rem;background:#fff;border-radius:.75rem}
li{padding:.5rem 0;overflow-wrap:anywhere}
li+li{border-top:1px solid #e5e7eb}
.soft{color:#4b5563}
.sum{font-weight:700}
a,code{display:block;padding:.9rem 1rem;border-radius:.75rem;text-align:center}
a+a{margin-top:.75rem;background:#665cac}
a{background:#0b6bb3;color:#fff;font-weight:700;text-decoration:none}
a:focus-visible{outline:3px solid #f59e0b}
code{background:#fff;overflow-wrap:anywhere;user-select:all}
@media (prefers-color-scheme:dark){
body{background:#111827;color:#f3f4f6}
ul,code{background:#1f2937}
li+li{border-top-color:#374151}
.soft{color:#cbd5e1}
}
"""
_HASH = b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
HEADERS = {
    "Content-Security-Policy": f"default-src 'none'; style-src 'sha256-{_HASH}'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'",
    "X-Robots-Tag": "noindex, nofollow",
    hdrs.CONTENT_LANGUAGE: "uk",
}


@dataclass(frozen=True, slots=True)
class BuyerPage:
    orders: GlimpsePort
    words: Words
    pace: Pace
    """of one address"""

    async def show(self, request: web.Request) -> web.Response:
        """GET /b/{payload}."""
        if wait := self.pace.wait(request.remote):
            return self._answer(
                429, self._message("page-too-many", "page-too-many-do"), {hdrs.RETRY_AFTER: str(wait)}
            )
        glimpse = await self.orders.glimpse(request.match_info["payload"])
        if glimpse is None:
            return self._answer(404, self._message("page-nothing", "page-nothing-do"))
        return self._answer(200, self._order(glimpse))

    def routes(self) -> tuple[web.RouteDef, ...]:
        return (web.get(PAGE + "{payload:.*}", self.show),)

    def _answer(self, status: int, inside: str, more: dict[str, str] | None = None) -> web.Response:
        page = (
            f'<!doctype html><html lang="uk"><head><meta charset="utf-8"><title>{self.words("page-title")}</title>'
            '<meta name="viewport" content="width=device-width, initial-scale=1">'
            f"<style>{STYLE}</style></head><body><main>{inside}</main></body></html>"
        )
        return web.Response(
            text=page,
            status=status,
            content_type="text/html",
            charset="utf-8",
            headers=HEADERS | (more or {}),
        )

    def _message(self, what: str, do: str) -> str:
        return f"<h1>{self.words(what)}</h1><p>{self.words(do)}</p>"

    def _order(self, order: Glimpse) -> str:
        words = self.words
        rest = len(order.items) - SHOWN
        items = [self._item(item) for item in order.items[:SHOWN]]
        if rest > 0:
            items.append(words("buyer-more", count=rest))
        carrier = words(f"carrier-{order.carrier}")
        delivery = f"{carrier}, {said(order.place, 200)}" if order.place else carrier
        shop = words("page-shop", shop=said(order.shop, 60), platform=words(f"platform-{order.platform}"))
        return "".join(
            (
                f"<h1>{words('page-order', number=said(order.number, 64))}</h1>",
                f'<p class="soft">{shop}</p>',
                "<ul>",
                *(f"<li>{item}</li>" for item in items),
                "</ul>",
                f'<p class="sum">{words("buyer-total", total=words.money(order.total))}</p>',
                f"<p>{words('buyer-delivery', delivery=delivery)}</p>",
                self._way_on(order),
            )
        )

    def _item(self, item: Item) -> str:
        return self.words(
            "page-line",
            title=said(item.title, 80),
            quantity=item.quantity,
            price=self.words.money(item.price),
        )

    def _way_on(self, order: Glimpse) -> str:
        words = self.words
        ways = {"page-telegram": order.telegram, "page-viber": order.viber}
        links = [
            f'<a href="{escape(link)}" rel="noreferrer">{words(key)}</a>'
            for key, link in ways.items()
            if link
        ]
        if not links:
            return f"<p>{words('page-type')}</p><code>/start {order.start}</code>"
        where = "both" if len(links) > 1 else "telegram" if order.telegram else "viber"
        return f'{"".join(links)}<p class="soft">{words("page-why", where=where)}</p>'
